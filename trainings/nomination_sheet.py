"""Nominees in a table: the columns, what each row says, and what is wrong with it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from rtcm import spreadsheets
from rtcm.accounts.models import FocalPoint, Person
from rtcm.languages import NAMES, language_name
from rtcm.text import fold
from trainings.models import Nomination, Training
from trainings.nomination_forms import RowForm, institutions_of

MOST_ROWS = 200  # a list of nominees, not of a ministry
SALT = "trainings.nomination_sheet"
HALF_HOUR = 30 * 60  # seconds that a preview can be confirmed
COLUMNS: dict[str, list[Any]] = {
    "full_name": [gettext_lazy("Full name"), gettext_lazy("Name")],
    "email": [gettext_lazy("E-mail address"), gettext_lazy("E-mail"), "Email", "e-mail"],
    "post": [gettext_lazy("Post"), gettext_lazy("Job title")],
    "sex": [gettext_lazy("Sex"), "Gender"],
    "understands": [gettext_lazy("Languages understood"), gettext_lazy("Languages")],
    "note": [gettext_lazy("Note")],
}
INSTITUTION = {"institution": [gettext_lazy("Institution")]}
REQUIRED = ("full_name", "post", "understands")


@dataclass
class Nominee:
    """One row: its number in the sheet, what it says, and what is wrong with it."""

    number: int
    said: dict[str, str]
    form: RowForm
    errors: list[str]

    @property
    def values(self) -> dict[str, Any]:
        return self.form.cleaned_data


def columns(focal_point: FocalPoint) -> dict[str, list[Any]]:
    return COLUMNS if focal_point.institution_id else COLUMNS | INSTITUTION


def read(upload: Any, training: Training, focal_point: FocalPoint) -> list[Nominee]:
    rows = spreadsheets.read(upload, columns(focal_point), REQUIRED, most_rows=MOST_ROWS)
    said = [(row.number, row.values, row.errors) for row in rows]
    return _checked(said, training, focal_point)


def pack(nominees: list[Nominee]) -> str:
    """The rows as they were read, signed: what is confirmed is what was previewed."""
    rows = [(nominee.number, nominee.said) for nominee in nominees]
    return signing.dumps(rows, salt=SALT, compress=True)


def unpack(packed: str, training: Training, focal_point: FocalPoint) -> list[Nominee]:
    """The rows of a preview, checked again; signing.BadSignature when it is old or not ours."""
    rows = signing.loads(packed, salt=SALT, max_age=HALF_HOUR)
    return _checked([(number, said, {}) for number, said in rows], training, focal_point)


def _checked(
    rows: list[tuple[int, dict[str, str], dict[str, str]]],
    training: Training,
    focal_point: FocalPoint,
) -> list[Nominee]:
    places = _names_of(institutions_of(focal_point)) if not focal_point.institution_id else {}
    live = Nomination.objects.live().filter(training=training)
    taken = {email: 0 for email in live.values_list("email", flat=True) if email}
    nominees = []
    for number, said, errors in rows:
        form = RowForm(_as_form(said, places), focal_point=focal_point, training=training)
        nominee = Nominee(number, said, form, _sentences(form, said, errors, places))
        _refuse_twice(nominee, taken)
        nominees.append(nominee)
    return nominees


def _as_form(said: dict[str, str], places: dict[str, int]) -> dict[str, Any]:
    return {
        **said,
        "email": said.get("email", "").strip(" -–—"),
        "sex": sexes().get(fold(said.get("sex", "")), ""),
        "understands": [code for code in _languages(said.get("understands", "")) if code],
        "institution": places.get(fold(said.get("institution", "")), ""),
    }


def _sentences(
    form: RowForm, said: dict[str, str], errors: dict[str, str], places: dict[str, int]
) -> list[str]:
    """Errors of the cells first, then those of the form, each with the name of its column."""
    found = [f"{_label(name)}: {sentence}" for name, sentence in errors.items()]
    unknown = [word for word in _words(said.get("understands", "")) if not _code(word)]
    told = {*errors, "understands"} if unknown else {*errors}
    for name, sentences in form.errors.items():
        if name not in told:
            found += [f"{_label(name)}: {sentence}" for sentence in sentences]
    if unknown:
        found.append(_("Unknown language: %(words)s.") % {"words": ", ".join(unknown)})
    sex, institution = said.get("sex", ""), said.get("institution", "")
    if fold(sex) not in sexes():
        found.append(_("Sex: write “woman”, “man” or nothing."))
    if "institution" in form.fields and institution and fold(institution) not in places:
        found.append(_("Institution: there is no “%(name)s” in our list.") % {"name": institution})
    return found


def _label(name: str) -> str:
    return str((COLUMNS | INSTITUTION)[name][0])


def _refuse_twice(nominee: Nominee, taken: dict[str, int]) -> None:
    email = nominee.form.cleaned_data.get("email", "")
    if email in taken:
        row = taken[email]
        nominee.errors.append(
            _("The same address stands in row %(row)s.") % {"row": row}
            if row
            else _("Somebody with this address is nominated for this training already.")
        )
    elif email:
        taken[email] = nominee.number


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,;/|]| and | və | и ", text) if word.strip()]


def _languages(text: str) -> list[str]:
    return list(dict.fromkeys(_code(word) for word in _words(text)))


def _code(word: str) -> str:
    return languages_by_name().get(fold(word).strip(" ."), "")


def _names_of(places: Any) -> dict[str, int]:
    """An institution by its name in any language."""
    found: dict[str, int] = {}
    for place in places:
        names = [getattr(place, f"name_{code}") for code, _name in settings.LANGUAGES]
        found |= {fold(name): place.pk for name in names if name}
    return found


@cache
def languages_by_name() -> dict[str, str]:
    """Codes, and names in every language of the site, folded."""
    found = {code: code for code in NAMES}
    for reader, _name in settings.LANGUAGES:
        with override(reader):
            found |= {fold(language_name(code)): code for code in NAMES}
    return found


@cache
def sexes() -> dict[str, str]:
    """How people write it, folded; nothing is nothing said."""
    female = ("f", "w", "female", "woman", "qadın", "q", "женщина", "женский", "ж")
    male = ("m", "male", "man", "kişi", "k", "мужчина", "мужской", "м")
    words = {"": ""} | {fold(word): str(Person.Sex.FEMALE) for word in female}
    return words | {fold(word): str(Person.Sex.MALE) for word in male}
