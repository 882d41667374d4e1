"""Quotas at the same moment, and offers that run out while people withdraw; each with its twin.

The twin runs with the lock off (and, where the database's own guard would hide the fault, without
that guard) and must go wrong.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from rtcm.jobs import ring
from tests import ledger, make
from tests.making.seats import applicant, official, quota
from tests.trainings.desks import states
from tests.trainings.people import ask
from tests.trainings.racing import TOGETHER, at_once, guards_off, lock_off, overlap
from trainings import quotas, seats
from trainings.models import Application, Quota, Training, Transition

pytestmark = pytest.mark.django_db(transaction=True)
SEAT_GUARD = "a_seat_is_held_once"


@pytest.fixture(autouse=True)
def _nobody_rings(monkeypatch):
    monkeypatch.setattr(ring.breaker, "closed_again_at", time.monotonic() + 600)


def crowd(training: Training, country: str, number: int = TOGETHER) -> list:
    people = [official(country) for _ in range(number)]
    return [lambda person=person: ask(training, person) for person in people]


# --- At most ----------------------------------------------------------------------------------


def test_of_many_from_one_country_at_once_as_many_sit_as_the_quota_says():
    training = make.training(seats=30)
    quota(training, 3, country="GE")

    at_once(crowd(training, "GE"))

    assert states(training) == ["confirmed"] * 3 + ["waitlisted"] * (TOGETHER - 3)
    ledger.seats()


def test_with_lock_and_guard_off_more_sit_than_the_quota_says(monkeypatch):
    training = make.training(seats=30)
    quota(training, 3, country="GE")

    with guards_off(SEAT_GUARD), lock_off(monkeypatch, TOGETHER):
        at_once(crowd(training, "GE"))
        confirmed = states(training).count("confirmed")

    assert confirmed > 3


# --- At least ---------------------------------------------------------------------------------


def test_a_kept_seat_stays_kept_when_two_others_come_at_once():
    training = make.training(seats=2)
    quota(training, 1, "at_least", country="GE")

    overlap(*crowd(training, "AZ", 2))

    assert states(training) == ["confirmed", "waitlisted"]


def test_with_lock_and_guard_off_the_kept_seat_is_given_away(monkeypatch):
    training = make.training(seats=2)
    quota(training, 1, "at_least", country="GE")

    with guards_off(SEAT_GUARD), lock_off(monkeypatch):
        overlap(*crowd(training, "AZ", 2))
        both = states(training)

    assert both == ["confirmed", "confirmed"]


# --- A quota that changes while somebody comes ------------------------------------------------


def lowered_while_somebody_comes(training: Training) -> list[str]:
    georgia = make.country("GE")
    applicant(training, "GE", "confirmed")
    wish = Quota(bound="at_most", number=1, country=georgia)
    (coming,) = crowd(training, "GE", 1)
    overlap(lambda: quotas.set_quotas(training, [wish]), coming)
    return states(training)


def test_a_quota_set_just_now_holds_for_whoever_comes_at_that_moment():
    training = make.training(seats=5)

    assert lowered_while_somebody_comes(training) == ["confirmed", "waitlisted"]


def test_with_the_lock_off_whoever_comes_does_not_see_it(monkeypatch):
    training = make.training(seats=5)

    with lock_off(monkeypatch):
        assert lowered_while_somebody_comes(training) == ["confirmed", "confirmed"]


# --- Offers that run out while people withdraw ------------------------------------------------


def two_seats_come_free() -> tuple[Training, Application]:
    training = make.training(seats=2)
    over = timezone.now() - timedelta(seconds=1)
    make.application(training, state="offered", offered_until=over)
    leaving = make.application(training, state="confirmed")
    for _ in range(2):
        make.application(training, state="waitlisted")
    return training, leaving


def test_an_offer_that_runs_out_while_somebody_withdraws_makes_room_for_two():
    training, leaving = two_seats_come_free()

    overlap(seats.expire_offers, lambda: seats.withdraw(leaving, by=None))

    assert states(training) == ["expired", "withdrawn", "offered", "offered"]
    assert Transition.objects.count() == 4


def test_with_the_lock_off_both_seats_go_to_the_same_one(monkeypatch):
    training, leaving = two_seats_come_free()

    with lock_off(monkeypatch):
        overlap(seats.expire_offers, lambda: seats.withdraw(leaving, by=None))

    assert states(training) == ["expired", "withdrawn", "offered", "waitlisted"]
    assert Transition.objects.filter(to_state="offered").count() == 2


def test_many_offers_run_out_while_many_withdraw_and_nobody_is_passed_over():
    training = make.training(seats=12)
    quota(training, 4, country="GE")
    over = timezone.now() - timedelta(seconds=1)
    for _ in range(6):
        applicant(training, "AZ", "offered", offered_until=over)
    leaving = [applicant(training, "AM", "confirmed") for _ in range(6)]
    for n in range(16):
        applicant(training, "GE" if n % 2 else "AZ", "waitlisted")
    sweeps = [seats.expire_offers] * 4

    at_once([*sweeps, *[lambda it=it: seats.withdraw(it, by=None) for it in leaving]])

    # Eight from AZ and four from GE, the first of each; the quota holds the other four back.
    first, last = states(training)[:12], states(training)[12:]
    assert first == ["expired"] * 6 + ["withdrawn"] * 6
    assert last == ["offered"] * 8 + ["offered", "waitlisted"] * 4
    assert Transition.objects.count() == 24
    ledger.seats()
