"""Dates of trainings in words, as precisely as they are known."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import pgettext

from trainings.models import Training


def date_span(training: Any) -> str:
    """`25–27 May 2021`, `March 2022` or `2022`, in the active language.

    Takes anything with `starts_on`, `ends_on` and (optionally) `date_precision`.
    """
    start, end = training.starts_on, training.ends_on
    precision = getattr(training, "date_precision", Training.Precision.DAY)
    if precision == Training.Precision.YEAR:
        return _joined(f"{start:%Y}", f"{end:%Y}")
    if precision == Training.Precision.MONTH:
        return _joined(_month(start), _month(end))
    if (start.year, start.month) == (end.year, end.month) and start != end:
        return f"{start.day}–{_day(end)}"
    return _joined(_day(start), _day(end))


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _month(day: date) -> str:
    return date_format(day, pgettext("format of a month with its year", "F Y"))


def _day(day: date) -> str:
    return date_format(day, pgettext("format of a full date", "j F Y"))
