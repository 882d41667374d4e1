"""One's own certificates, their files, and the page where anybody checks one."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curriculum.models import Objective
from rtcm.accounts.limits import allowed
from trainings import shelf
from trainings.forms import CheckForm
from trainings.guardians import was_minor
from trainings.models import Certificate
from trainings.models.certificate import ALPHABET

UNKNOWN = "unknown"


@login_required
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    own = Certificate.objects.belonging_to(request.user)
    certificates = own.select_related(
        "application__training__country", "credential", "archive_copy"
    )
    return render(request, "trainings/my_certificates.html", {"certificates": certificates})


@login_required
@require_safe
def certificate_file(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    visible = Certificate.objects.visible_to(request.user)
    certificate = visible.filter(code=tidy(code)).first()
    if certificate is None:
        raise Http404
    found = shelf.answer(certificate.path, certificate.number)
    if found is None:
        return render(
            request, "trainings/certificate_waiting.html", {"certificate": certificate}, status=503
        )
    return found


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
    everything = Certificate.objects.select_related(
        "application__person", "application__training", "credential"
    )
    certificate = everything.filter(code=tidy(code)).first()
    numbers = certificate.objectives if certificate else []
    context = {
        "certificate": certificate,
        "minor": certificate is not None and was_minor(certificate.application),
        "standing": certificate.standing if certificate else UNKNOWN,
        "objectives": Objective.objects.filter(number__in=numbers).order_by("number"),
        "code": tidy(code),
        "form": CheckForm(),
    }
    status = 200 if certificate else 404
    return render(request, "trainings/certificate_page.html", context, status=status)


def tidy(code: str) -> str:
    """A code as people type it, with spaces, dashes and small letters, in its stored form."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)[:32]
