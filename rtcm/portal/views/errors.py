"""The last page of a request that failed: the translated one, telling an outage from a mistake."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = "60"  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, busy or too slow (nothing was saved), else 500.

    Rendered without request or context processors: neither may need the database.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = RETRY_AFTER
    else:
        answer = HttpResponse(render_to_string("500.html"), status=500)
    answer["Cache-Control"] = "no-store"
    return answer
