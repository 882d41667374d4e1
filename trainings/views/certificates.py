"""One's own certificates, their files, and the page where anybody checks one."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curriculum.models import Objective
from rtcm.accounts.limits import allowed
from trainings import shelf, transcripts
from trainings.forms import CheckForm
from trainings.guardians import checked_by_anybody
from trainings.models import Certificate
from trainings.models.certificate import ALPHABET

logger = logging.getLogger(__name__)
UNKNOWN = "unknown"
NO_OBJECTIVE = -1  # asked for with every code, so that an unknown one costs the same question


@login_required
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    """Those that stand, then those that no longer do; the transcript is ordered from here."""
    rows = Certificate.objects.belonging_to(request.user)
    own = rows.select_related("superseded_by", "credential", "archive_copy")
    standing = [each for each in own if each.standing == "valid"]
    context = {
        "certificates": standing,
        "old": [each for each in own if each.standing != "valid"],
        "has_attended": transcripts.attended(getattr(request.user, "person_id", None)).exists(),
    }
    return render(request, "trainings/my_certificates.html", context)


@login_required
def order_transcript(request: HttpRequest) -> HttpResponse:
    """Freezes what the transcript says today and leads to the paper that a worker makes of it."""
    if request.method != "POST":
        return redirect("trainings:my_certificates")
    try:
        paper = transcripts.order(getattr(request.user, "person", None), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("trainings:my_certificates")
    return redirect(paper.get_absolute_url())


@login_required
@require_safe
def certificate_file(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The stored file, if it is what was stored; else a page that says what is the matter."""
    visible = Certificate.objects.visible_to(request.user)
    certificate = visible.filter(code=tidy(code)).first()
    if certificate is None:
        raise Http404
    found = shelf.answer(certificate.path, certificate.number, certificate.sha256)
    if found is not None:
        return found
    was_made = bool(certificate.sha256)
    if was_made:
        logger.error("The file of certificate %s is missing or damaged.", certificate.number)
    context = {"certificate": certificate, "damaged": was_made}
    return render(request, "trainings/certificate_waiting.html", context, status=503)


@never_cache
@require_safe
def certificate_check(request: HttpRequest) -> HttpResponse:
    """The form; a code typed into it leads to that code's own page."""
    form = CheckForm(request.GET or None)
    if form.is_bound and form.is_valid():
        code = tidy(form.cleaned_data["code"])
        if code:
            return redirect("trainings:certificate_page", code=code)
        form.add_error("code", form.fields["code"].error_messages["required"])
    return render(request, "trainings/certificate_check.html", {"form": form})


@never_cache
@require_safe
def certificate_page(request: HttpRequest, code: str) -> HttpResponse:
    """What is known about a code; the same page and the same work for a code nobody has."""
    if not allowed(request, "check_certificate"):
        return render(request, "429.html", status=429)
    found = checked_by_anybody().filter(code=tidy(code)).first()
    numbers = found.objectives if found else []
    covered = Objective.objects.filter(number__in=[*numbers, NO_OBJECTIVE]).order_by("number")
    context = {
        "certificate": found,
        "minor": found is not None and found.of_minor,  # type: ignore[attr-defined]
        "standing": found.standing if found else UNKNOWN,
        "objectives": list(covered),
        "code": tidy(code),
        "form": CheckForm(),
    }
    page = render(request, "trainings/certificate_page.html", context, status=200 if found else 404)
    page["X-Robots-Tag"] = "noindex"
    return page


def tidy(code: str) -> str:
    """A code as people type it, with spaces, dashes and small letters, in its stored form."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)[:32]
