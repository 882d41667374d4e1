"""The address without a language: leads to the reader's own."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe


@require_safe
def root(request: HttpRequest) -> HttpResponseRedirect:
    """By the saved choice (profile, then cookie), then Accept-Language, else Azerbaijani."""
    chosen = getattr(request.user, "language", "") or get_language_from_request(request)
    answer = HttpResponseRedirect(f"/{chosen}/")
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer
