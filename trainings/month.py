"""A month as a sheet of weeks, with the trainings on their days."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from trainings.models import Training

MONDAY_FIRST = Calendar(firstweekday=0)
YEARS = (1950, 2200)
MOST = 500  # trainings on one sheet


@dataclass(frozen=True)
class Day:
    on: date
    within: bool  # in this month, and not in the weeks around it
    is_today: bool
    trainings: list[Training]


@dataclass(frozen=True)
class Month:
    first: date

    @classmethod
    def named(cls, text: str) -> "Month":
        """`2026-11`; the present month where that cannot be read."""
        year, _dash, month = text.partition("-")
        try:
            first = date(int(year), int(month), 1)
        except (ValueError, OverflowError):
            first = date.min
        known = YEARS[0] <= first.year <= YEARS[1]
        return cls(first if known else timezone.localdate().replace(day=1))

    @property
    def last(self) -> date:
        return self.next_first - timedelta(days=1)

    @property
    def next_first(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.next_first:%Y-%m}"

    def found_in(self, trainings: object) -> list[Training]:
        within = trainings.filter(starts_on__lte=self.last, ends_on__gte=self.first)  # type: ignore[attr-defined]
        return list(within.order_by("starts_on", "pk").defer("description", "search_text")[:MOST])

    def weeks(self, trainings: Iterable[Training]) -> list[list[Day]]:
        """Each training on each of its days; one whose days are not known is on none."""
        exact = [row for row in trainings if row.date_precision == Training.Precision.DAY]
        today = timezone.localdate()
        return [
            [
                Day(
                    on,
                    on.month == self.first.month,
                    on == today,
                    [row for row in exact if row.starts_on <= on <= row.ends_on],
                )
                for on in week
            ]
            for week in MONDAY_FIRST.monthdatescalendar(self.first.year, self.first.month)
        ]
