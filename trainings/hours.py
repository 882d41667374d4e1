"""Minutes told as hours, and which hours: 24 academic hours are 18 by the clock."""

from decimal import ROUND_DOWN, Decimal
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import ngettext

from trainings.models.schedule import HoursKind

MINUTES = {HoursKind.ACADEMIC: 45, HoursKind.CLOCK: 60}
HALF = Decimal("0.5")


def hours_of(minutes: int, kind: str) -> Decimal:
    """Whole and half hours, never more than were there."""
    halves = Decimal(minutes) / MINUTES[HoursKind(kind)] / HALF
    return halves.quantize(Decimal(1), rounding=ROUND_DOWN) * HALF


def in_words(hours: Decimal, kind: str) -> str:
    """`24 academic hours of 45 minutes`, in the active language; a half chooses the plural."""
    whole = ceil(hours)
    shown = number_format(hours.normalize(), decimal_pos=None if hours % 1 else 0)
    if kind == HoursKind.CLOCK:
        said = ngettext("%(shown)s hour of 60 minutes", "%(shown)s hours of 60 minutes", whole)
    else:
        said = ngettext(
            "%(shown)s academic hour of 45 minutes",
            "%(shown)s academic hours of 45 minutes",
            whole,
        )
    return said % {"shown": shown}
