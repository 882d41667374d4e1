"""For those who take part: the joining page of one's own application, and the travel sheet."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trainings import personal_codes, surveys, travelling
from trainings.models import (
    Application,
    Certificate,
    Session,
    SessionMaterial,
    Survey,
    Training,
    TravelSheet,
)

EARLY = timedelta(hours=1)  # before a session, its link appears
Visibility = SessionMaterial.Visibility


@login_required
@never_cache
@require_safe
def joining(request: HttpRequest, pk: int) -> HttpResponse:
    application = _own(request, pk)
    if application.state not in travelling.ACCEPTED:
        messages.info(request, _("This page opens once your seat is confirmed."))
        return redirect("trainings:my_applications")
    training = application.training
    context = {
        "application": application,
        "training": training,
        "sittings": [_sitting(session) for session in _sessions(request.user, training)],
        "closed": training.status in {Training.Status.CANCELLED, Training.Status.POSTPONED},
        "asks_travel": training.is_residential and not training.is_past,
        "code": personal_codes.code_of(application),
        "asked": _asked(application),
        "travel_sheet": TravelSheet.objects.filter(application=application).first(),
    }
    return render(request, "trainings/joining.html", context)


def _asked(application: Application) -> list[dict[str, str]]:
    """What waits for this person's answers just now: tests and evaluations, with their pages."""
    tests = application.training.tests.running().select_related("module")
    guests = application.survey_guests.filter(
        survey__in=Survey.objects.running().exclude(kind=Survey.Kind.SUPERVISOR), answered=False
    )
    return [{"what": str(test), "url": test.get_absolute_url()} for test in tests] + [
        {
            "what": str(guest.survey),
            "url": reverse("trainings:evaluation", args=[surveys.link_of(guest)]),
        }
        for guest in guests.select_related("survey")
    ]


def _own(request: HttpRequest, pk: int) -> Application:
    own = Application.objects.belonging_to(request.user)
    return get_object_or_404(own.select_related("training__country", "person"), pk=pk)


def _sessions(user: Any, training: Training) -> list[Session]:
    shown = [Visibility.EVERYBODY, Visibility.ACCEPTED]
    if is_certified_trainer(user):
        shown.append(Visibility.TRAINERS)
    materials = Prefetch("materials", queryset=SessionMaterial.objects.shown_to(*shown))
    sessions = list(training.sessions.prefetch_related("programme", materials))
    for session in sessions:
        session.training = training
    return sessions


def is_certified_trainer(user: Any) -> bool:
    own = Certificate.objects.belonging_to(user)
    return own.filter(tier=Certificate.Tier.TRAINER, state=Certificate.State.VALID).exists()


def _sitting(session: Session) -> dict[str, Any]:
    """What a page may know of a session now: its link only while it can be used."""
    now = timezone.now()
    return {
        "session": session,
        "link": open_link(session, now),
        "opens_at": session.starts_at - EARLY,
        "comes_later": bool(session.online_link) and now < session.starts_at - EARLY,
        "is_over": session.ends_at < now,
    }


def open_link(session: Session, now: datetime) -> str:
    """From one hour before the start until the end, while the training takes place."""
    takes_place = session.training.status == Training.Status.PUBLISHED
    within = session.starts_at - EARLY <= now <= session.ends_at
    return session.online_link if takes_place and within else ""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def travel(request: HttpRequest, pk: int) -> HttpResponse:
    application = _own(request, pk)
    training = application.training
    if not training.is_residential or application.state not in travelling.ACCEPTED:
        raise Http404
    if training.is_past:
        messages.info(request, _("This training is over already."))
        return redirect("trainings:joining", pk=pk)
    form = travelling.form_for(application, request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            travelling.keep(application, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Thank you, we have your travel sheet."))
            return redirect("trainings:joining", pk=pk)
    context = {"application": application, "training": training, "form": form}
    return render(request, "trainings/travel.html", context, status=status)
