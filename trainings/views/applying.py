"""Applying: the form, the page on which one checks it, sending it, and going on later.

A browser comes by the button of the page on which answers are checked (`step`); whoever sends
the form itself applies at once.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rtcm import uploads
from trainings import applying, at_hand, drafts, nominees
from trainings.forms import ApplicationForm
from trainings.models import Answer, Application, ApplicationDraft, Training

Step = Callable[[HttpRequest, ApplicationForm, Application | None], HttpResponse]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Training.objects.visible_to(request.user)
    one = getattr(request.user, "person_id", None)
    training = get_object_or_404(at_hand.for_applicant(visible, one), slug=slug)
    person = getattr(request.user, "person", None)
    if person is None:
        messages.info(request, _("Please tell us who you are first; then you can apply."))
        return redirect("accounts:profile")
    live = training.applications.live().filter(person=person)
    mine = live.first() if training.has_applied else None
    to_complete = mine if mine and applying.is_incomplete(mine) else None
    if request.method == "POST":
        if mine and not to_complete and applying.was_made_by(mine, request.POST):
            return _done(request, mine)
        return _take(request, training, person, to_complete)
    if mine and not to_complete:
        messages.info(request, _("You have already applied for this training."))
        return redirect("trainings:my_applications")
    return _show(request, applying.opened(training, person), to_complete)


def _take(
    request: HttpRequest, training: Training, person: Any, to_complete: Application | None
) -> HttpResponse:
    kept = drafts.files_in(drafts.of(training, person))
    form = ApplicationForm(training, person, request.POST, request.FILES, initial=kept)
    step = STEPS.get(request.POST.get("step", ""), _send)
    return step(request, form, to_complete)


def _note(request: HttpRequest, form: ApplicationForm, _mine: Any) -> HttpResponse:
    """Kept as one types, without a word."""
    return HttpResponse(status=204 if drafts.keep(form) else 409)


def _save(request: HttpRequest, form: ApplicationForm, mine: Any) -> HttpResponse:
    form.is_valid()  # only files must be right to be kept
    if drafts.keep(form) is None:
        form.add_error(None, form.training.why_closed() or _("You have already applied."))
        return _show(request, form, mine, status=409)
    messages.success(request, _("Your draft is kept. You find it here whenever you go on."))
    return redirect("trainings:my_applications")


def _check(request: HttpRequest, form: ApplicationForm, mine: Application | None) -> HttpResponse:
    if not form.is_valid():
        return _wrong(request, form, mine)
    closed = nominees.why_closed(form.training, form.person)
    if closed and not mine:
        form.add_error(None, closed)
        return _show(request, form, mine, status=409)
    drafts.keep(form)
    context = {"training": form.training, "form": form, "rows": list(form.rows())}
    return render(request, "trainings/apply_check.html", context)


def _send(request: HttpRequest, form: ApplicationForm, mine: Application | None) -> HttpResponse:
    if not form.is_valid():
        return _wrong(request, form, mine)
    language = get_language() or "en"
    try:
        if mine:
            applying.complete(mine, form, language=language)
            messages.success(request, _("Your answers are with us. Thank you."))
            return redirect("trainings:my_applications")
        application = nominees.submit(form, by=request.user, language=language)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show(request, form, mine, status=409)
    return _done(request, application)


STEPS: dict[str, Step] = {"note": _note, "save": _save, "check": _check}


def _wrong(request: HttpRequest, form: ApplicationForm, mine: Application | None) -> HttpResponse:
    drafts.keep(form)
    return _show(request, form, mine, status=422)


def _done(request: HttpRequest, application: Application) -> HttpResponse:
    messages.success(request, _said(application))
    return redirect("trainings:my_applications")


def _said(application: Application) -> str:
    title = application.training.title
    sentences = {
        Application.State.CONFIRMED: _("Your seat in “%(title)s” is confirmed."),
        Application.State.WAITLISTED: _(
            "All seats of “%(title)s” are taken. You are on the waiting list."
        ),
        Application.State.OFFERED: _(
            "A seat in “%(title)s” is kept for you. We have written to your parent or guardian; "
            "confirm the seat once they have agreed."
        ),
    }
    received = _("We have your application for “%(title)s”.")
    return sentences.get(Application.State(application.state), received) % {"title": title}


def _show(
    request: HttpRequest, form: ApplicationForm, mine: Application | None, status: int = 200
) -> HttpResponse:
    closed = "" if mine else nominees.why_closed(form.training, form.person)
    context = {"training": form.training, "form": form, "closed": closed, "application": mine}
    return render(request, "trainings/apply.html", context, status=status)


@login_required
@never_cache
@require_safe
def my_answers(request: HttpRequest, pk: int) -> HttpResponse:
    own = Application.objects.belonging_to(request.user)
    application = get_object_or_404(own.select_related("training", "guardian"), pk=pk)
    context = {
        "application": application,
        "training": application.training,
        "answers": application.answers.for_reading(),
    }
    return render(request, "trainings/my_answers.html", context)


@login_required
@require_safe
def answer_file(request: HttpRequest, pk: int) -> FileResponse:
    answer = get_object_or_404(Answer.objects.belonging_to(request.user), pk=pk)
    return uploads.answer(answer.file, str(answer.value))


@login_required
def drop_draft(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        own = ApplicationDraft.objects.belonging_to(request.user).filter(pk=pk)
        if drafts.drop(own):
            messages.success(request, _("The draft is deleted."))
    return redirect("trainings:my_applications")
