"""Marking who was there, and closing a training so that certificates can follow."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings.models import Application, Attendance, Session, Training
from trainings.seats import State, lock, record_step

PRESENT = (Attendance.Presence.IN_ROOM, Attendance.Presence.ONLINE)
MARKABLE = (State.CONFIRMED, State.ATTENDED, State.ABSENT)
DOORS_OPEN = timedelta(minutes=30)  # before a session begins, people may be marked


@dataclass(frozen=True)
class Tap:
    """One wish about one person in one session; presence "" takes the mark back.

    seen: the tap of the mark that the writer saw ("": no mark; None: whatever is there may be
    written over). after: earlier taps of the same writer, who may not have heard yet whether they
    arrived. minutes: None means the whole
    session, or whatever is counted already.
    """

    application: int
    presence: str
    minutes: int | None = None
    seen: str | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    after: frozenset[str] = frozenset()

    def minutes_in(self, session: Session) -> int:
        if self.presence not in PRESENT:
            return 0
        return session.minutes if self.minutes is None else self.minutes


def mark(session: Session, presences: dict[int, str], *, by: Any) -> int:
    """Stores one mark per application id, written over whatever was there; "" takes one back.

    Returns the number of marks stored.
    """
    take(session, [Tap(pk, presence) for pk, presence in presences.items()], by=by)
    return sum(1 for presence in presences.values() if presence)


@transaction.atomic
def take(session: Session, taps: Iterable[Tap], *, by: Any, by_self: bool = False) -> list[Tap]:
    """Stores taps, each once however often it arrives; returns those that met a newer mark.

    Nothing is written over that its writer has not seen: what another person wrote meanwhile
    stays, and the tap comes back to be shown beside it. Refuses a session whose doors are closed,
    people without a confirmed seat in this training, and impossible minutes.
    """
    taps = list(taps)
    session.training = lock(session.training_id)
    _refuse_impossible(session, taps)
    wanted = [tap.application for tap in taps]
    known = {row.application_id: row for row in session.attendance.filter(application__in=wanted)}
    news = [tap for tap in taps if not _is_so(session, known.get(tap.application), tap)]
    late = [tap for tap in news if _came_late(known.get(tap.application), tap)]
    _store(session, [tap for tap in news if tap not in late], by, by_self)
    return late


def _is_so(session: Session, known: Attendance | None, tap: Tap) -> bool:
    """Minutes counted one by one are not lost by pressing the same button again."""
    if known is None:
        return not tap.presence
    same_minutes = tap.minutes is None or known.minutes == tap.minutes_in(session)
    return (known.presence == tap.presence and same_minutes) or known.tap == tap.id


def _came_late(known: Attendance | None, tap: Tap) -> bool:
    now = str(known.tap) if known else ""
    return tap.seen is not None and now not in {tap.seen, *tap.after}


def _store(session: Session, taps: list[Tap], by: Any, by_self: bool) -> None:
    taken_back = [tap.application for tap in taps if not tap.presence]
    if taken_back:
        session.attendance.filter(application__in=taken_back).delete()
    marks = [
        Attendance(
            session=session,
            application_id=tap.application,
            presence=tap.presence,
            minutes=tap.minutes_in(session),
            marked_by=by,
            by_self=by_self,
            tap=tap.id,
        )
        for tap in taps
        if tap.presence
    ]
    if marks:
        Attendance.objects.bulk_create(
            marks,
            update_conflicts=True,
            unique_fields=["application", "session"],
            update_fields=["presence", "minutes", "marked_by", "by_self", "tap", "at"],
        )


def _refuse_impossible(session: Session, taps: list[Tap]) -> None:
    if session.starts_at - DOORS_OPEN > timezone.now():
        raise ValidationError(_("This session has not begun yet."), code="early")
    wanted = {tap.application for tap in taps}
    seated = session.training.applications.filter(state__in=MARKABLE, pk__in=wanted)
    if wanted - set(seated.values_list("pk", flat=True)):
        raise ValidationError(
            _("Some of these people have no confirmed seat in this training."), code="stranger"
        )
    if {tap.presence for tap in taps} - {*Attendance.Presence.values, ""}:
        raise ValidationError(_("Choose in the room, online or absent."), code="presence")
    if any(not 0 <= tap.minutes_in(session) <= session.minutes for tap in taps):
        raise ValidationError(
            _("Minutes must be between 0 and %(most)s, the length of this session.")
            % {"most": session.minutes},
            code="minutes",
        )


@transaction.atomic
def close(training: Training, *, by: Any) -> tuple[int, int]:
    """Turns confirmed seats into attended or absent by their marks; returns both numbers.

    Whoever was present in at least one session attended. Refused before the training has begun
    and while somebody has no mark at all, so that nobody becomes absent by oversight. Closing
    again follows corrected marks, but takes no attendance away from under a valid certificate.
    """
    root = lock(training.pk)
    if not root.has_started:
        raise ValidationError(_("The training has not begun yet."), code="early")
    people = list(root.applications.filter(state__in=MARKABLE).select_related("person"))
    marks = _marks_of(root)
    _refuse(
        [application for application in people if application.pk not in marks],
        _("Attendance is not marked yet for: %(names)s."),
        code="unmarked",
    )
    becomes = {
        application: State.ATTENDED if _was_there(marks[application.pk]) else State.ABSENT
        for application in people
    }
    certified = set(people) & set(root.applications.filter(certificates__state="valid"))
    _refuse(
        [application for application in certified if becomes[application] == State.ABSENT],
        _("Please revoke their certificates before marking as absent: %(names)s."),
        code="certified",
    )
    for application, state in becomes.items():
        if application.state != state:
            _close_one(application, state, by=by)
    attended = list(becomes.values()).count(State.ATTENDED)
    return attended, len(people) - attended


def _refuse(people: list[Application], sentence: str, *, code: str) -> None:
    if people:
        names = ", ".join(application.person.full_name for application in people[:5])
        raise ValidationError(sentence % {"names": names}, code=code)


def _marks_of(training: Training) -> dict[int, set[str]]:
    marks: dict[int, set[str]] = {}
    rows = Attendance.objects.filter(session__training=training)
    for pk, presence in rows.values_list("application_id", "presence"):
        marks.setdefault(pk, set()).add(presence)
    return marks


def _was_there(presences: set[str]) -> bool:
    return bool(presences & set(PRESENT))


def _close_one(application: Application, state: str, *, by: Any) -> None:
    before, application.state = application.state, state
    application.save(update_fields=["state", "updated_at"])
    record_step(application, before, by=by)
