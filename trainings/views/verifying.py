"""Anybody checks a certificate by its file or its text; nothing of it is kept.

The upload stays in memory: a file of a person's has no business on our disk, not even for the
length of a request.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from rtcm.accounts.limits import allowed
from trainings.reading import MOST_TEXT
from trainings.verifying import verdict_on
from trainings.verifying_forms import MOST_BYTES, VerifyForm

MOST_BODY = MOST_BYTES + 4 * MOST_TEXT  # a letter of the text is at most four bytes


class InMemory(MemoryFileUploadHandler):
    """Django's own gives large files to one that writes them to the disk."""

    def handle_raw_input(self, *arguments: Any, **words: Any) -> None:
        self.activated = True


@csrf_exempt  # the token is checked below: only there it is known how much may be read for it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, VerifyForm())
    if not allowed(request, "verify_certificate"):
        return render(request, "429.html", status=429)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BODY:
        return _page(request, _too_large(), status=413)
    request.upload_handlers = [InMemory(request)]
    return _checked(request)


@csrf_protect
def _checked(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _page(request, VerifyForm(), verdict=verdict_on(form.content))
        except ValidationError as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", refusal)
    return _page(request, form)


def _too_large() -> VerifyForm:
    form = VerifyForm({})
    form.errors.clear()
    form.add_error("file", VerifyForm.too_large())
    return form


def _page(request: HttpRequest, form: VerifyForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(
        request, "trainings/certificate_verify.html", {"form": form, **more}, status=status
    )
