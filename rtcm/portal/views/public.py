"""The front of the house: home, the Compact's pages, coverage, search, countries."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from curriculum.models import Module, Objective, Principle
from experts.models import Expert
from library.models import Item
from rtcm.accounts.models import Country
from rtcm.portal.finding import find_everywhere
from rtcm.portal.models import Figures, PublishedFigure
from trainings.cascade import public_cells
from trainings.models import Training

SHOWN = 10
# Than the public: what visible_to() asks in the rooms whose cards stand on these pages.
MAY_SEE_MORE = ["trainings.view_training", "curriculum.view_module", "library.view_item"]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    figures = Figures.current()
    context = {
        "trainings": Training.objects.published().upcoming()[:5],
        "items": Item.objects.published().newest_first()[:3],
        "objectives": Objective.objects.order_by("number"),
        "figures": figures,
        "published_figures": PublishedFigure.objects.all(),
        "counts": _counts(figures, "trainings"),
    }
    return render(request, "portal/home.html", context)


def _counts(figures: Any, column: str) -> dict[int, int]:
    rows = figures.numbers.get("objectives", {}) if figures else {}
    return {int(number): cells.get(column, 0) for number, cells in rows.items()}


@require_safe
def objective_page(request: HttpRequest, number: int) -> HttpResponse:
    objective = get_object_or_404(Objective, number=number)
    trainings = Training.objects.visible_to(request.user).covering(number)
    items = Item.objects.visible_to(request.user)
    context = {
        "objective": objective,
        "sees": [request.user.has_perm(name) for name in MAY_SEE_MORE],
        "modules": Module.objects.visible_to(request.user).covering(number),
        "upcoming": trainings.upcoming()[:SHOWN],
        "past": trainings.past()[:SHOWN],
        "items": items.covering(number).newest_first()[:SHOWN],
        "experts": Expert.objects.published().covering(number)[:SHOWN],
    }
    return render(request, "portal/objective_detail.html", context)


@require_safe
def principle_page(request: HttpRequest, letter: str) -> HttpResponse:
    principle = get_object_or_404(Principle, letter=letter)
    modules = Module.objects.visible_to(request.user).filter(principles=principle)
    items = Item.objects.visible_to(request.user).filter(principles=principle)
    context = {
        "principle": principle,
        "sees": [request.user.has_perm(name) for name in MAY_SEE_MORE],
        "modules": modules,
        "items": items[:SHOWN],
    }
    return render(request, "portal/principle_detail.html", context)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    figures = Figures.current()
    cells = figures.numbers.get("objectives", {}) if figures else {}
    objectives: list[Any] = list(Objective.objects.order_by("number"))
    for objective in objectives:
        objective.cells = cells.get(str(objective.number), {})
    context = {"figures": figures, "objectives": objectives}
    return render(request, "portal/coverage.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    context = {"q": words, "found": find_everywhere(words, request.user) if words else None}
    return render(request, "portal/search.html", context)


@require_safe
def country_page(request: HttpRequest, iso2: str) -> HttpResponse:
    country = get_object_or_404(Country, iso2=iso2.upper())
    trainings = Training.objects.visible_to(request.user)
    experts = Expert.objects.published().showing("country", ["public"])
    context = {
        "country": country,
        "upcoming": trainings.filter(participating_countries=country).upcoming()[:SHOWN],
        "past": trainings.filter(participating_countries=country).past()[:SHOWN],
        "experts": experts.filter(person__country=country)[:SHOWN],
        "institutions": country.institutions.all()[:SHOWN],
        "rolled_out": _rolled_out(country.pk),
    }
    return render(request, "portal/country_detail.html", context)


def _rolled_out(iso2: str) -> dict[str, Any] | None:
    """Roll-outs of one country; `persons` is None where the number stays with the centre."""
    figures = Figures.current()
    cells = figures.numbers.get("roll_outs_per_country", {}) if figures else {}
    if iso2 not in cells:
        return None
    public = public_cells({code: cell["persons"] for code, cell in cells.items()})
    return {"sessions": cells[iso2]["sessions"], "persons": public[iso2]}
