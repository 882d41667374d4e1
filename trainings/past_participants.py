"""Participants of a training of the past, brought in from its old list: one row is one person."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rtcm.accounts.matching import Suggestion, likely, words
from rtcm.accounts.models import Person, PersonEmail
from rtcm.accounts.models.people import LATIN_NAME
from rtcm.importing.kinds import Column, Kind
from rtcm.text import fold
from trainings import seats, typed
from trainings.models import Application, Training, Transition

MOST_LETTERS = 200
SEXES = [
    *Person.Sex.choices,
    ("female", gettext_lazy("female")),
    ("male", gettext_lazy("male")),
    ("female", gettext_lazy("F")),
    ("male", gettext_lazy("M")),
]


def check(values: dict[str, str], subject: Any, memo: dict[str, Any]) -> list[str]:
    known, listed = typed.countries(memo), typed.institutions(memo)
    return typed.complaints(
        partial(_facts, values, known, listed),
        partial(_attended, values),
        partial(_address, values),
        partial(_refuse_twice, values, memo),
    )


def people(values: dict[str, str], memo: dict[str, Any]) -> list[Suggestion]:
    code = typed.countries(memo).get(fold(values.get("country", "")))
    return likely(values["name"], email=values.get("email", ""), country=code)


def create(row: Any, subject: Any, by: Any) -> list[models.Model]:
    if subject is None:
        raise ValidationError(_("The training of this table is no longer there."))
    facts = _facts(row.values, typed.countries(), typed.institutions())
    made: list[models.Model] = []
    if row.person is None:
        row.person = Person.objects.create(**facts)
        made += [row.person, *_new_address(row.values, row.person)]
    return [*made, *_application(row, subject, facts, by)]


def _new_address(values: dict[str, str], person: Person) -> list[PersonEmail]:
    address = _address(values)
    if not address:
        return []
    if PersonEmail.objects.filter(email=address).exists():
        raise ValidationError(
            _("The address %(email)s belongs to somebody already.") % {"email": address}
        )
    return [PersonEmail.objects.create(person=person, email=address)]


def _application(row: Any, subject: Training, facts: dict[str, Any], by: Any) -> list[models.Model]:
    training = seats.lock(subject.pk)
    _refuse_second(training, row.person)
    highest = training.applications.aggregate(n=Max("seat_number"))["n"] or 0
    state = Application.State.ATTENDED if _attended(row.values) else Application.State.ABSENT
    frozen = ("country_id", "institution_id", "institution_name", "post")
    application = Application.objects.create(
        training=training,
        person=row.person,
        state=state,
        seat_number=highest + 1,
        language=row.person.language or get_language() or "en",
        **{name: facts[name] for name in frozen},
    )
    # Of the past, so no letter: the step only says where the row came from.
    step = Transition.objects.create(
        application=application, to_state=state, by=by, reason=_origin(row)
    )
    return [application, step]


def _refuse_second(training: Training, person: Person) -> None:
    if training.applications.live().filter(person=person).exists():
        raise ValidationError(_("This person stands on the list of this training already."))


def _origin(row: Any) -> str:
    origin = _("Brought in from row %(row)s of %(file)s.") % {
        "row": row.number,
        "file": row.source.name,
    }
    number = row.values.get("certificate", "")
    old = _("Certificate of the old register: %(number)s.") % {"number": number}
    return f"{origin} {old}" if number else origin


def _facts(values: dict[str, str], known: dict[str, str], listed: dict[str, int]) -> dict[str, Any]:
    if not words(values["name"]):
        raise ValidationError(_("Write the name of the person."))
    country, latin = values.get("country", ""), values.get("latin_name", "")
    if latin:
        LATIN_NAME(latin)
    institution = values.get("institution", "")
    found = listed.get(fold(institution))
    facts = {
        "full_name": values["name"],
        "certificate_name": latin,
        "institution_name": "" if found else institution,
        "post": values.get("post", ""),
    }
    if long := next((text for text in facts.values() if len(text) > MOST_LETTERS), ""):
        raise ValidationError(
            _("“%(text)s…” is longer than %(most)s letters.")
            % {"text": long[:30], "most": MOST_LETTERS}
        )
    return {
        **facts,
        "sex": typed.chosen(values["sex"], SEXES) if values.get("sex") else "",
        "country_id": typed.country_in(country, known) if country else None,
        "institution_id": found,
    }


def _attended(values: dict[str, str]) -> bool:
    return typed.yes_or_no(values["attended"]) if values.get("attended") else True


def _address(values: dict[str, str]) -> str:
    address = values.get("email", "").lower()
    if address:
        validate_email(address)
    return address


def _refuse_twice(values: dict[str, str], memo: dict[str, Any]) -> None:
    once = {" ".join(sorted(words(values["name"]))), values.get("email", "").lower()} - {""}
    if once & memo.setdefault("people", set()):
        raise ValidationError(_("The same name or address stands further up in this table."))
    memo["people"] |= once


def over() -> Any:
    """The trainings whose lists may be brought in: those that are over."""
    past = Training.objects.filter(
        ends_on__lt=timezone.localdate(), status=Training.Status.PUBLISHED
    )
    return past.order_by("-starts_on", "-pk")


KIND = Kind(
    name="participants",
    title=gettext_lazy("Participants of a training"),
    about=gettext_lazy("One row is one person on the list of a training that is over."),
    permission="trainings.select_applicants",
    columns=(
        Column(
            "name",
            gettext_lazy("Full name"),
            required=True,
            names=("Name", "Ad, soyad", "Soyad, ad, ata adı", "ФИО", "Ф.И.О."),
            example="Aliyev Rashad",
        ),
        Column("latin_name", gettext_lazy("Name in Latin letters")),
        Column("sex", gettext_lazy("Sex"), example="male"),
        Column("country", gettext_lazy("Country"), example="AZ"),
        Column("institution", gettext_lazy("Institution"), names=("Organisation", "Qurum")),
        Column("post", gettext_lazy("Post"), names=("Job title", "Position")),
        Column("email", gettext_lazy("E-mail"), names=("Email", "E-mail address")),
        Column("attended", gettext_lazy("Attended"), example="1"),
        Column("certificate", gettext_lazy("Certificate number"), names=("Certificate",)),
    ),
    check=check,
    create=create,
    people=people,
    subjects=over,
    subject_title=gettext_lazy("Training"),
)
