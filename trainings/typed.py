"""Values as people type them into tables: dates, countries, choices, in every language of the site.

A value that cannot be read is refused with a sentence that says how to write it.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from modeltranslation.utils import build_localized_fieldname

from rtcm.accounts.models import Country, Institution
from rtcm.text import fold
from trainings.models import Training

DAY, MONTH, YEAR = Training.Precision.DAY, Training.Precision.MONTH, Training.Precision.YEAR
DATES = [
    (DAY, re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")),
    (DAY, re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})")),
    (MONTH, re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})")),
    (MONTH, re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4})")),
    (YEAR, re.compile(r"(?P<y>\d{4})")),
]
EARLIEST = 1990
YES = gettext_lazy("yes")
NO = gettext_lazy("no")


def span(text: str) -> tuple[date, date, str]:
    """First and last day of what is known, and how precisely."""
    for precision, pattern in DATES:
        if found := pattern.fullmatch(text):
            parts = {name: int(number) for name, number in found.groupdict().items()}
            return _span(precision, parts)
    raise ValidationError(
        _("Write the date as 2019-05-03, 05.2019 or 2019: “%(text)s”.") % {"text": text}
    )


def _span(precision: str, parts: dict[str, int]) -> tuple[date, date, str]:
    year, month, day = parts["y"], parts.get("m"), parts.get("d")
    try:
        first = date(year, month or 1, day or 1)
        last = day or monthrange(year, month or 12)[1]
        end = date(year, month or 12, last)
    except ValueError as odd:
        raise ValidationError(_("There is no such day in the calendar.")) from odd
    if not EARLIEST <= year <= date.today().year + 1:  # noqa: DTZ011 - a year is near enough
        raise ValidationError(_("The year %(year)s is not believable.") % {"year": year})
    return first, end, precision


def chosen(text: str, choices: Iterable[tuple[str, Any]]) -> str:
    """The code of a choice written as its code or as its label in any language."""
    known: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {fold(str(label)): value for value, label in choices}
            known |= {fold(value): value for value, _label in choices}
    if fold(text) in known:
        return known[fold(text)]
    raise ValidationError(
        _("“%(text)s” is none of: %(choices)s.")
        % {"text": text, "choices": ", ".join(str(label) for _value, label in choices)}
    )


def yes_or_no(text: str) -> bool:
    return chosen(text, [("1", YES), ("0", NO), ("+", YES), ("-", NO)]) in {"1", "+"}


def countries(memo: dict[str, Any] | None = None) -> dict[str, str]:
    """Code by every name that a country has in any language, and by the code itself."""
    if memo is not None:
        return _once("countries", countries, memo)
    return {fold(name): pk for name, pk in _names(Country)} | {
        fold(pk): pk for pk in Country.objects.values_list("pk", flat=True)
    }


def institutions(memo: dict[str, Any] | None = None) -> dict[str, int]:
    if memo is not None:
        return _once("institutions", institutions, memo)
    return {fold(name): pk for name, pk in _names(Institution)}


def _once(name: str, ask: Callable[[], Any], memo: dict[str, Any]) -> Any:
    """Asked for the first row, remembered for the others."""
    if name not in memo:
        memo[name] = ask()
    return memo[name]


def _names(model: Any) -> Iterable[tuple[str, Any]]:
    columns = [build_localized_fieldname("name", code) for code, _name in settings.LANGUAGES]
    for pk, *names in model.objects.values_list("pk", *columns):
        yield from ((name, pk) for name in names if name)


def country_in(text: str, known: dict[str, str]) -> str:
    if fold(text) in known:
        return known[fold(text)]
    raise ValidationError(
        _("We know no country “%(name)s”. Write its name or its two letters.") % {"name": text}
    )


def parts(text: str) -> list[str]:
    """What stands between semicolons or commas."""
    return [part.strip() for part in re.split(r"[;,]", text) if part.strip()]


def whole(text: str, most: int = 100_000) -> int:
    if text.isdecimal() and int(text) <= most:
        return int(text)
    raise ValidationError(_("Write a whole number: “%(text)s”.") % {"text": text})


def complaints(*asked: Callable[[], Any]) -> list[str]:
    """What is wrong when each of these is asked, all of it at once."""
    wrong = []
    for ask in asked:
        try:
            ask()
        except ValidationError as refusal:
            wrong += refusal.messages
    return wrong
