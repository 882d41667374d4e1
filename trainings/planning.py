"""What staff do with a training as a whole; nobody else writes its status or its revision.

Each verb runs in one transaction that locks the training, writes its step and owes exactly one
letter to everybody concerned. A refusal is a ValidationError with a translated sentence.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings import notices, readiness, retention, standing_in, waiting
from trainings.models import RemovedEvent, Session, Training, TrainingStep
from trainings.models.clock import later, why_skipped
from trainings.models.session import ROOM_IS_FREE
from trainings.steps import lock

Status = Training.Status
Deed = TrainingStep.Deed


@transaction.atomic
def publish(training: Training, *, by: Any, reason: str = "") -> Training:
    """A draft becomes public; a postponed training takes place after all, on its old dates."""
    root = _locked(training, (Status.DRAFT, Status.POSTPONED))
    if missing := readiness.missing(root):
        raise ValidationError([check.advice for check in missing], code="not_ready")
    again = root.status == Status.POSTPONED
    _sit(root, holds_room=True)
    _write(root, status=Status.PUBLISHED)
    step = record(root, Deed.PUBLISHED, by=by, reason=reason)
    if again:
        notices.write(root, step, "trainings/goes_ahead")
        if root.route == Training.Route.OPEN:
            waiting.fill(root)
    else:
        notices.write_to_trainers(root, step, "trainings/published")
    return root


@transaction.atomic
def postpone(training: Training, *, by: Any, reason: str = "") -> Training:
    """New dates are not known yet; seats and offers stay as they are."""
    root = _locked(training, (Status.PUBLISHED,))
    _refuse_once_begun(root)
    _sit(root, holds_room=False)
    _write(root, status=Status.POSTPONED)
    notices.write(root, record(root, Deed.POSTPONED, by=by, reason=reason), "trainings/postponed")
    return root


@transaction.atomic
def move(training: Training, starts_on: date, *, by: Any, reason: str = "") -> Training:
    """To other days, sessions and deadlines with it; whoever has a seat is asked again."""
    root = _locked(training, (Status.PUBLISHED, Status.POSTPONED))
    _refuse_once_begun(root)
    shift = starts_on - root.starts_on
    if not shift:
        raise ValidationError(_("The training is on these days already."), code="same")
    if starts_on <= timezone.localdate(timezone=root.zone):
        raise ValidationError(_("Choose a day that is still to come."), code="past")
    before = [str(root.starts_on), str(root.ends_on)]
    old = notices.dates_of(root)
    _sit(root, shift, holds_room=True)
    _write(root, status=Status.PUBLISHED, **_shifted(root, shift))
    retention.redate(root)
    facts = {"from": before, "to": [str(root.starts_on), str(root.ends_on)]}
    step = record(root, Deed.MOVED, by=by, reason=reason, facts=facts)
    standing_in.ask_again(root, by=by, reason=reason)
    notices.write(root, step, "trainings/new_dates", old, seated=False)
    return root


@transaction.atomic
def cancel(training: Training, *, by: Any, reason: str) -> Training:
    """It does not take place. Applications keep their state: they are how it stood."""
    root = _locked(training, (Status.PUBLISHED, Status.POSTPONED))
    if not reason.strip():
        raise ValidationError(
            _("Please give a reason; everybody concerned will read it."), code="reason"
        )
    if root.is_past:
        raise ValidationError(_("This training is over already."), code="over")
    _sit(root, holds_room=False)
    _write(root, status=Status.CANCELLED)
    step = record(root, Deed.CANCELLED, by=by, reason=reason.strip())
    notices.write(root, step, "trainings/cancelled")
    return root


@transaction.atomic
def remove_session(session: Session, *, by: Any) -> None:
    """Takes a session off its training; calendars that hold it are told so."""
    root = lock(session.training_id)
    if session.attendance.exists():
        raise ValidationError(
            _("Attendance was marked in “%(session)s”, so it cannot be removed.")
            % {"session": session.title},
            code="attended",
        )
    if root.status != Status.DRAFT:
        _leave_in_calendars(root, f"session-{session.pk}", session)
        record(root, Deed.SESSION_REMOVED, by=by, facts={"session": str(session)})
    session.delete()
    revise(root)


@transaction.atomic
def revise(training: Training, *, had_sessions: bool = True) -> None:
    """After any change that a calendar shows: entries get a higher SEQUENCE, pages are new, and
    what is said of sessions holds for the training too (modules, whose objectives follow)."""
    root = lock(training.pk)
    sessions = list(root.sessions.prefetch_related("modules", "trainers"))
    root.modules.add(*{module.pk for session in sessions for module in session.modules.all()})
    root.trainers.add(*{expert.pk for session in sessions for expert in session.trainers.all()})
    if not had_sessions and sessions and root.status != Status.DRAFT:
        _leave_in_calendars(root, f"training-{root.pk}")
    if not sessions:  # the whole span is an entry of its own again
        root.removed_events.filter(uid=f"training-{root.pk}").delete()
    _write(root)


def record(
    root: Training,
    deed: str,
    *,
    by: Any,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> TrainingStep:
    return TrainingStep.objects.create(
        training=root, deed=deed, by=by, reason=reason, facts=facts or {}, revision=root.revision
    )


def _locked(training: Training, allowed: Sequence[str]) -> Training:
    root = lock(training.pk)
    if root.status not in allowed:
        raise ValidationError(
            _("This is no longer possible: the training's status is “%(status)s”.")
            % {"status": root.get_status_display()},
            code="status",
        )
    return root


def _refuse_once_begun(root: Training) -> None:
    if root.has_started:
        raise ValidationError(_("This training has begun already."), code="begun")


def _write(root: Training, **columns: Any) -> None:
    """The columns, and with them the next revision."""
    for name, value in columns.items():
        setattr(root, name, value)
    if columns:
        root.validate_constraints()
    Training.objects.filter(pk=root.pk).update(
        revision=F("revision") + 1, updated_at=timezone.now(), **columns
    )
    root.refresh_from_db(fields=["revision", "updated_at"])


def _sit(root: Training, shift: timedelta = timedelta(0), *, holds_room: bool) -> None:
    """All sessions at once, by so many days, into their rooms or out of them."""
    for session in root.sessions.all():
        for at in (session.starts, session.ends):
            if skipped := why_skipped(session.on + shift, at, root.zone):
                raise ValidationError(f"{session.title}: {skipped}", code="skipped")
    try:
        with transaction.atomic():
            root.sessions.update(on=F("on") + shift, holds_room=holds_room)
    except IntegrityError as clash:
        if ROOM_IS_FREE.name not in str(clash):
            raise
        raise ValidationError(ROOM_IS_FREE.get_violation_error_message(), code="room") from clash


def _shifted(root: Training, shift: timedelta) -> dict[str, Any]:
    """The days, and the deadlines at the same hour of the place's clock."""
    opens, closes = root.opens_at, root.closes_at
    if opens and opens > timezone.now():
        opens = later(opens, shift, root.zone)
    return {
        "starts_on": root.starts_on + shift,
        "ends_on": root.ends_on + shift,
        "opens_at": opens,
        "closes_at": closes and later(closes, shift, root.zone),
    }


def _leave_in_calendars(root: Training, uid: str, session: Session | None = None) -> None:
    RemovedEvent.objects.get_or_create(
        uid=uid,
        defaults={
            "training": root,
            "title": session.title if session else root.title,
            "on": session.on if session else root.starts_on,
            "starts": session.starts if session else None,
            "ends": session.ends if session else None,
        },
    )
