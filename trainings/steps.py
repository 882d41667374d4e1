"""One step of one application: the training locked, the row changed, the step and letter written.

Whatever changes an application's state goes through here, in one transaction that holds the lock
of the training; so people are served one after another in the order in which they reach it.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings.emails import write_about
from trainings.models import Application, Training, Transition

State = Application.State


def lock(training_id: int) -> Training:
    """The training, locked until the end of the transaction; foreign keys to it stay usable."""
    return Training.objects.select_for_update(no_key=True).get(pk=training_id)


def locked(application: Application, allowed: Sequence[str], seen: str = "") -> Application:
    """The application as it is now, its training locked; refuses a state that moved on.

    `seen`: the version somebody decided on; what changed since then is not overwritten.
    """
    root = lock(application.training_id)
    fresh = Application.objects.select_related("person__user", "institution").get(pk=application.pk)
    fresh.training = root
    if fresh.state not in allowed:
        raise ValidationError(
            _("This is no longer possible: the application's status is “%(state)s”.")
            % {"state": fresh.get_state_display()},
            code="moved",
        )
    if seen and seen != fresh.version:
        raise ValidationError(
            _("Somebody changed this application meanwhile; please look again."), code="changed"
        )
    return fresh


def move(
    application: Application,
    to_state: str,
    *,
    by: Any,
    reason: str = "",
    seat: int | None = None,
    until: datetime | None = None,
    letter: str = "",
) -> Application:
    before = application.state
    application.state = to_state
    application.seat_number = seat
    application.offered_until = until
    application.save(update_fields=["state", "seat_number", "offered_until", "updated_at"])
    record_step(application, before, by=by, reason=reason, letter=letter)
    return application


def record_step(
    application: Application, before: str, *, by: Any, reason: str = "", letter: str = ""
) -> None:
    """The step and its letter: that of the state reached, unless another kind is named."""
    step = Transition.objects.create(
        application=application,
        from_state=before,
        to_state=application.state,
        by=by,
        reason=reason,
    )
    write_about(application, step, letter)


def offer_end(training: Training) -> datetime:
    """When an offer made now runs out: in `offer_days`, never after the last moment to join."""
    end = timezone.now() + timedelta(days=training.offer_days)
    last_day = timezone.localtime(end, training.zone).date()
    end_of_day = datetime.combine(last_day, time(23, 59, 59), tzinfo=training.zone)
    return min(end_of_day, training.joining_ends_at)


def frozen(person: Person) -> dict[str, Any]:
    """What an application keeps of its person as they were on the day it came in."""
    return {
        "country_id": person.country_id,
        "institution_id": person.institution_id,
        "institution_name": person.institution_name,
        "post": person.post,
    }
