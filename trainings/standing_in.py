"""What staff and focal points do with seats for others: another person in the same seat, somebody
at the door, and asking everybody again when a training moves."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings import guardians, steps
from trainings.house import House
from trainings.models import Application, Training
from trainings.steps import State, frozen, locked, move, offer_end, record_step


@transaction.atomic
def replace(
    application: Application,
    person: Person,
    *,
    by: Any,
    token: uuid.UUID,
    language: str,
    reason: str = "",
) -> Application:
    """Somebody else in the same seat: the old one is withdrawn, the new one offered its number.

    Whoever waits for that training already comes in with the application they have.
    """
    root = steps.lock(application.training_id)
    known = Application.objects.filter(token=token, person=person, training=root).first()
    if known and known.state not in Application.ENDED:
        return known
    old = locked(application, (State.OFFERED, State.CONFIRMED))
    _refuse_unless_they_may_join(root, begun=False)
    seat = old.seat_number
    new = _application_of(root, person, (State.SUBMITTED, State.WAITLISTED))
    house = House(root)
    house.leave(seat)
    if refusal := house.refusal(new or person):
        raise refusal
    move(old, State.WITHDRAWN, by=by, reason=reason)
    return _seat(root, person, new, State.OFFERED, by=by, seat=seat, token=token, language=language)


@transaction.atomic
def walk_in(training: Training, person: Person, *, by: Any, language: str) -> Application:
    """Somebody came who has no seat: they get one if one is free, until the training's end."""
    root = steps.lock(training.pk)
    _refuse_unless_they_may_join(root, begun=True)
    known = _application_of(root, person, (State.SUBMITTED, State.WAITLISTED, State.OFFERED))
    if known:
        guardians.refuse_without_consent(known)
    if known and known.seat_number:
        return move(known, State.CONFIRMED, by=by, seat=known.seat_number)
    house = House(root)
    if refusal := house.refusal(known or person):
        raise refusal
    seat = house.seat_for(known or person)
    token = uuid.uuid4()
    return _seat(
        root, person, known, State.CONFIRMED, by=by, seat=seat, token=token, language=language
    )


def _refuse_unless_they_may_join(root: Training, *, begun: bool) -> None:
    """`begun`: at the door, from the first day to the last; otherwise before the start."""
    if root.status != Training.Status.PUBLISHED or root.is_historic or root.is_past:
        raise ValidationError(
            root.why_no_seats() or _("Applications for this training are closed."), code="over"
        )
    if begun and not root.has_started:
        raise ValidationError(_("The training has not begun yet."), code="early")
    if not begun and (no_seats := root.why_no_seats()):
        raise ValidationError(no_seats, code="over")


def _application_of(root: Training, person: Person, allowed: Any) -> Application | None:
    """The application this person has there, if its state allows more; refuses other live ones."""
    live = root.applications.live().select_related("person__user", "institution")
    known = live.filter(person=person).first()
    if known and known.state not in allowed:
        raise ValidationError(_("This person has already applied for this training."), code="twice")
    if known:
        known.training = root
    return known


def _seat(
    root: Training,
    person: Person,
    known: Application | None,
    state: str,
    *,
    by: Any,
    seat: int | None,
    token: uuid.UUID,
    language: str,
) -> Application:
    until = offer_end(root) if state == State.OFFERED else None
    if known:
        return move(known, state, by=by, seat=seat, until=until)
    new = Application.objects.create(
        training=root,
        person=person,
        token=token,
        state=state,
        seat_number=seat,
        offered_until=until,
        language=language,
        **frozen(person),
    )
    record_step(new, "", by=by)
    return new


@transaction.atomic
def ask_again(training: Training, *, by: Any, reason: str) -> int:
    """After a training moved: everybody with a seat keeps it and is asked whether they still come.

    Returns how many were asked; an offer not yet answered gets the new deadline, too.
    """
    root = steps.lock(training.pk)
    held = root.applications.filter(state__in=(State.CONFIRMED, State.OFFERED))
    people = list(held.select_related("person__user").order_by("pk"))
    for application in people:
        application.training = root
        move(
            application,
            State.OFFERED,
            by=by,
            reason=reason,
            seat=application.seat_number,
            until=offer_end(root),
            letter="trainings/moved",
        )
    return len(people)
