"""Dates of trainings in words, as precisely as they are known."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
        return f"{start.day}–{full_date(end)}"
    return _joined(full_date(start), full_date(end))


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _month(day: date) -> str:
    return date_format(day, "F Y")


def full_date(day: date) -> str:
    """`27 May 2021`; E is the month as it stands beside a day, in languages that decline it."""
    return date_format(day, "j E Y")


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Baku time always; before it the time of the place, where that is another one."""
    baku = _("%(time)s, Baku time") % {"time": _clock(at, timezone.get_default_timezone())}
    return baku if zone.key == settings.TIME_ZONE else f"{_clock(at, zone)} ({zone.key}); {baku}"


def _clock(at: datetime, zone: Any) -> str:
    return date_format(timezone.localtime(at, zone), "j E Y, H:i")
