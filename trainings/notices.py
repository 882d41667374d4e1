"""Letters about a training as a whole, exactly one to everybody concerned."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from experts.models import Expert
from rtcm.jobs.letters import write_letter
from trainings.dates import date_span
from trainings.emails import absolute
from trainings.models import Application, Booking, Nomination, Training, TrainingStep

State = Application.State
ASKED = (State.CONFIRMED, State.OFFERED)  # whom a move asks in a letter of its own
WAITING = (State.SUBMITTED, State.WAITLISTED)


@dataclass(frozen=True)
class Reader:
    name: str
    address: str
    language: str
    user: Any = None


def write(
    training: Training,
    step: TrainingStep,
    kind: str,
    old: dict[str, str] | None = None,
    *,
    seated: bool = True,
) -> int:
    """To applicants in every live state, trainers, interpreters, focal points and nominees.

    `seated=False`: those with a seat get another letter about the same fact.
    """
    told = set() if seated else {reader.address.lower() for reader in _applicants(training, ASKED)}
    states = (*ASKED, *WAITING) if seated else WAITING
    readers = [*_applicants(training, states), *_trainers(training), *_interpreters(training)]
    readers += _nominators(training)
    return _write_each(training, step, kind, readers, old or {}, told)


def write_to_trainers(training: Training, step: TrainingStep, kind: str) -> int:
    return _write_each(training, step, kind, [*_trainers(training)], {}, set())


def dates_of(training: Training) -> dict[str, str]:
    """The dates as they read now, per language: for a letter that says what they were."""
    said = {}
    for code in dict(settings.LANGUAGES):
        with translation.override(code):
            said[code] = date_span(training)
    return said


def _write_each(
    training: Training,
    step: TrainingStep,
    kind: str,
    readers: list[Reader],
    old: dict[str, str],
    told: set[str],
) -> int:
    written = 0
    for reader in readers:
        if not reader.address or reader.address.lower() in told:
            continue
        told.add(reader.address.lower())
        with translation.override(reader.language):
            write_letter(
                kind,
                to=reader.address,
                language=reader.language,
                context=_facts(training, step, reader, old.get(reader.language, "")),
                dedupe_key=f"training:{training.pk}:step:{step.pk}:{len(told)}",
                user=reader.user,
            )
        written += 1
    return written


def _facts(training: Training, step: TrainingStep, reader: Reader, old: str) -> dict[str, str]:
    return {
        "name": reader.name,
        "training": training.title,
        "dates": date_span(training),
        "old_dates": old,
        "place": training.city or training.get_mode_display(),
        "reason": step.reason,
        "url": absolute(training.get_absolute_url()),
        "calendar_url": absolute(reverse("trainings:calendar", args=[training.slug])),
    }


def _reader(person: Any, language: str = "") -> Reader:
    user = getattr(person, "user", None)
    return Reader(person.full_name, person.address, language or person.language or "en", user)


def _applicants(training: Training, states: Any) -> Iterator[Reader]:
    applications = training.applications.filter(state__in=states).order_by("pk")
    people = applications.select_related("person__user").prefetch_related("person__emails")
    return (_reader(application.person, application.language) for application in people)


def _trainers(training: Training) -> Iterator[Reader]:
    experts = Expert.objects.filter(trainings=training) | Expert.objects.filter(
        sessions__training=training
    )
    people = experts.distinct().select_related("person__user").order_by("pk")
    return (_reader(expert.person) for expert in people.prefetch_related("person__emails"))


def _interpreters(training: Training) -> Iterator[Reader]:
    bookings = Booking.objects.filter(session__training=training).order_by("pk")
    people = bookings.select_related("interpreter__person__user")
    return (_reader(booking.interpreter.person) for booking in people)


def _nominators(training: Training) -> Iterator[Reader]:
    """Focal points, and nominees whose application is still to come."""
    live = Nomination.objects.live().filter(training=training).order_by("pk")
    for nomination in live.select_related("focal_point__person__user", "person__user"):
        yield _reader(nomination.focal_point.person)
        if nomination.application_id or nomination.state not in Nomination.ARRIVED:
            continue
        if nomination.person:
            yield _reader(nomination.person)
        else:
            focal = nomination.focal_point.person
            yield Reader(nomination.full_name, nomination.email, focal.language or "en")
