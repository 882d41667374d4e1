"""Dates in words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from trainings.dates import date_span, moment

SPANS = [
    ("2021-05-25", "2021-05-27", "day", "25–27 May 2021", "25–27 may 2021", "25–27 мая 2021"),
    ("2021-05-25", "2021-05-25", "day", "25 May 2021", "25 may 2021", "25 мая 2021"),
    (
        "2021-04-30", "2021-05-02", "day",
        "30 April 2021 – 2 May 2021", "30 aprel 2021 – 2 may 2021", "30 апреля 2021 – 2 мая 2021",
    ),
    ("2022-03-01", "2022-03-31", "month", "March 2022", "Mart 2022", "Март 2022"),
    (
        "2022-01-01", "2022-07-31", "month",
        "January 2022 – July 2022", "Yanvar 2022 – İyul 2022", "Январь 2022 – Июль 2022",
    ),
    ("2022-01-01", "2022-12-31", "year", "2022", "2022", "2022"),
    ("2021-01-01", "2022-12-31", "year", "2021 – 2022", "2021 – 2022", "2021 – 2022"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "precision", "en", "az", "ru"), SPANS)
def test_a_span_is_as_exact_as_it_is_known(start, end, precision, en, az, ru):
    training = SimpleNamespace(
        starts_on=date.fromisoformat(start),
        ends_on=date.fromisoformat(end),
        date_precision=precision,
    )

    said = {}
    for code in ("en", "az", "ru"):
        with translation.override(code):
            said[code] = date_span(training)

    assert said == {"en": en, "az": az, "ru": ru}


def test_a_moment_is_told_in_baku_time_and_before_it_in_that_of_the_place():
    at = datetime(2026, 5, 25, 18, 30, tzinfo=UTC)

    with translation.override("en"):
        assert moment(at, ZoneInfo("Asia/Baku")) == "25 May 2026, 22:30, Baku time"
        assert moment(at, ZoneInfo("Asia/Tashkent")) == (
            "25 May 2026, 23:30 (Asia/Tashkent); 25 May 2026, 22:30, Baku time"
        )
