"""Checking in by oneself: a code from the screen, typed or opened by its QR code."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rtcm.accounts.limits import allowed
from trainings import check_in as verbs
from trainings.attendance_forms import CheckInForm
from trainings.models import Session


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest) -> HttpResponse:
    """A link from the QR code only fills the field in: nothing happens before the button."""
    person = getattr(request.user, "person", None)
    sessions = verbs.sessions_of(person) if person else []
    if request.method != "POST":
        return _show(request, CheckInForm.opened(request.GET.get("code", ""), sessions), sessions)
    if not allowed(request, "check_in"):
        return render(request, "429.html", status=429)
    form = CheckInForm(request.POST, sessions=sessions)
    if not form.is_valid():
        return _show(request, form, sessions, 422)
    try:
        if person is None:
            raise ValidationError(_("None of your sessions is open for check-in just now."))
        given = form.cleaned_data
        online = given.get("place") == "online"
        mark = verbs.check_in(person, given["code"], by=request.user, online=online)
    except ValidationError as refusal:
        form.add_error("code", refusal)
        return _show(request, form, sessions, 409)
    return render(request, "trainings/checked_in.html", {"mark": mark, "session": mark.session})


def _show(
    request: HttpRequest, form: CheckInForm, sessions: list[Session], status: int = 200
) -> HttpResponse:
    context = {"form": form, "sessions": sessions}
    return render(request, "trainings/check_in.html", context, status=status)
