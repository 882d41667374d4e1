"""Who gets a seat: every change of an application's state, with the training locked first.

Each verb runs in one transaction that locks the training row, so people are served one after
another in the order in which they reach that lock; the letter and the audit step are written in
the same transaction. A refusal is a ValidationError with a translated sentence.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings.emails import write_about
from trainings.models import Application, Training, Transition

State = Application.State


def lock(training_id: int) -> Training:
    """The training, locked until the end of the transaction; foreign keys to it stay usable."""
    return Training.objects.select_for_update(no_key=True).get(pk=training_id)


def free_seat(training: Training) -> int | None:
    """The lowest free seat number, None when full.

    Unlimited trainings number their seats too (after the highest), so that the database's own
    guard, one holder per number, covers both.
    """
    numbers = training.applications.values_list("seat_number", flat=True)
    taken = {seat for seat in numbers.filter(seat_number__isnull=False) if seat}
    if training.capacity is None:
        return max(taken, default=0) + 1
    if len(taken) >= training.capacity:
        return None
    return next(seat for seat in range(1, training.capacity + 1) if seat not in taken)


@transaction.atomic
def apply(
    training: Training,
    person: Person,
    *,
    token: uuid.UUID,
    language: str,
    by: Any = None,
    motivation: str = "",
    supervisor_name: str = "",
    supervisor_email: str = "",
) -> Application:
    """One application of one person; the same form token gives the same application again."""
    root = lock(training.pk)
    known = Application.objects.filter(token=token).first()
    if known:
        same = (known.person_id, known.training_id) == (person.pk, root.pk)
        if not same or known.state in Application.ENDED:
            raise ValidationError(_("This form was already used. Please open it again."))
        return known
    _refuse_unless_possible(root, person)
    state, seat = _first_place(root)
    application = Application.objects.create(
        training=root,
        person=person,
        token=token,
        state=state,
        seat_number=seat,
        language=language,
        motivation=motivation,
        supervisor_name=supervisor_name,
        supervisor_email=supervisor_email,
        country_id=person.country_id,
        institution_id=person.institution_id,
        institution_name=person.institution_name,
        post=person.post,
    )
    record_step(application, "", by=by)
    return application


def _refuse_unless_possible(root: Training, person: Person) -> None:
    closed = root.why_closed()
    if closed:
        raise ValidationError(closed, code="closed")
    if root.route == Training.Route.NOMINATION:
        raise ValidationError(
            _("People join this training through their institution's focal point."),
            code="nomination",
        )
    earlier = root.applications.live().filter(person=person)
    if earlier.exists():
        raise ValidationError(_("You have already applied for this training."), code="twice")


def _first_place(root: Training) -> tuple[str, int | None]:
    if root.route == Training.Route.SELECTION:
        return State.SUBMITTED, None
    seat = free_seat(root)
    if seat is not None and move_up(root):  # who waits goes first: a seat may have come free
        seat = free_seat(root)  # without a verb, as when the capacity was raised
    return (State.WAITLISTED, None) if seat is None else (State.CONFIRMED, seat)


def _locked(application: Application, allowed: Sequence[str]) -> Application:
    """The application as it is now, its training locked; refuses a state that moved on."""
    root = lock(application.training_id)
    fresh = Application.objects.select_related("person__user").get(pk=application.pk)
    fresh.training = root
    if fresh.state not in allowed:
        raise ValidationError(
            _("This is no longer possible: the application's status is “%(state)s”.")
            % {"state": fresh.get_state_display()},
            code="moved",
        )
    return fresh


def _move(
    application: Application,
    to_state: str,
    *,
    by: Any,
    reason: str = "",
    seat: int | None = None,
    until: datetime | None = None,
) -> Application:
    before = application.state
    application.state = to_state
    application.seat_number = seat
    application.offered_until = until
    application.save(update_fields=["state", "seat_number", "offered_until", "updated_at"])
    record_step(application, before, by=by, reason=reason)
    return application


def record_step(application: Application, before: str, *, by: Any, reason: str = "") -> None:
    step = Transition.objects.create(
        application=application,
        from_state=before,
        to_state=application.state,
        by=by,
        reason=reason,
    )
    write_about(application, step)


@transaction.atomic
def offer(application: Application, *, by: Any, reason: str = "") -> Application:
    fresh = _locked(application, (State.SUBMITTED, State.WAITLISTED))
    if no_seats := fresh.training.why_no_seats():
        raise ValidationError(no_seats, code="over")
    seat = free_seat(fresh.training)
    if seat is None:
        raise ValidationError(_("No seat is free in this training."), code="full")
    until = offer_end(fresh.training)
    return _move(fresh, State.OFFERED, by=by, reason=reason, seat=seat, until=until)


def offer_end(training: Training) -> datetime:
    """When an offer made now runs out: in `offer_days`, never after the last moment to join."""
    end = timezone.now() + timedelta(days=training.offer_days)
    last_day = timezone.localtime(end, training.zone).date()
    end_of_day = datetime.combine(last_day, time(23, 59, 59), tzinfo=training.zone)
    return min(end_of_day, training.joining_ends_at)


@transaction.atomic
def waitlist(application: Application, *, by: Any, reason: str = "") -> Application:
    fresh = _locked(application, (State.SUBMITTED,))
    return _move(fresh, State.WAITLISTED, by=by, reason=reason)


@transaction.atomic
def reject(application: Application, *, by: Any, reason: str) -> Application:
    fresh = _locked(application, (State.SUBMITTED, State.WAITLISTED))
    if not reason.strip():
        raise ValidationError(_("Please give a reason; the person will read it."), code="reason")
    return _move(fresh, State.REJECTED, by=by, reason=reason.strip())


@transaction.atomic
def confirm(application: Application, *, by: Any) -> Application:
    fresh = _locked(application, (State.OFFERED,))
    if fresh.training.status == Training.Status.CANCELLED:
        raise ValidationError(fresh.training.why_no_seats(), code="over")
    if fresh.offered_until and fresh.offered_until <= timezone.now():
        raise ValidationError(_("This offer has expired."), code="expired")
    return _move(fresh, State.CONFIRMED, by=by, seat=fresh.seat_number)


@transaction.atomic
def decline(application: Application, *, by: Any, reason: str = "") -> Application:
    fresh = _locked(application, (State.OFFERED,))
    _move(fresh, State.DECLINED, by=by, reason=reason)
    _pass_on(fresh.training, 1)
    return fresh


@transaction.atomic
def withdraw(application: Application, *, by: Any, reason: str = "") -> Application:
    live = (State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.CONFIRMED)
    fresh = _locked(application, live)
    if fresh.training.has_started:
        raise ValidationError(
            _("The training has started, so the application can no longer be withdrawn."),
            code="started",
        )
    freed = int(fresh.seat_number is not None)
    _move(fresh, State.WITHDRAWN, by=by, reason=reason)
    _pass_on(fresh.training, freed)
    return fresh


def _pass_on(root: Training, freed: int) -> None:
    """Gives seats that came free to the next in line, and no others where the centre selects:
    there a free seat may be kept for somebody who is not decided on yet."""
    move_up(root, freed if root.route == Training.Route.SELECTION else None)


def move_up(root: Training, most: int | None = None) -> int:
    """Offers free seats to the waiting list in order of arrival; call it with the root locked."""
    if root.why_no_seats():
        return 0
    offered = 0
    waiting = root.applications.waiting_list().select_related("person__user")
    while most is None or offered < most:
        seat = free_seat(root)
        application = waiting.first() if seat else None
        if application is None:
            break
        application.training = root
        _move(application, State.OFFERED, by=None, seat=seat, until=offer_end(root))
        offered += 1
    return offered


@transaction.atomic
def fill(training: Training) -> int:
    """Offers whatever is free, after capacity was raised; returns the number of offers."""
    return move_up(lock(training.pk))


def expire_offers() -> int:
    """Ends offers nobody answered in time and moves the waiting lists up. Harmless twice."""
    due = Application.objects.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    trainings = due.order_by("training_id").values_list("training_id", flat=True).distinct()
    return sum(_expire_offers_of(training_id) for training_id in list(trainings))


@transaction.atomic
def _expire_offers_of(training_id: int) -> int:
    root = lock(training_id)
    due = root.applications.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    late = list(due.select_related("person__user"))
    for application in late:
        application.training = root
        _move(application, State.EXPIRED, by=None)
    _pass_on(root, len(late))
    return len(late)
