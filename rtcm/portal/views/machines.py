"""Addresses for machines: health, readiness, metrics, robots, security contact."""

from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rtcm.jobs.models import figures

LOOPBACK = {"127.0.0.1", "::1"}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; says nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database away\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Job figures in the Prometheus text format, for this machine only."""
    if request.META.get("REMOTE_ADDR") not in LOOPBACK or "HTTP_X_FORWARDED_FOR" in request.META:
        raise Http404
    lines = [f"rtcm_jobs_{name} {value}" for name, value in figures().items()]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    kept_out = ["/admin/", *[f"/{code}/me/" for code, _name in settings.LANGUAGES]]
    kept_out += [f"/{code}/certificates/" for code, _name in settings.LANGUAGES]
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in kept_out]]
    lines += ["", f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; the expiry moves with the day, so it never lapses on a living site."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {(expires + timedelta(days=180)).isoformat()}",
        "Preferred-Languages: az, en, ru",
        f"Canonical: {settings.SITE_ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
