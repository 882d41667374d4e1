"""What the centre decides on nominations: accept, return with a reason, put on the waiting list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings import nomination_letters as letters
from trainings import seats
from trainings.models import Application, Nomination
from trainings.nominations import locked, move, record, refuse_twice

State = Nomination.State
SEATED = (Application.State.OFFERED, Application.State.CONFIRMED)


def _form_of(nomination: Nomination) -> Application:
    if nomination.application is None:
        raise ValidationError(
            _("%(name)s has not filled in the application form yet.")
            % {"name": nomination.full_name},
            code="form",
        )
    return nomination.application


@transaction.atomic
def accept(nomination: Nomination, *, by: Any, reason: str = "") -> Nomination:
    """Offers the seat; whom the waiting list has brought up already keeps the seat they hold."""
    fresh = locked(nomination, (State.SENT, State.WAITLISTED))
    application = _form_of(fresh)
    if application.state not in SEATED:
        seats.offer(application, by=by, reason=reason.strip())
    step = move(fresh, "accept", State.ACCEPTED, by=by, reason=reason.strip())
    letters.tell_focal_point("trainings/nomination_accepted", fresh, step)
    return fresh


@transaction.atomic
def waitlist(nomination: Nomination, *, by: Any, reason: str = "") -> Nomination:
    fresh = locked(nomination, (State.SENT,))
    application = _form_of(fresh)
    if application.state != Application.State.WAITLISTED:
        seats.waitlist(application, by=by, reason=reason.strip())
    step = move(fresh, "waitlist", State.WAITLISTED, by=by, reason=reason.strip())
    letters.tell_focal_point("trainings/nomination_waitlisted", fresh, step)
    return fresh


@transaction.atomic
def give_back(nomination: Nomination, *, by: Any, reason: str = "") -> Nomination:
    """Back to the focal point, who reads why, corrects it and can send it again."""
    fresh = locked(nomination, (State.SENT,))
    if not reason.strip():
        raise ValidationError(
            _("Please give a reason; the focal point will read it."), code="reason"
        )
    step = move(fresh, "return", State.RETURNED, by=by, reason=reason.strip())
    letters.tell_focal_point("trainings/nomination_returned", fresh, step)
    return fresh


@transaction.atomic
def same_person(nomination: Nomination, person: Person, *, by: Any) -> Nomination:
    """Staff say who the nominee is, before a form is filled in; later, people are merged."""
    fresh = locked(nomination, (State.SENT, State.RETURNED))
    if fresh.application_id:
        raise ValidationError(
            _("The form is filled in already. Merge the two people instead."), code="completed"
        )
    fresh.person = person
    refuse_twice(fresh)
    fresh.save(update_fields=["person", "updated_at"])
    record(fresh, "same_person", fresh.state, by=by)
    return fresh
