"""What everybody sees: the list of trainings, one training, its calendar file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from curriculum.models import Objective
from experts.models import Expert
from rtcm.accounts.models import Country
from trainings.calendar import calendar_of
from trainings.filters import TrainingFilter
from trainings.models import Application, Training

PER_PAGE = 20


@require_safe
def training_list(request: HttpRequest) -> HttpResponse:
    form = TrainingFilter(request.GET)
    found = form.apply(Training.objects.visible_to(request.user))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "trainings": page.object_list}
    return render(request, "trainings/training_list.html", context)


@require_safe
def training_page(request: HttpRequest, slug: str) -> HttpResponse:
    training = _find(request, slug)
    numbers: Any = SimpleLazyObject(lambda: training.objective_numbers)
    context = {
        "training": training,
        "sessions": training.sessions.all(),
        "modules": training.modules.all(),
        "trainers": Expert.objects.published().filter(trainings=training).select_related("person"),
        "countries": SimpleLazyObject(Country.objects.filter(trainings=training).alphabetical),
        "numbers": numbers,
        "objectives": SimpleLazyObject(lambda: Objective.objects.filter(number__in=[*numbers])),
        "closed": training.why_closed(),
        "application": _own_application(request.user, training),
    }
    return render(request, "trainings/training_detail.html", context)


@require_safe
def training_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    training = _find(request, slug)
    answer = HttpResponse(calendar_of(training), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{training.slug}.ics"'
    return answer


def _find(request: HttpRequest, slug: str) -> Training:
    visible = Training.objects.visible_to(request.user).select_related("country")
    return get_object_or_404(visible.with_seats_taken(), slug=slug)


def _own_application(user: Any, training: Training) -> Application | None:
    own = Application.objects.belonging_to(user).filter(training=training)
    return own.order_by("-pk").first() if user.is_authenticated else None
