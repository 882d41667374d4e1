"""The demo's trainings, coming and past, with invented people in them.

Rows are written directly, not through the verbs: they are a staged past, and no letter is owed
for it. Certificates of the past trainings are real rows whose documents the worker makes.
"""

import json
import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from curriculum.models import Module, Objective
from rtcm.accounts.models import Country, Person
from rtcm.portal.demo.completion import load_completion
from trainings import certificates
from trainings.models import Application, Attendance, Session, Training, Transition

FACTS = Path(__file__).parent / "trainings.json"
BAKU = ZoneInfo("Asia/Baku")
LANGUAGES = ("en", "az", "ru")
State = Application.State
CITY = dict(zip(LANGUAGES, ("Baku", "Bakı", "Баку"), strict=True))
VENUE = dict(
    zip(
        LANGUAGES,
        ("Training centre, main hall", "Təlim mərkəzi, əsas zal", "Учебный центр, большой зал"),
        strict=True,
    )
)


def load_trainings(people: list[Person], named: dict[str, Person], chance: random.Random) -> int:
    """Adds the trainings of trainings.json that are missing; dates count from today."""
    rows = json.loads(FACTS.read_text(encoding="utf-8"))
    missing = [row for row in rows if not Training.objects.filter(slug=row["slug"]).exists()]
    for row in missing:
        training = _training(row)
        _sessions(training, row)
        crowd = iter(chance.sample(people, len(people)))
        _people(training, row, crowd, [named[name] for name in row.get("with", [])])
    return len(missing)


def in_each(field: str, texts: Any) -> dict[str, str]:
    by_language = texts if isinstance(texts, dict) else dict(zip(LANGUAGES, texts, strict=True))
    return {f"{field}_{code}": text for code, text in by_language.items()}


def _moment(offset: int | None, at: time) -> datetime | None:
    if offset is None:
        return None
    day = timezone.localdate() + timedelta(days=offset)
    return datetime.combine(day, at, tzinfo=BAKU)


def _training(row: dict[str, Any]) -> Training:
    starts = timezone.localdate() + timedelta(days=row["starts"])
    training = Training.objects.create(
        slug=row["slug"],
        kind=row["kind"],
        mode=row["mode"],
        route=row["route"],
        status=row.get("status", Training.Status.PUBLISHED),
        starts_on=starts,
        ends_on=starts + timedelta(days=row["days"] - 1),
        opens_at=_moment(row.get("opens"), time(9)),
        closes_at=_moment(row.get("closes"), time(23, 59)),
        capacity=row["capacity"],
        certificate_hours=row.get("hours"),
        working_languages=row["languages"],
        interpretation_languages=row.get("interpretation", []),
        country_id="AZ" if row.get("city") else None,
        is_demo=True,
        **in_each("title", row["title"]),
        **in_each("summary", row["summary"]),
        **(in_each("city", CITY) | in_each("venue", VENUE) if row.get("city") else {}),
    )
    training.extra_objectives.set(Objective.objects.filter(pk__in=row["objectives"]))
    training.modules.set(_modules(row["objectives"]))
    training.participating_countries.set(Country.objects.partners())
    return training


def _modules(objectives: list[int]) -> list[Module]:
    covering = Module.objects.published().filter(primary_objectives__in=objectives)
    return list(covering.order_by("order").distinct()[:2])


def _sessions(training: Training, row: dict[str, Any]) -> None:
    if "sessions" in row:
        for offset, starts, ends, title in row["sessions"]:
            on = timezone.localdate() + timedelta(days=offset)
            _session(training, on, starts, ends, title)
        return
    morning = ["Morning session", "Səhər sessiyası", "Утренняя сессия"]
    afternoon = ["Afternoon session", "Günortadan sonrakı sessiya", "Дневная сессия"]
    for day in range(row["days"]):
        on = training.starts_on + timedelta(days=day)
        _session(training, on, "09:30", "12:30", morning)
        _session(training, on, "14:00", "17:00", afternoon)


def _session(training: Training, on: date, starts: str, ends: str, title: list[str]) -> None:
    Session.objects.create(
        training=training,
        on=on,
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        **in_each("title", title),
    )


def _people(
    training: Training, row: dict[str, Any], crowd: Iterator[Person], first: list[Person]
) -> None:
    seats = iter(range(1, training.capacity + 1 if training.capacity else 1_000))
    plan = [
        (State.ATTENDED, row.get("attended", 0), True),
        (State.ABSENT, row.get("absent", 0), True),
        (State.CONFIRMED, row.get("taken", 0), True),
        (State.WAITLISTED, row.get("waiting", 0), False),
        (State.SUBMITTED, row.get("waiting_for_decision", 0), False),
    ]
    wanted = list(first)
    for state, number, seated in plan:
        for _turn in range(number):
            person = wanted.pop() if wanted else next(crowd)
            _application(training, person, state, next(seats) if seated else None)
    if row.get("attended"):
        _mark_attendance(training)
        load_completion(training)
        certificates.issue_all(training, by=None)


def _application(training: Training, person: Person, state: str, seat: int | None) -> None:
    application = Application.objects.create(
        training=training,
        person=person,
        token=uuid.uuid4(),
        state=state,
        seat_number=seat,
        language=person.language,
        country_id=person.country_id,
        institution_id=person.institution_id,
        post=person.post,
    )
    Transition.objects.create(application=application, to_state=state)


def _mark_attendance(training: Training) -> None:
    presence = {
        Training.Mode.ONLINE: Attendance.Presence.ONLINE,
    }.get(Training.Mode(training.mode), Attendance.Presence.IN_ROOM)
    marks = [
        Attendance(
            session=session,
            application=application,
            presence=presence
            if application.state == State.ATTENDED
            else Attendance.Presence.ABSENT,
            minutes=session.minutes if application.state == State.ATTENDED else 0,
        )
        for session in training.sessions.all()
        for application in training.applications.all()
    ]
    Attendance.objects.bulk_create(marks)
