"""Many people at the same moment, in real threads with connections of their own.

Each race has a control twin that runs with the lock off and must go wrong, which proves that the
test can see the fault. Where the database's own guard would hide it, the twin takes that away too.
"""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from rtcm.jobs import ring
from rtcm.jobs.models import Job, Message
from tests import ledger, make
from tests.trainings.people import ask
from tests.trainings.racing import TOGETHER, at_once, guards_off, lock_off, overlap
from trainings import seats
from trainings.models import Application, Training, Transition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_rings(monkeypatch):
    """The doorbell rests, as it does when Redis is away: what is owed is in the rows."""
    monkeypatch.setattr(ring.breaker, "closed_again_at", time.monotonic() + 600)


def kinds(results: list) -> list[type]:
    return [type(result) for result in results]


def states(training: Training) -> list[str]:
    """In the order of arrival."""
    return list(training.applications.order_by("pk").values_list("state", flat=True))


def offers_made() -> int:
    return Transition.objects.filter(to_state="offered").count()


# --- 200 people, 30 seats ---------------------------------------------------------------------


def crowd(training: Training, number: int) -> list[Callable[[], Application]]:
    people = [make.person(email=f"person{n}@example.org") for n in range(number)]
    return [lambda person=person: ask(training, person) for person in people]


def test_of_200_at_once_30_are_confirmed_and_the_rest_wait_in_order_of_arrival():
    training = make.training(seats=30)

    results = at_once(crowd(training, 200))

    assert kinds(results) == [Application] * 200
    assert states(training) == ["confirmed"] * 30 + ["waitlisted"] * 170
    arrived = list(training.applications.order_by("pk"))
    assert [it.seat_number for it in arrived[:30]] == list(range(1, 31))
    assert arrived == sorted(arrived, key=lambda it: it.created_at)
    assert Transition.objects.count() == Message.objects.count() == 200
    assert Job.objects.filter(kind="mail").count() == 200
    ledger.seats()


def test_with_the_lock_off_only_the_seat_number_saves_the_last_seat(monkeypatch):
    training = make.training(seats=1)

    with lock_off(monkeypatch, TOGETHER):
        results = at_once(crowd(training, TOGETHER))

    assert IntegrityError in kinds(results)
    assert states(training).count("confirmed") == 1


def test_with_lock_and_guard_off_the_last_seat_is_sold_more_than_once(monkeypatch):
    training = make.training(seats=1)

    with guards_off("a_seat_is_held_once"), lock_off(monkeypatch, TOGETHER):
        at_once(crowd(training, TOGETHER))
        confirmed = states(training).count("confirmed")

    assert confirmed > 1


# --- Leaving and moving up at the same moment -------------------------------------------------


def full_house(leaving: int, waiting: int) -> tuple[Training, list[Application]]:
    training = make.training(seats=leaving)
    seated = [make.application(training, state="confirmed") for _ in range(leaving)]
    for _ in range(waiting):
        make.application(training, state="waitlisted")
    return training, seated


def test_two_who_leave_at_once_make_room_for_two():
    training, seated = full_house(leaving=2, waiting=2)

    overlap(*[lambda it=it: seats.withdraw(it, by=None) for it in seated])

    assert states(training) == ["withdrawn"] * 2 + ["offered"] * 2
    assert offers_made() == 2


def test_with_the_lock_off_two_who_leave_write_to_the_same_one(monkeypatch):
    training, seated = full_house(leaving=2, waiting=2)

    with lock_off(monkeypatch):
        overlap(*[lambda it=it: seats.withdraw(it, by=None) for it in seated])

    twice = training.applications.exclude(state="withdrawn").earliest("pk")
    assert offers_made() == 2
    assert twice.transitions.count() == 2


def test_a_newcomer_at_that_moment_does_not_overtake_those_who_wait():
    training, seated = full_house(leaving=8, waiting=12)
    leave = [lambda it=it: seats.withdraw(it, by=None) for it in seated]

    results = at_once([*leave, *crowd(training, 8)])

    assert kinds(results) == [Application] * 16
    assert states(training) == ["withdrawn"] * 8 + ["offered"] * 8 + ["waitlisted"] * 12
    assert offers_made() == 8
    ledger.seats()


def test_staff_who_offer_at_that_moment_offer_no_more_than_there_is():
    training = make.training(seats=3, route="selection")
    seated = [make.application(training, state="confirmed") for _ in range(3)]
    waiting = [make.application(training, state="waitlisted") for _ in range(3)]
    asking = [make.application(training) for _ in range(6)]
    leave = [lambda it=it: seats.withdraw(it, by=None) for it in seated]
    offer = [lambda it=it: seats.offer(it, by=None) for it in [*waiting, *asking]]

    at_once([*leave, *offer])

    assert training.applications.filter(state="offered").count() == 3
    assert offers_made() == 3
    ledger.seats()


