"""Who gets a seat: what people and staff do to an application, with the training locked first.

Each verb runs in one transaction that locks the training row, so people are served one after
another in the order in which they reach that lock; the letter and the audit step are written in
the same transaction. A refusal is a ValidationError with a translated sentence.

The step itself is in steps.py, what is free and for whom in house.py, the waiting list in
waiting.py, what staff do for others in standing_in.py; other rooms find all of it here.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings import guardians
from trainings.house import House
from trainings.models import Application, Training
from trainings.quotas import set_quotas
from trainings.standing_in import ask_again, replace, walk_in
from trainings.steps import State, frozen, lock, locked, move, offer_end, record_step
from trainings.waiting import added, expire_offers, fill, move_up, pass_on, release_kept_seats

__all__ = [
    "State",
    "added",
    "apply",
    "ask_again",
    "confirm",
    "decline",
    "enter",
    "expire_offers",
    "fill",
    "lock",
    "move_up",
    "offer",
    "record_step",
    "reject",
    "release_kept_seats",
    "replace",
    "set_quotas",
    "waitlist",
    "walk_in",
    "withdraw",
]


@transaction.atomic
def apply(training: Training, person: Person, **form: Any) -> Application:
    """One application of one person; the same form token gives the same application again."""
    application, _is_new = enter(lock(training.pk), person, **form)
    return application


def enter(
    root: Training,
    person: Person,
    *,
    token: uuid.UUID,
    language: str,
    by: Any = None,
    understands: Iterable[str] = (),
    motivation: str = "",
    supervisor_name: str = "",
    supervisor_email: str = "",
    invited: bool = False,
    nominated: bool = False,
    minor: bool = False,
) -> tuple[Application, bool]:
    """The application, and whether it came in just now; `root` is the locked training.

    `invited`: whatever the way in and the deadline, a seat at once while one is free.
    `nominated`: whatever the way in, the centre decides; the list came in time, so a form that
    its nominee fills in after the deadline is taken.
    `minor`: a seat is offered rather than confirmed, for the guardian agrees first.
    """
    mine = Q(training=root, person=person) & ~Q(state__in=Application.ENDED)
    earlier = list(Application.objects.filter(Q(token=token) | mine))
    known = _made_by_this_form(earlier, root, person, token)
    if known:
        return known, False
    _refuse_unless_possible(root, invited=invited, nominated=nominated)
    if earlier:
        raise ValidationError(_("You have already applied for this training."), code="twice")
    state, seat = _first_place(root, person, invited=invited, nominated=nominated)
    if state == State.CONFIRMED and (minor or guardians.may_be_minor(root, person)):
        state = State.OFFERED
    application = Application.objects.create(
        training=root,
        person=person,
        token=token,
        state=state,
        seat_number=seat,
        offered_until=offer_end(root) if state == State.OFFERED else None,
        language=language,
        understands=list(understands),
        motivation=motivation,
        supervisor_name=supervisor_name,
        supervisor_email=supervisor_email,
        **frozen(person),
    )
    record_step(application, "", by=by)
    return application, True


def _made_by_this_form(
    earlier: list[Application], root: Training, person: Person, token: uuid.UUID
) -> Application | None:
    known = next((row for row in earlier if row.token == token), None)
    if known is None:
        return None
    same = (known.person_id, known.training_id) == (person.pk, root.pk)
    if not same or known.state in Application.ENDED:
        raise ValidationError(_("This form was already used. Please open it again."))
    return known


def _refuse_unless_possible(root: Training, *, invited: bool, nominated: bool) -> None:
    closed = root.why_no_seats() if invited or nominated else root.why_closed()
    if closed:
        raise ValidationError(closed, code="closed")
    if root.route == Training.Route.NOMINATION and not (invited or nominated):
        raise ValidationError(
            _("People join this training through their institution's focal point."),
            code="nomination",
        )


def _first_place(
    root: Training, person: Person, *, invited: bool, nominated: bool
) -> tuple[str, int | None]:
    is_open = root.route == Training.Route.OPEN
    if nominated or not (is_open or invited):
        return State.SUBMITTED, None
    house = House(root)
    seat = house.seat_for(person)
    # Who waits goes first: a seat may have come free without a verb.
    if seat is not None and is_open and move_up(root, house=house):
        seat = house.seat_for(person)
    return (State.WAITLISTED, None) if seat is None else (State.CONFIRMED, seat)


@transaction.atomic
def offer(application: Application, *, by: Any, reason: str = "", seen: str = "") -> Application:
    fresh = locked(application, (State.SUBMITTED, State.WAITLISTED), seen)
    if no_seats := fresh.training.why_no_seats():
        raise ValidationError(no_seats, code="over")
    house = House(fresh.training)
    if refusal := house.refusal(fresh):
        raise refusal
    until = offer_end(fresh.training)
    return move(fresh, State.OFFERED, by=by, reason=reason, seat=house.seat_for(fresh), until=until)


@transaction.atomic
def waitlist(application: Application, *, by: Any, reason: str = "", seen: str = "") -> Application:
    """Where people come in as they arrive, whoever joins the line may be next at once."""
    fresh = locked(application, (State.SUBMITTED,), seen)
    move(fresh, State.WAITLISTED, by=by, reason=reason)
    if pass_on(fresh.training, 0):
        fresh.refresh_from_db()
    return fresh


@transaction.atomic
def reject(application: Application, *, by: Any, reason: str, seen: str = "") -> Application:
    fresh = locked(application, (State.SUBMITTED, State.WAITLISTED), seen)
    if not reason.strip():
        raise ValidationError(_("Please give a reason; the person will read it."), code="reason")
    return move(fresh, State.REJECTED, by=by, reason=reason.strip())


@transaction.atomic
def confirm(application: Application, *, by: Any) -> Application:
    fresh = locked(application, (State.OFFERED,))
    if fresh.training.status in (Training.Status.CANCELLED, Training.Status.POSTPONED):
        raise ValidationError(fresh.training.why_no_seats(), code="over")
    if fresh.offered_until and fresh.offered_until <= timezone.now():
        raise ValidationError(_("This offer has expired."), code="expired")
    guardians.refuse_without_consent(fresh)
    return move(fresh, State.CONFIRMED, by=by, seat=fresh.seat_number)


@transaction.atomic
def decline(application: Application, *, by: Any, reason: str = "") -> Application:
    fresh = locked(application, (State.OFFERED,))
    move(fresh, State.DECLINED, by=by, reason=reason)
    pass_on(fresh.training, 1)
    return fresh


@transaction.atomic
def withdraw(application: Application, *, by: Any, reason: str = "") -> Application:
    live = (State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.CONFIRMED)
    fresh = locked(application, live)
    if fresh.training.has_started:
        raise ValidationError(
            _("The training has started, so the application can no longer be withdrawn."),
            code="started",
        )
    freed = int(fresh.seat_number is not None)
    move(fresh, State.WITHDRAWN, by=by, reason=reason)
    pass_on(fresh.training, freed)
    return fresh
