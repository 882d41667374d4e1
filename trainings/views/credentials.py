"""What the issuer of credentials publishes for machines, and the archive copies for people.

Answers for machines are plain: JSON or a compact JWS, and on refusal one English sentence.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rtcm.accounts.limits import allowed
from trainings import issuer, issuer_keys, shelf, status_list
from trainings.credentials import document
from trainings.models import Certificate, Credential
from trainings.views.certificates import tidy

JWT = "application/vc+jwt"
OFF = "The centre does not issue signed credentials yet.\n"
UNKNOWN = "There is no signed credential at this address.\n"
SLOWER = "Too many requests. Please try again in a minute.\n"
View = Callable[..., HttpResponse]


def plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def for_everybody(view: View) -> View:
    """Verifiers are pages of other sites too; and while there is no key, there is nothing."""

    @require_safe
    def answer(request: HttpRequest, *arguments: Any, **words: Any) -> HttpResponse:
        on = bool(issuer_keys.published())
        response = view(request, *arguments, **words) if on else plain(OFF, 404)
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@for_everybody
def jwks(request: HttpRequest) -> HttpResponse:
    return _kept(JsonResponse(issuer.key_set()))


@for_everybody
def issuer_profile(request: HttpRequest) -> HttpResponse:
    return _kept(JsonResponse(issuer.profile()))


@for_everybody
def issuer_key(request: HttpRequest, thumbprint: str) -> HttpResponse:
    """One public key, at the address that signatures name."""
    for key in issuer_keys.published():
        if key.id == thumbprint:
            return _kept(JsonResponse(key.jwk))
    return plain("There is no such key.\n", 404)


@for_everybody
def signed_status_list(request: HttpRequest, number: int) -> HttpResponse:
    key = issuer_keys.signer()
    if key is None or not status_list.exists(number):
        return plain("There is no such status list.\n", 404)
    return _kept(HttpResponse(status_list.signed_list(number, key), content_type=JWT))


@never_cache
@for_everybody
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """The credential as JSON, with its token as proof."""
    found = _credential(request, code)
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(document(found), content_type="application/json")


@never_cache
@for_everybody
def credential_token(request: HttpRequest, code: str) -> HttpResponse:
    """The credential as it was signed: a compact JWS."""
    found = _credential(request, code)
    return found if isinstance(found, HttpResponse) else HttpResponse(found.jwt, content_type=JWT)


def _credential(request: HttpRequest, code: str) -> Credential | HttpResponse:
    if not allowed(request, "check_certificate"):
        return plain(SLOWER, 429)
    signed = Credential.objects.exclude(jwt="")
    return signed.filter(certificate__code=tidy(code)).first() or plain(UNKNOWN, 404)


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=int(status_list.FRESH.total_seconds()))
    return response


@login_required
@require_safe
def archive_copy(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The PDF/A-3u, for its holder and for staff."""
    visible = Certificate.objects.visible_to(request.user).select_related("archive_copy")
    certificate = get_object_or_404(visible, code=tidy(code))
    copy = getattr(certificate, "archive_copy", None)
    name = f"{certificate.number}-archive"
    found = shelf.answer(copy.path, name, copy.sha256) if copy else None
    if found is None:
        context = {"certificate": certificate, "damaged": copy is not None}
        return render(request, "trainings/certificate_waiting.html", context, status=503)
    return found
