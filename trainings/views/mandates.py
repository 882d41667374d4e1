"""Links in letters about nominations, and handing a mandate over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rtcm.accounts.consents import TEXTS, current, decide
from rtcm.accounts.models import Consent
from trainings import hand_overs, nominations, nominees
from trainings.models import HandOver, Nomination
from trainings.nomination_forms import SuccessorForm

CONSENT = Consent.Purpose.PROCESSING
STATUS = {"wrong": 404, "ended": 410, "expired": 410}


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    context = {"why": why}
    return render(request, "trainings/nominations/link_refused.html", context, status=STATUS[why])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, key: str) -> HttpResponse:
    """The nominee's page behind the link of the letter; looking at it changes nothing."""
    nomination, why = nominees.by_link(key)
    if nomination is None:
        return _refused(request, why)
    person = getattr(request.user, "person", None)
    if request.method == "POST" and person is not None:
        return _claim(request, nomination, person)
    consents = current(person) if person else {}
    consent = consents.get(CONSENT)
    context = {
        "nomination": nomination,
        "training": nomination.training,
        "person": person,
        "needs_consent": person is not None and not (consent and consent.given),
        "words": TEXTS[CONSENT].words,
    }
    return render(request, "trainings/nominations/invited.html", context)


def _claim(request: HttpRequest, nomination: Nomination, person: Any) -> HttpResponse:
    """From here on the way of every applicant: the form of this training."""
    consent = current(person).get(CONSENT)
    if not (consent and consent.given) and "consent" not in request.POST:
        messages.error(
            request, _("Please agree first: without it the centre may not register you.")
        )
        return redirect(request.path)
    try:
        nominees.claim(nomination, person, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    decide(person, CONSENT, given=True)
    return redirect("trainings:apply", nomination.training.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Asks a successor, or takes the question back."""
    mandate = get_object_or_404(nominations.mandates(request.user), pk=mandate_id)
    form, status = SuccessorForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _asked(mandate, form):
            messages.success(request, _("Your successor gets a letter with a link."))
            return redirect("trainings:nomination_desk")
    waiting = HandOver.objects.filter(focal_point=mandate, state=HandOver.State.OPEN).first()
    context = {"mandate": mandate, "form": form, "waiting": waiting}
    return render(request, "trainings/nominations/hand_over.html", context, status=status)


def _asked(mandate: Any, form: SuccessorForm) -> bool:
    try:
        hand_overs.hand_over(mandate, language=get_language() or "en", **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors


@login_required
def cancel_hand_over(request: HttpRequest, mandate_id: int) -> HttpResponse:
    mandate = get_object_or_404(nominations.mandates(request.user), pk=mandate_id)
    if request.method == "POST" and hand_overs.cancel(mandate):
        messages.success(request, _("The hand-over is taken back; its link no longer works."))
    return redirect("trainings:nomination_desk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def successor(request: HttpRequest, key: str) -> HttpResponse:
    """The successor's page behind the link of the letter; only accepting changes something."""
    offered, why = hand_overs.by_link(key)
    if offered is None:
        return _refused(request, why)
    if request.method == "POST" and request.user.is_authenticated:
        try:
            hand_overs.take_over(offered, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(request.path)
        messages.success(request, _("You are the focal point now. Thank you for taking over."))
        return redirect("trainings:nomination_desk")
    context = {"hand_over": offered, "mandate": offered.focal_point}
    return render(request, "trainings/nominations/successor.html", context)
