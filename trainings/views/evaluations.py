"""Answering an evaluation by the signed link of a letter; nobody signs in for it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainings import surveys
from trainings.models import SurveyGuest
from trainings.survey_form import SurveyForm
from trainings.survey_questions import asked

GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: HttpRequest, token: str) -> HttpResponse:
    guest = surveys.guest_of(token)
    if guest is None:
        return render(request, "trainings/link_unknown.html", status=404)
    if guest.answered:
        return _thank(request, guest)
    if not guest.survey.is_open or guest.application.state not in surveys.TOOK_PART:
        return render(request, "trainings/evaluation_closed.html", _about(guest), status=GONE)
    form = SurveyForm(asked(guest.survey), request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _ask(request, guest, form)
    if not form.is_valid():
        return _ask(request, guest, form, status=422)
    return _take(request, guest, form, token)


def _take(request: HttpRequest, guest: SurveyGuest, form: SurveyForm, token: str) -> HttpResponse:
    try:
        surveys.answer(guest, form.answers)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _ask(request, guest, form, status=409)
    return redirect("trainings:evaluation", token)


def _ask(
    request: HttpRequest, guest: SurveyGuest, form: SurveyForm, status: int = 200
) -> HttpResponse:
    context = {**_about(guest), "form": form}
    return render(request, "trainings/evaluation.html", context, status=status)


def _thank(request: HttpRequest, guest: SurveyGuest) -> HttpResponse:
    return render(request, "trainings/evaluation_thanks.html", _about(guest))


def _about(guest: SurveyGuest) -> dict:
    return {
        "survey": guest.survey,
        "training": guest.survey.training,
        "participant": guest.application.person,
    }
