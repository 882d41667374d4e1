"""Sessions: rooms that are held once, and local times on days when clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import make
from trainings.models import Session
from trainings.models.clock import is_skipped, why_twice

pytestmark = pytest.mark.django_db
TAKEN = "Another session is in this room at that time."


def unsaved(training, **fields) -> Session:
    dull = {"on": training.starts_on, "starts": time(10), "ends": time(12), "title_en": "New"}
    return Session(training=training, **(dull | fields))


def refusal(session: Session) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        session.full_clean()
    return refused.value.message_dict


# --- Rooms ------------------------------------------------------------------------------------


def test_two_sessions_cannot_be_in_one_room_at_once():
    first = make.session(room="Main hall")
    other = make.training(starts_on=first.on)
    second = unsaved(other, room="main HALL", starts=time(11), ends=time(13))

    (sentence,) = refusal(second)["room"]

    assert sentence.startswith(TAKEN)
    with pytest.raises(IntegrityError, match="room_is_free"), transaction.atomic():
        second.save()


@pytest.mark.parametrize(
    "free",
    [
        {"room": "Small hall"},
        {"room": ""},
        {"room": "Main hall", "starts": time(12), "ends": time(13)},
        {"room": "Main hall", "starts": time(8), "ends": time(10)},
    ],
)
def test_another_room_or_another_hour_is_free(free):
    first = make.session(room="Main hall")

    second = unsaved(make.training(starts_on=first.on), **free)
    second.full_clean()
    second.save()

    assert Session.objects.count() == 2


def test_a_session_does_not_stand_in_its_own_way():
    session = make.session(room="Main hall")

    session.ends = time(12, 30)
    session.full_clean()
    session.save()

    assert Session.objects.get().ends == time(12, 30)


def test_what_is_called_off_holds_no_room():
    first = make.session(room="Main hall", holds_room=False)

    unsaved(make.training(starts_on=first.on), room="Main hall").full_clean()


def test_a_session_ends_after_it_starts():
    assert refusal(unsaved(make.training(), starts=time(12), ends=time(12)))["ends"] == [
        "A session must end after it starts."
    ]


def test_a_session_is_on_a_day_of_its_training():
    training = make.training(starts_on=date(2030, 5, 25))

    assert refusal(unsaved(training, on=date(2030, 5, 26)))["on"] == [
        "This day is not one of the days of the training."
    ]


# --- Clocks -----------------------------------------------------------------------------------


def test_a_time_that_the_clocks_skip_is_refused():
    training = make.training(time_zone="Europe/Kyiv", starts_on=date(2026, 3, 29))

    says = refusal(unsaved(training, starts=time(3, 30), ends=time(12)))["starts"]

    assert says == [
        "03:30 does not exist on 29 March 2026 in Europe/Kyiv: the clocks are put forward then. "
        "Choose another time."
    ]


def test_in_chisinau_an_hour_is_skipped_too_whichever_the_rules_of_the_day_say():
    chisinau = ZoneInfo("Europe/Chisinau")

    skipped = [is_skipped(date(2026, 3, 29), time(hour, 30), chisinau) for hour in (2, 3)]

    assert sorted(skipped) == [False, True]  # the zone's tables moved the change by an hour


@pytest.mark.parametrize(
    ("zone", "on", "twice"),
    [
        ("Europe/Kyiv", date(2026, 10, 25), time(3, 30)),
        ("Asia/Almaty", date(2024, 2, 29), time(23, 30)),
    ],
)
def test_a_time_that_comes_twice_is_explained(zone, on, twice):
    says = why_twice(on, twice, ZoneInfo(zone))

    assert says.startswith(f"{twice:%H:%M} comes twice on {on.day} ")
    assert says.endswith("The first of the two is meant, before the change.")
    assert why_twice(on, time(10), ZoneInfo(zone)) == ""


@pytest.mark.parametrize(
    ("zone", "day", "before", "after"),
    [
        ("Europe/Chisinau", date(2026, 3, 29), 8, 7),
        ("Europe/Chisinau", date(2026, 10, 25), 7, 8),
        ("Europe/Kyiv", date(2026, 3, 29), 8, 7),
        ("Europe/Kyiv", date(2026, 10, 25), 7, 8),
        ("Asia/Almaty", date(2024, 3, 1), 4, 5),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(zone, day, before, after):
    eve = date.fromordinal(day.toordinal() - 1)
    training = make.training(time_zone=zone, starts_on=eve, ends_on=day)

    first = make.session(training, on=eve)
    second = make.session(training, on=day)

    assert first.starts_at.astimezone(UTC) == datetime(
        eve.year, eve.month, eve.day, before, tzinfo=UTC
    )
    assert second.starts_at.astimezone(UTC) == datetime(
        day.year, day.month, day.day, after, tzinfo=UTC
    )
    assert (first.minutes, second.minutes) == (120, 120)


def test_minutes_are_real_minutes_where_an_hour_is_skipped():
    training = make.training(time_zone="Europe/Chisinau", starts_on=date(2026, 3, 29))

    assert make.session(training, starts=time(1), ends=time(5)).minutes == 180
