"""A training as an iCalendar file (RFC 5545)."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event

from trainings.models import Session, Training


def calendar_of(training: Training) -> bytes:
    """One event per session, or one for the whole span where sessions are not planned yet."""
    calendar = Calendar()
    calendar.add("prodid", "-//RTCM//portal//EN")
    calendar.add("version", "2.0")
    sessions = list(training.sessions.all())
    if not sessions:
        calendar.add_component(_whole(training))
    for session in sessions:
        session.training = training
        calendar.add_component(_sitting(session))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(training: Training, uid: str) -> Event:
    event = Event()
    host = settings.SITE_ORIGIN.split("://")[-1]
    event.add("uid", f"{uid}@{host}")
    event.add("dtstamp", training.updated_at)
    event.add("url", f"{settings.SITE_ORIGIN}{training.get_absolute_url()}")
    place = ", ".join(part for part in (training.venue, training.city) if part)
    if place:
        event.add("location", place)
    if training.status == Training.Status.CANCELLED:
        event.add("status", "CANCELLED")
    return event


def _whole(training: Training) -> Event:
    event = _event(training, f"training-{training.pk}")
    event.add("summary", training.title)
    event.add("dtstart", training.starts_on)
    event.add("dtend", training.ends_on + timedelta(days=1))
    return event


def _sitting(session: Session) -> Event:
    event = _event(session.training, f"session-{session.pk}")
    event.add("summary", f"{session.training.title}: {session.title}")
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    return event