# --- The double click -------------------------------------------------------------------------


def test_a_form_sent_many_times_at_once_is_one_application():
    training, token = make.training(seats=5), uuid.uuid4()
    person = make.person(email="amina@example.org")

    results = at_once([lambda: ask(training, person, token=token) for _ in range(TOGETHER)])

    assert kinds(results) == [Application] * TOGETHER
    assert len({result.pk for result in results}) == 1
    assert states(training) == ["confirmed"]
    assert (Transition.objects.count(), Message.objects.count()) == (1, 1)


def test_with_the_lock_off_the_second_click_is_an_error(monkeypatch):
    training, person, token = make.training(seats=5), make.person(), uuid.uuid4()

    with lock_off(monkeypatch):
        results = overlap(*[lambda: ask(training, person, token=token)] * 2)

    assert kinds(results) == [Application, IntegrityError]


def test_two_forms_of_one_person_at_once_are_one_application():
    training, person = make.training(seats=5), make.person()

    results = overlap(*[lambda: ask(training, person)] * 2)

    assert kinds(results) == [Application, ValidationError]
    assert states(training) == ["confirmed"]


def test_with_lock_and_guards_off_one_person_sits_on_two_seats(monkeypatch):
    training, person = make.training(seats=5), make.person()

    with guards_off("one_live_application", "a_seat_is_held_once"), lock_off(monkeypatch):
        overlap(*[lambda: ask(training, person)] * 2)
        both = states(training)

    assert both == ["confirmed", "confirmed"]


# --- Offers that run out while people answer --------------------------------------------------


LAST_SECONDS = 3  # enough for a busy machine to confirm in time


def an_offer_about_to_end() -> tuple[Training, Application]:
    training = make.training(seats=1)
    end = timezone.now() + timedelta(seconds=LAST_SECONDS)
    offer = make.application(training, state="offered", offered_until=end)
    make.application(training, state="waitlisted")
    return training, offer


def test_an_offer_confirmed_in_the_last_second_does_not_expire():
    training, offer = an_offer_about_to_end()

    overlap(lambda: seats.confirm(offer, by=None), seats.expire_offers, pause=LAST_SECONDS)

    assert states(training) == ["confirmed", "waitlisted"]
    assert offer.transitions.count() == 1


def test_with_the_lock_off_it_is_confirmed_and_expires_as_well(monkeypatch):
    training, offer = an_offer_about_to_end()

    with lock_off(monkeypatch):
        overlap(lambda: seats.confirm(offer, by=None), seats.expire_offers, pause=LAST_SECONDS)

    assert states(training) == ["expired", "offered"]
    assert offer.transitions.count() == 2


def test_two_sweeps_at_once_end_an_offer_once():
    training = make.training(seats=4)
    over = timezone.now() - timedelta(seconds=1)
    late = [make.application(training, state="offered", offered_until=over) for _ in range(4)]
    waiting = [make.application(training, state="waitlisted") for _ in range(6)]

    at_once([seats.expire_offers] * 6)

    assert states(training) == ["expired"] * 4 + ["offered"] * 4 + ["waitlisted"] * 2
    assert Transition.objects.filter(application__in=late).count() == 4
    assert Transition.objects.filter(application__in=waiting).count() == 4


def test_offers_run_out_one_by_one_while_people_answer_and_each_gets_one_answer():
    training = make.training(seats=12)
    ends = [timezone.now() + timedelta(milliseconds=100 + 50 * n) for n in range(12)]
    offers = [make.application(training, state="offered", offered_until=end) for end in ends]
    for _ in range(12):
        make.application(training, state="waitlisted")
    sweep = [lambda: [seats.expire_offers() for _ in range(20)]] * 2

    results = at_once([*sweep, *[lambda it=it: seats.confirm(it, by=None) for it in offers]])
    time.sleep(max(0, (ends[-1] - timezone.now()).total_seconds()))
    seats.expire_offers()

    confirmed = kinds(results[2:]).count(Application)
    first, last = states(training)[:12], states(training)[12:]
    assert sorted(first) == ["confirmed"] * confirmed + ["expired"] * (12 - confirmed)
    assert last == ["offered"] * (12 - confirmed) + ["waitlisted"] * confirmed
    assert Transition.objects.filter(application__in=offers).count() == 12
    ledger.seats()
