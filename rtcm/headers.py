"""The security headers, on every answer: pages, redirects, errors, files and feeds.

Stands first in MIDDLEWARE; files served by WhiteNoise below it pass through here too.
A view may set a stricter value of its own (a PDF: `sandbox; default-src 'none'`).
"""

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError

log = logging.getLogger(__name__)

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # data: for the QR code of an authenticator app
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
# Unfold's Alpine evaluates strings and writes style attributes: the tightest that it works with.
# No nonce outside /admin/: after a 304 the browser has the old body and the new nonce.
ADMIN = "/admin/"
ADMIN_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'").replace(
    "style-src 'self'",
    "style-src 'self'; style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'",
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}

LAST_WORDS = """<!doctype html>
<html lang="az"><head><meta charset="utf-8"><title>500</title></head><body>
<p>Xəta baş verdi. Bir azdan yenidən cəhd edin.</p>
<p lang="en">Something went wrong. Please try again in a few minutes.</p>
<p lang="ru">Произошла ошибка. Повторите попытку через несколько минут.</p>
</body></html>
"""


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        policy = POLICY
        if request.path_info.startswith(ADMIN):
            request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
            policy = ADMIN_POLICY.format(nonce=request.csp_nonce)  # type: ignore[attr-defined]
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure() and settings.SECURE_HSTS_SECONDS:
            response.headers.setdefault("Strict-Transport-Security", strict_transport())
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except Exception:
            # Django turns errors of views into pages below us; this one broke while doing so.
            log.exception("The error page itself failed")
            return HttpResponseServerError(LAST_WORDS)


def strict_transport() -> str:
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        parts.append("includeSubDomains")
    if settings.SECURE_HSTS_PRELOAD:
        parts.append("preload")
    return "; ".join(parts)
