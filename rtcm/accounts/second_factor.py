"""Staff without an authenticator app or a passkey reach nothing but its set-up."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Recovery codes alone are no second factor: they come with one of these.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]

# What leads to a factor, or away.
ALLOWED = {"account_logout", "account_reauthenticate", "set_language"}
ALLOWED_PREFIX = "mfa_"


class StaffSecondFactor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: list, kwargs: dict
    ) -> HttpResponseBase | None:
        # Visitors without a session are nobody's staff; do not make pages vary by cookie for it.
        if not settings.STAFF_SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if _leads_to_a_factor(request) or not needs_factor(request.user):
            return None
        messages.warning(
            request,
            _("Staff sign in with a second step. Add an authenticator app or a passkey first."),
        )
        return redirect("mfa_index")


def needs_factor(user) -> bool:
    """Staff, by flag or by omnipotence, who have no second factor yet."""
    if not (user.is_authenticated and (user.is_staff or user.is_superuser)):
        return False
    return not Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def _leads_to_a_factor(request: HttpRequest) -> bool:
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    return name in ALLOWED or name.startswith(ALLOWED_PREFIX)
