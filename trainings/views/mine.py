"""One's own applications: apply, confirm, decline, withdraw."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trainings import seats
from trainings.forms import ApplicationForm, reason_in
from trainings.models import Application, Training


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Training.objects.visible_to(request.user)
    training = get_object_or_404(visible, slug=slug)
    person = getattr(request.user, "person", None)
    if person is None:
        messages.info(request, _("Please tell us who you are first; then you can apply."))
        return redirect("accounts:profile")
    if request.method == "POST":
        return _take(request, training, person)
    application = _live_application(training, person)
    if application:
        messages.info(request, _("You have already applied for this training."))
        return redirect("trainings:my_applications")
    return _show(request, training, ApplicationForm.prefilled(person))


def _take(request: HttpRequest, training: Training, person: Any) -> HttpResponse:
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        return _show(request, training, form, status=422)
    try:
        application = seats.apply(
            training, person, by=request.user, language=_language(), **form.cleaned_data
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show(request, training, form, status=409)
    messages.success(request, _said(application))
    return redirect("trainings:my_applications")


def _said(application: Application) -> str:
    title = application.training.title
    sentences = {
        Application.State.CONFIRMED: _("Your seat in “%(title)s” is confirmed."),
        Application.State.WAITLISTED: _(
            "All seats of “%(title)s” are taken. You are on the waiting list."
        ),
    }
    received = _("We have your application for “%(title)s”.")
    return sentences.get(Application.State(application.state), received) % {"title": title}


def _show(
    request: HttpRequest, training: Training, form: ApplicationForm, status: int = 200
) -> HttpResponse:
    context = {"training": training, "form": form, "closed": training.why_closed()}
    return render(request, "trainings/apply.html", context, status=status)


def _live_application(training: Training, person: Any) -> Application | None:
    return training.applications.live().filter(person=person).first()


def _language() -> str:
    return get_language() or "en"


@login_required
@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    own = Application.objects.belonging_to(request.user)
    applications = own.select_related("training__country").order_by("-pk")[:200]
    return render(request, "trainings/my_applications.html", {"applications": applications})


def _tell(request: HttpRequest, pk: int, verb: Callable[..., Any], said: str) -> HttpResponse:
    """Runs one verb on one's own application; a refusal is shown as it is."""
    if request.method == "POST":
        own = Application.objects.belonging_to(request.user)
        application = get_object_or_404(own, pk=pk)
        try:
            verb(application, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, said)
    return redirect("trainings:my_applications")


@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _tell(request, pk, seats.confirm, _("Your seat is confirmed. See you there!"))


@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _tell(request, pk, seats.decline, _("You declined the seat. Thank you for telling us."))


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    reason = reason_in(request.POST)

    def verb(application: Application, *, by: Any) -> None:
        seats.withdraw(application, by=by, reason=reason)

    return _tell(request, pk, verb, _("Your application is withdrawn."))
