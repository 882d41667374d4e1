"""Marking who was there, and closing a training so that certificates can follow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings.models import Application, Attendance, Session, Training
from trainings.seats import State, lock, record_step

PRESENT = (Attendance.Presence.IN_ROOM, Attendance.Presence.ONLINE)
MARKABLE = (State.CONFIRMED, State.ATTENDED, State.ABSENT)


@transaction.atomic
def mark(session: Session, presences: dict[int, str], *, by: Any) -> int:
    """Stores one mark per application id (see Attendance.Presence); "" takes a mark back.

    Refuses a session that has not begun and applications without a confirmed seat in this
    training. Returns the number of marks stored.
    """
    training = lock(session.training_id)
    if session.starts_at > timezone.now():
        raise ValidationError(_("This session has not begun yet."), code="early")
    allowed = dict(
        training.applications.filter(state__in=MARKABLE, pk__in=presences).values_list("pk", "pk")
    )
    if set(presences) - set(allowed):
        raise ValidationError(
            _("Some of these people have no confirmed seat in this training."), code="stranger"
        )
    unknown = set(presences.values()) - {*Attendance.Presence.values, ""}
    if unknown:
        raise ValidationError(_("Choose in the room, online or absent."), code="presence")
    taken_back = [pk for pk, presence in presences.items() if not presence]
    session.attendance.filter(application__in=taken_back).delete()
    marks = [_mark(session, pk, presence, by) for pk, presence in presences.items() if presence]
    Attendance.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["application", "session"],
        update_fields=["presence", "minutes", "marked_by", "at"],
    )
    return len(marks)


def _mark(session: Session, application_id: int, presence: str, by: Any) -> Attendance:
    return Attendance(
        session=session,
        application_id=application_id,
        presence=presence,
        minutes=session.minutes if presence in PRESENT else 0,
        marked_by=by,
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
