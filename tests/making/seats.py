"""Builders around seats: quotas, invitations, applicants from somewhere."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from rtcm.accounts.models import Person
from tests import make
from trainings.models import Application, Invitation, Quota, Training


def quota(within: Training, number: int, bound: str = "at_most", **target: Any) -> Quota:
    """Of a country given by its code, an institution or a kind of institution."""
    if isinstance(target.get("country"), str):
        target["country"] = make.country(target["country"])
    return Quota.objects.create(training=within, bound=bound, number=number, **target)


def official(country: str = "AZ", **fields: Any) -> Person:
    """Somebody who represents a country."""
    return make.person(country=make.country(country), **fields)


def applicant(
    within: Training, country: str = "AZ", state: str = "submitted", **fields: Any
) -> Application:
    """A row as if an official of that country had got that far."""
    person = fields.pop("of", None) or official(country)
    return make.application(within, person, state, country=person.country, **fields)


def invitation(within: Training, **fields: Any) -> Invitation:
    dull = {"email": "guest@example.org", "expires_at": timezone.now() + timedelta(days=7)}
    return Invitation.objects.create(training=within, **(dull | fields))
