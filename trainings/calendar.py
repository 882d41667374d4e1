"""Trainings as iCalendar files (RFC 5545).

An entry keeps its UID for ever and carries the training's revision as SEQUENCE, so calendars
take over what changed. What is no more is sent again as CANCELLED: that is how they forget it.
No entry holds the link to an online room.
"""

from collections.abc import Iterable
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from trainings.models import Application, RemovedEvent, Session, Training
from trainings.models.clock import moment_of

STATUS = {
    Training.Status.CANCELLED: "CANCELLED",
    Training.Status.POSTPONED: "TENTATIVE",
}


def calendar_of(training: Training) -> bytes:
    """One event per session, or one for the whole span where sessions are not planned yet.

    METHOD says what the file does: CANCEL where all of it is called off, PUBLISH otherwise.
    """
    calendar = _empty(training.title)
    cancelled = training.status == Training.Status.CANCELLED
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    url = f"{settings.SITE_ORIGIN}{training.get_absolute_url()}"
    for event in _events(training, url):
        calendar.add_component(event)
    return _written(calendar)


def calendar_of_person(applications: Iterable[Application]) -> bytes:
    """What a person's own calendar program reads: where they have a seat or are offered one."""
    calendar = _empty(_("My trainings"))
    calendar.add("method", "PUBLISH")
    for application in applications:
        path = reverse("trainings:joining", args=[application.pk])
        for event in _events(application.training, f"{settings.SITE_ORIGIN}{path}"):
            if application.state == Application.State.OFFERED and "status" not in event:
                event.add("status", "TENTATIVE")
            calendar.add_component(event)
    return _written(calendar)


def calendar_of_list(trainings: Iterable[Training]) -> bytes:
    """Trainings as whole days; entries of their own, beside those of a training's own file."""
    calendar = _empty(_("Trainings of the Regional Training Centre on Migration"))
    calendar.add("method", "PUBLISH")
    for training in trainings:
        url = f"{settings.SITE_ORIGIN}{training.get_absolute_url()}"
        calendar.add_component(_whole(training, url, f"list-{training.pk}"))
    return _written(calendar)


def _empty(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//RTCM//portal//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", " ".join(name.split()))
    return calendar


def _written(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _events(training: Training, url: str) -> list[Event]:
    sessions = list(training.sessions.all())
    for session in sessions:
        session.training = training
    planned = [_sitting(session, url) for session in sessions]
    planned = planned or [_whole(training, url, f"training-{training.pk}")]
    return planned + [_removed(training, gone, url) for gone in training.removed_events.all()]


def _event(training: Training, uid: str, url: str, status: str = "") -> Event:
    event = Event()
    host = settings.SITE_ORIGIN.split("://")[-1]
    event.add("uid", f"{uid}@{host}")
    event.add("sequence", training.revision)
    event.add("dtstamp", training.updated_at)
    event.add("last-modified", training.updated_at)
    event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    event.add("url", url)
    if standing := status or STATUS.get(Training.Status(training.status), ""):
        event.add("status", standing)
    return event


def _place(event: Event, training: Training, room: str = "") -> None:
    if place := ", ".join(part for part in (room, training.venue, training.city) if part):
        event.add("location", place)


def _whole(training: Training, url: str, uid: str) -> Event:
    event = _event(training, uid, url)
    event.add("summary", training.title)
    event.add("dtstart", training.starts_on)
    event.add("dtend", training.ends_on + timedelta(days=1))
    _place(event, training)
    return event


def _sitting(session: Session, url: str) -> Event:
    event = _event(session.training, f"session-{session.pk}", url)
    event.add("summary", f"{session.training.title}: {session.title}")
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    _place(event, session.training, session.room)
    return event


def _removed(training: Training, gone: RemovedEvent, url: str) -> Event:
    event = _event(training, gone.uid, url, "CANCELLED")
    event.add("summary", gone.title)
    if gone.starts and gone.ends:
        event.add("dtstart", moment_of(gone.on, gone.starts, training.zone))
        event.add("dtend", moment_of(gone.on, gone.ends, training.zone))
    else:
        event.add("dtstart", gone.on)
    return event
