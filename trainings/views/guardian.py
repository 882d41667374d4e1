"""The page a minor's guardian opens from a letter, without an account."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainings import consenting
from trainings.models import Application, GuardianConsent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, link: str) -> HttpResponse:
    consent = consenting.find(link)
    if consent is None:
        return render(request, "trainings/guardian_link.html", status=404)
    ended = consent.application.state in Application.ENDED
    if not consent.is_open or (ended and consent.state != GuardianConsent.State.REFUSED):
        return render(request, "trainings/guardian_link.html", {"is_over": True}, status=410)
    refusal = ""
    if request.method == "POST":
        try:
            _take(request, consent)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            return redirect(request.path)
    context = {
        "consent": consent,
        "application": consent.application,
        "training": consent.application.training,
        "text": consenting.TEXT.words,
        "ended": ended,
        "refusal": refusal,
    }
    return render(request, "trainings/guardian.html", context, status=409 if refusal else 200)


def _take(request: HttpRequest, consent: GuardianConsent) -> None:
    """Anything but one of the two buttons says nothing."""
    said = {"yes": True, "no": False}.get(request.POST.get("agree", ""))
    if said is not None:
        consenting.answer(consent, given=said)
