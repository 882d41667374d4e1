"""What a personal invitation's link opens: the invitation, and from there the application."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainings import invitations

STATUS = {"wrong": 404, "used": 410, "expired": 410, "revoked": 410}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, link: str) -> HttpResponse:
    """Shows the invitation; accepting it binds it to whoever is signed in and opens the form."""
    person = getattr(request.user, "person", None)
    try:
        found = invitations.opened(link, person)
        if request.method == "POST" and person:
            invitations.accept(found, person)
            return redirect("trainings:apply", found.training.slug)
    except ValidationError as refusal:
        code = refusal.error_list[0].code or ""
        context = {"refusal": " ".join(refusal.messages), "code": code}
        return render(request, "trainings/invitation_over.html", context, status=STATUS[code])
    if request.method == "POST":
        return _first_say_who_you_are(request)
    return render(request, "trainings/invitation.html", {"invitation": found})


def _first_say_who_you_are(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, settings.LOGIN_URL)
    said = _("Please tell us who you are first; then open the link in your letter again.")
    messages.info(request, said)
    return redirect("accounts:profile")
