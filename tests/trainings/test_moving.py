"""A training moves to other days: sessions, deadlines, seats and letters go along."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from rtcm.jobs.models import Message
from tests import make
from tests.trainings.desks import states
from tests.trainings.people import refused
from tests.trainings.test_planning import everybody, fresh, letters
from trainings import planning

pytestmark = pytest.mark.django_db


def test_a_moved_training_takes_its_sessions_and_deadlines_along_and_asks_again(clara):
    training = make.training(
        seats=9, ends_on=timezone.localdate() + timedelta(days=31), route="selection"
    )
    training.closes_at = timezone.now() + timedelta(days=9)
    training.save()
    everybody(training)
    days = [training.starts_on, training.ends_on]
    for day in days:
        make.session(training, on=day, room="Main hall")

    planning.move(training, days[1], by=clara, reason="Holiday.")

    moved = fresh(training)
    assert [moved.starts_on, moved.ends_on] == [days[1], days[1] + timedelta(days=1)]
    assert [session.on for session in moved.sessions.all()] == [moved.starts_on, moved.ends_on]
    assert timezone.now() + timedelta(days=9) < moved.closes_at
    assert states(training) == [
        "submitted",
        "waitlisted",
        "offered",
        "offered",
        "rejected",
        "withdrawn",
        "offered",
    ]
    assert letters("trainings/moved") == [
        "both@example.org",
        "confirmed@example.org",
        "offered@example.org",
    ]
    assert letters("trainings/new_dates") == [
        "submitted@example.org",
        "trainer@example.org",
        "waitlisted@example.org",
    ]
    assert Message.objects.count() == 6
    assert moved.steps.get().facts == {
        "from": [str(day) for day in days],
        "to": [str(moved.starts_on), str(moved.ends_on)],
    }


def test_a_postponed_training_is_public_again_with_its_new_days(clara):
    training = make.training(status="postponed")

    planning.move(training, training.starts_on + timedelta(days=30), by=clara)

    assert fresh(training).status == "published"


def test_deadlines_keep_their_hour_when_the_clocks_change_in_between(clara):
    chisinau = ZoneInfo("Europe/Chisinau")
    training = make.training(
        time_zone=chisinau.key,
        starts_on=date(2030, 10, 20),
        closes_at=datetime(2030, 10, 10, 18, tzinfo=chisinau),
    )

    planning.move(training, date(2030, 11, 20), by=clara)

    assert fresh(training).closes_at == datetime(2030, 11, 10, 18, tzinfo=chisinau)


@pytest.mark.parametrize(("days", "code"), [(0, "same"), (-30, "past"), (-60, "past")])
def test_a_training_moves_to_other_days_still_to_come(days, code, clara):
    training = make.training(in_days=30)

    day = training.starts_on + timedelta(days=days)

    assert refused(lambda: planning.move(training, day, by=clara)).code == code


def test_a_move_into_a_taken_room_is_refused_whole(clara):
    training = make.training(in_days=30)
    make.session(training, room="Main hall")
    make.application(training, state="confirmed")
    other = make.session(make.training(in_days=40), room="Main hall")

    refusal = refused(lambda: planning.move(training, other.on, by=clara))

    assert refusal.message.startswith("Another session is in this room at that time.")
    assert fresh(training).sessions.get().on == training.starts_on
    assert states(training) == ["confirmed"]
    assert Message.objects.count() == 0


def test_a_move_to_a_day_whose_clocks_skip_the_hour_is_refused(clara):
    training = make.training(time_zone="Europe/Kyiv", starts_on=date(2030, 3, 20))
    make.session(training, starts=time(3, 30), ends=time(5))

    refusal = refused(lambda: planning.move(training, date(2030, 3, 31), by=clara))

    assert "03:30 does not exist on 31 March 2030 in Europe/Kyiv" in refusal.message
