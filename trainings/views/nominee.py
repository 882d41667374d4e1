"""One nomination in the hands of its focal point: correct, rank, withdraw, replace, fill in."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtcm.accounts.consents import TEXTS
from rtcm.accounts.models import Consent
from trainings import nominations, nominees
from trainings.forms import ApplicationForm, reason_in
from trainings.models import Nomination
from trainings.nomination_forms import NomineeForm, PaperForm, ReplacementForm
from trainings.views.nominating import tell


def own(request: HttpRequest, pk: int) -> Nomination:
    """A nomination under a mandate that this user holds now, or 404."""
    rows = Nomination.objects.for_lists().select_related("training", "focal_point")
    return get_object_or_404(rows, pk=pk, focal_point__in=nominations.mandates(request.user))


def _list_of(nomination: Nomination) -> HttpResponse:
    return redirect(
        "trainings:nomination_list", nomination.focal_point_id, nomination.training.slug
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nomination_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of one nominee, and all that happened; a form while it may be corrected."""
    nomination = own(request, pk)
    form, status = _form(request, nomination), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _changed(request, nomination, form):
            return _list_of(nomination)
    context = {
        "nomination": nomination,
        "training": nomination.training,
        "mandate": nomination.focal_point,
        "form": form if nomination.is_open else None,
        "steps": nomination.steps.select_related("by__person"),
        "answers": _answers_for(nomination),
    }
    return render(request, "trainings/nominations/nomination.html", context, status=status)


def _form(request: HttpRequest, nomination: Nomination) -> NomineeForm:
    names = [*nominations.ABOUT, "institution"]
    initial = {name: getattr(nomination, name) for name in names}
    return NomineeForm(
        request.POST or None,
        initial=initial,
        focal_point=nomination.focal_point,
        training=nomination.training,
    )


def _changed(request: HttpRequest, nomination: Nomination, form: NomineeForm) -> bool:
    try:
        nominations.change(nomination, form.cleaned_data, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors


def _answers_for(nomination: Nomination) -> bool:
    """Whether the focal point says yes or no to the offered seat."""
    application = nomination.application
    offered = application is not None and application.state == application.State.OFFERED
    return offered and not hasattr(nomination.person, "user")


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = own(request, pk)
    if request.method == "POST":
        up = request.POST.get("direction") == "up"
        tell(
            request,
            lambda: nominations.rank(nomination, up=up, by=request.user),
            _("The order is changed."),
        )
    return _list_of(nomination)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = own(request, pk)
    if request.method == "POST":
        reason = reason_in(request.POST)
        tell(
            request,
            lambda: nominations.withdraw(nomination, by=request.user, reason=reason),
            _("The nomination is withdrawn."),
        )
    return _list_of(nomination)


@login_required
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = own(request, pk)
    if request.method == "POST":
        tell(
            request,
            lambda: nominations.remind(nomination, by=request.user),
            _("The nominee gets the letter again, with a new link."),
        )
    return redirect("trainings:nomination", nomination.pk)


@login_required
def answer_offer(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = own(request, pk)
    if request.method == "POST":
        confirms = request.POST.get("answer") == "confirm"
        tell(
            request,
            lambda: nominees.answer_for(nomination, confirms=confirms, by=request.user),
            _("The seat is confirmed.") if confirms else _("The seat is declined."),
        )
    return redirect("trainings:nomination", nomination.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else in the same place; what was typed stays when it is refused."""
    nomination = own(request, pk)
    form = ReplacementForm(
        request.POST or None, focal_point=nomination.focal_point, training=nomination.training
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _replaced(request, nomination, form):
            return _list_of(nomination)
    context = {"nomination": nomination, "training": nomination.training, "form": form}
    context["mandate"] = nomination.focal_point
    return render(request, "trainings/nominations/replace.html", context, status=status)


def _replaced(request: HttpRequest, nomination: Nomination, form: ReplacementForm) -> bool:
    said = form.cleaned_data
    given = {"attested": said["attested"], "certificate_name": said["certificate_name"]}
    try:
        nominees.replace(nomination, said, reason=form.reason, by=request.user, **given)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """The application form, filled in by the focal point for somebody without an address."""
    nomination = own(request, pk)
    if nomination.email or not nomination.awaits_form:
        return redirect("trainings:nomination", nomination.pk)
    data = request.POST or None
    paper = PaperForm(data, full_name=nomination.full_name)
    form = _application_form(request, nomination)
    status = 200
    if request.method == "POST":
        status = 422
        if paper.is_valid() and form.is_valid() and _completed(request, nomination, paper, form):
            return redirect("trainings:nomination", nomination.pk)
    context: dict[str, Any] = {
        "nomination": nomination,
        "training": nomination.training,
        "mandate": nomination.focal_point,
        "paper": paper,
        "form": form,
        "words": TEXTS[Consent.Purpose.PROCESSING].words,
    }
    return render(request, "trainings/nominations/complete.html", context, status=status)


def _application_form(request: HttpRequest, nomination: Nomination) -> ApplicationForm:
    """As the nominee would find it; the languages are those that the focal point named."""
    person = nomination.person or nominees.unsaved_person(nomination)
    initial = {"token": uuid.uuid4(), "understands": nomination.understands}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return ApplicationForm(nomination.training, person, *sent, initial=initial)


def _completed(
    request: HttpRequest, nomination: Nomination, paper: PaperForm, form: ApplicationForm
) -> bool:
    try:
        nominees.complete_on_paper(nomination, form, by=request.user, **paper.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors
