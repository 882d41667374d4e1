"""One's own applications: the list with what is not sent yet; confirm, decline, withdraw."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trainings import seats
from trainings.forms import reason_in
from trainings.models import Application, ApplicationDraft


@login_required
@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    own = Application.objects.belonging_to(request.user)
    applications = own.select_related("training__country").order_by("-pk")[:200]
    drafts = ApplicationDraft.objects.belonging_to(request.user).select_related("training__country")
    context = {"applications": applications, "drafts": drafts}
    return render(request, "trainings/my_applications.html", context)


def _tell(request: HttpRequest, pk: int, verb: Callable[..., Any], said: str) -> HttpResponse:
    """Runs one verb on one's own application; a refusal is shown as it is."""
    if request.method == "POST":
        own = Application.objects.belonging_to(request.user)
        application = get_object_or_404(own, pk=pk)
        try:
            verb(application, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, said)
    return redirect("trainings:my_applications")


@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _tell(request, pk, seats.confirm, _("Your seat is confirmed. See you there!"))


@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _tell(request, pk, seats.decline, _("You declined the seat. Thank you for telling us."))


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    reason = reason_in(request.POST)

    def verb(application: Application, *, by: Any) -> None:
        seats.withdraw(application, by=by, reason=reason)

    return _tell(request, pk, verb, _("Your application is withdrawn."))
