"""Local times on the days when clocks change: one that does not exist, one that comes twice.

The zone's own rules decide, so a country that changed its zone (Kazakhstan in March 2024) is as
right as one that changes its clocks twice a year.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def moment_of(on: date, at: time, zone: ZoneInfo) -> datetime:
    """A local time as a moment; of two that are called alike, the first."""
    return datetime.combine(on, at, tzinfo=zone)


def minutes_between(first: datetime, second: datetime) -> int:
    """Real minutes: two moments of one zone are subtracted as the clock shows them otherwise."""
    return int((second.astimezone(UTC) - first.astimezone(UTC)).total_seconds() // 60)


def later(at: datetime, shift: timedelta, zone: ZoneInfo) -> datetime:
    """So many days later, at the same hour of the place's clock."""
    local = at.astimezone(zone).replace(tzinfo=None)
    return (local + shift).replace(tzinfo=zone)


def is_skipped(on: date, at: time, zone: ZoneInfo) -> bool:
    local = moment_of(on, at, zone)
    back = local.astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) != local.replace(tzinfo=None)


def comes_twice(on: date, at: time, zone: ZoneInfo) -> bool:
    local = moment_of(on, at, zone)
    return not is_skipped(on, at, zone) and local.utcoffset() != local.replace(fold=1).utcoffset()


def why_skipped(on: date, at: time, zone: ZoneInfo) -> str:
    """A sentence where a local time does not exist, "" where it does."""
    if not is_skipped(on, at, zone):
        return ""
    says = _(
        "%(time)s does not exist on %(day)s in %(zone)s: the clocks are put forward then. "
        "Choose another time."
    )
    return says % _words(on, at, zone)


def why_twice(on: date, at: time, zone: ZoneInfo) -> str:
    """A sentence where a local time comes twice, "" where it comes once."""
    if not comes_twice(on, at, zone):
        return ""
    says = _(
        "%(time)s comes twice on %(day)s in %(zone)s, because the clocks are put back. "
        "The first of the two is meant, before the change."
    )
    return says % _words(on, at, zone)


def _words(on: date, at: time, zone: ZoneInfo) -> dict[str, str]:
    return {"time": f"{at:%H:%M}", "day": date_format(on, "j E Y"), "zone": zone.key}
