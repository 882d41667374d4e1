"""Somebody else in the same seat, somebody at the door, and everybody asked again."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from rtcm.jobs.models import Message
from tests import make
from tests.making.seats import quota
from tests.trainings.desks import states
from tests.trainings.people import refused
from trainings import seats

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_somebody_else_takes_the_same_seat():
    training = make.training(seats=2, route="nomination")
    old = make.application(training, state="confirmed", seat_number=2)
    new = make.person()

    made = seats.replace(old, new, by=None, token=uuid.uuid4(), language="en")

    assert (made.person, made.state, made.seat_number) == (new, "offered", 2)
    assert states(training) == ["withdrawn", "offered"]


def test_whoever_waits_already_takes_the_seat_with_their_own_application():
    training = make.training(seats=1, route="nomination")
    old = make.application(training, state="offered")
    waiting = make.application(training, state="submitted")

    made = seats.replace(old, waiting.person, by=None, token=uuid.uuid4(), language="en")

    assert (made.pk, made.seat_number) == (waiting.pk, 1)


def test_somebody_else_is_held_back_by_the_quota_like_anybody():
    training = make.training(seats=2)
    quota(training, 1, country="GE")
    make.application(training, state="confirmed", country=make.country("GE"))
    old = make.application(training, state="confirmed")
    new = make.person(country=make.country("GE"))

    said = refused(lambda: seats.replace(old, new, by=None, token=uuid.uuid4(), language="en"))

    assert said.code == "quota"
    assert states(training) == ["confirmed", "confirmed"]


def test_at_the_door_whoever_comes_gets_a_seat_while_one_is_free():
    training = make.training(seats=2, in_days=0)
    waiting = make.application(training, state="waitlisted")

    for person in (make.person(), waiting.person):
        assert seats.walk_in(training, person, by=None, language="en").state == "confirmed"

    late = refused(lambda: seats.walk_in(training, make.person(), by=None, language="en"))
    assert late.code == "full"
    twice = refused(lambda: seats.walk_in(training, waiting.person, by=None, language="en"))
    assert twice.code == "twice"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"in_days": 1}, "early"), ({"in_days": -3}, "over"), ({"status": "cancelled"}, "over")],
)
def test_nobody_walks_in_before_the_first_day_or_after_the_last(changes, code):
    training = make.training(seats=2, **changes)

    said = refused(lambda: seats.walk_in(training, make.person(), by=None, language="en"))

    assert said.code == code


def test_everybody_with_a_seat_is_asked_again_and_keeps_it():
    training = make.training(seats=3)
    person = make.person("Anna", "anna@example.org")
    make.application(training, person, "confirmed")
    make.application(training, state="offered")
    make.application(training, state="waitlisted")

    assert seats.ask_again(training, by=None, reason="The hall is closed") == 2

    assert states(training) == ["offered", "offered", "waitlisted"]
    assert [it.seat_number for it in training.applications.seated()] == [1, 2]
    letter = Message.objects.get(to="anna@example.org")
    assert letter.kind == "trainings/moved"
    assert "The hall is closed" in letter.body_text


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_offers_of_a_training_that_does_not_take_place_do_not_run_out(status):
    training = make.training(seats=1, status=status)
    over = timezone.now() - timedelta(days=1)
    make.application(training, state="offered", offered_until=over)
    make.application(training, state="waitlisted")

    assert seats.expire_offers() == 0
    assert states(training) == ["offered", "waitlisted"]
