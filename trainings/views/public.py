"""What everybody sees: the list of trainings and one training."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from curriculum.models import Module, Objective, TargetGroup
from experts.models import Expert
from rtcm.accounts.models import Country
from rtcm.accounts.models.places import alphabetical
from trainings.filters import TrainingFilter
from trainings.models import Application, SessionMaterial, Training
from trainings.month import Month

PER_PAGE = 20


@require_safe
def training_list(request: HttpRequest) -> HttpResponse:
    form = TrainingFilter(request.GET)
    visible = Training.objects.visible_to(request.user)
    if form.value("view") == "month":
        return render(request, "trainings/training_list.html", _sheet(form, visible))
    page = Paginator(form.apply(visible), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "trainings": page.object_list}
    return render(request, "trainings/training_list.html", context)


def _sheet(form: TrainingFilter, visible: Any) -> dict[str, Any]:
    month = Month.named(form.value("month") or "")
    found = month.found_in(form.narrow(visible))
    undated = [row for row in found if row.date_precision != Training.Precision.DAY]
    return {"form": form, "month": month, "weeks": month.weeks(found), "undated": undated}


@require_safe
def training_page(request: HttpRequest, slug: str) -> HttpResponse:
    training = _find(request, slug)
    objectives: Any = SimpleLazyObject(lambda: list(_objectives(training)))
    whom: Any = SimpleLazyObject(lambda: _for_whom(training))
    context = {
        "training": training,
        "sessions": _programme(training),
        "target_groups": SimpleLazyObject(lambda: whom[0]),
        "modules": training.modules.all(),
        "trainers": Expert.objects.published().filter(trainings=training).select_related("person"),
        "countries": SimpleLazyObject(lambda: whom[1]),
        "numbers": SimpleLazyObject(lambda: [row.number for row in objectives]),
        "objectives": objectives,
        "closed": training.why_closed(),
        "application": _own_application(request.user, training),
    }
    return render(request, "trainings/training_detail.html", context)


def _programme(training: Training) -> Any:
    """Sessions with what happens in them and what everybody may read."""
    public = SessionMaterial.objects.shown_to(SessionMaterial.Visibility.EVERYBODY)
    materials = Prefetch("materials", queryset=public)
    return training.sessions.prefetch_related("programme", materials)


def _for_whom(training: Training) -> tuple[list[TargetGroup], list[Country]]:
    """Its target groups and the countries that take part, in one question."""
    both = _rows(TargetGroup, "pk", "name"), _rows(Country, "pk", "name", "footnote")
    groups, countries = Training.objects.values_list(*both).get(pk=training.pk)
    ordered = alphabetical(Country(**row) for row in countries)
    return [TargetGroup(**row) for row in groups], ordered


def _rows(model: Any, key: str, *translated: str) -> ArraySubquery:
    codes = [code for code, _name in settings.LANGUAGES]
    columns = [key, *(f"{name}_{code}" for name in translated for code in codes)]
    rows = model.objects.filter(trainings=OuterRef("pk")).order_by(*model._meta.ordering)
    as_row = JSONObject(**{name: name for name in columns})
    return ArraySubquery(rows.annotate(as_row=as_row).values("as_row"))


def _objectives(training: Training) -> Any:
    """Those of its modules and its own, in one question."""
    modules = training.modules.values("pk")
    main: Any = Module.primary_objectives.through
    further: Any = Module.secondary_objectives.through
    primary = main.objects.filter(module__in=modules)
    secondary = further.objects.filter(module__in=modules)
    return Objective.objects.filter(
        Q(pk__in=primary.values("objective"))
        | Q(pk__in=secondary.values("objective"))
        | Q(pk__in=training.extra_objectives.values("pk"))
    ).order_by("number")


def _find(request: HttpRequest, slug: str) -> Training:
    visible = Training.objects.visible_to(request.user).select_related("country")
    return get_object_or_404(visible.with_seats_taken(), slug=slug)


def _own_application(user: Any, training: Training) -> Application | None:
    own = Application.objects.belonging_to(user).filter(training=training)
    return own.order_by("-pk").first() if user.is_authenticated else None
