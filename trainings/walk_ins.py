"""Somebody stands at the door without an application: who they are, and a seat if one is free."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rtcm.accounts import matching
from rtcm.accounts.models import Person, PersonEmail
from trainings import attendance, seats
from trainings.models import Application, Session, Training

NEW = "new"


def suggestions(given: dict[str, Any]) -> list[matching.Suggestion]:
    """Who it may already be, when nobody has decided yet and no address decides it."""
    if given["person"] or _of_address(given["email"]):
        return []
    return matching.likely(given["full_name"], country=given["country"] or None)


def _of_address(email: str) -> Person | None:
    return Person.objects.known_as(email.strip().lower()).first() if email else None


@transaction.atomic
def come_in(session: Session, given: dict[str, Any], *, by: Any, language: str) -> Application:
    """A seat and a mark in this session for whoever came: all of it, or nothing.

    Whose address it is, is who came; else the person chosen among those suggested; else somebody
    new. Coming twice is refused by the seat, not by the name: two people may have one name.
    """
    person = _of_address(given["email"]) or _chosen(given["person"]) or _new(given, language)
    application = seats.walk_in(session.training, person, by=by, language=language)
    presence = attendance.PRESENT[session.training.mode == Training.Mode.ONLINE]
    attendance.mark(session, {application.pk: presence}, by=by)
    return application


def _chosen(number: str) -> Person | None:
    if not number or number == NEW:
        return None
    person = Person.objects.filter(pk=number).first() if number.isdecimal() else None
    if person is None:
        raise ValidationError(_("This person is not known any more; please search again."))
    return person


def _new(given: dict[str, Any], language: str) -> Person:
    person = Person.objects.create(
        full_name=given["full_name"],
        country_id=given["country"] or None,
        institution_name=given["institution_name"],
        language=language,
    )
    if given["email"]:
        PersonEmail.objects.create(person=person, email=given["email"].strip().lower())
    return person
