"""Quotas: nobody beyond “at most”, seats kept by “at least” until the deadline."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rtcm.accounts.models import Institution
from tests import make
from tests.making.seats import applicant, official, quota
from tests.trainings.desks import states
from tests.trainings.people import ask, refused
from trainings import quotas, seats
from trainings.models import Quota

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
MEDIA = Institution.Kind.MEDIA


def wish(number: int, bound: str = "at_most", **target) -> Quota:
    """A quota as typed, not stored."""
    if isinstance(target.get("country"), str):
        target["country"] = make.country(target["country"])
    return Quota(bound=bound, number=number, **target)


# --- At most ----------------------------------------------------------------------------------


def test_whoever_comes_beyond_the_quota_waits_although_seats_are_free():
    training = make.training(seats=10)
    quota(training, 2, country="GE")

    got = [ask(training, official("GE")).state for _ in range(3)]

    assert got == ["confirmed", "confirmed", "waitlisted"]
    assert ask(training, official("AZ")).state == "confirmed"


def test_whoever_the_quota_holds_back_is_passed_over_and_keeps_the_place_in_line():
    training = make.training(seats=2)
    quota(training, 1, country="GE")
    first = applicant(training, "GE", "confirmed")
    second = applicant(training, "AM", "confirmed")
    for country in ("GE", "AZ", "GE"):
        applicant(training, country, "waitlisted")

    seats.withdraw(second, by=None)
    assert states(training) == ["confirmed", "withdrawn", "waitlisted", "offered", "waitlisted"]
    seats.withdraw(first, by=None)

    assert states(training) == ["withdrawn", "withdrawn", "offered", "offered", "waitlisted"]


@pytest.mark.parametrize(
    ("place", "target"),
    [
        (lambda: {"country": make.country("GE")}, lambda place: {"country": place["country"]}),
        (
            lambda: {"institution": make.institution(kind=MEDIA)},
            lambda place: {"institution": place["institution"]},
        ),
        (
            lambda: {"institution": make.institution(kind=MEDIA)},
            lambda place: {"institution_kind": MEDIA},
        ),
        (lambda: {"institution_name": "Not listed"}, lambda place: {"institution_kind": "other"}),
    ],
)
def test_a_quota_counts_by_country_institution_or_kind_of_institution(place, target):
    where = place()
    training = make.training(seats=5)
    quota(training, 1, **target(where))

    got = [ask(training, make.person(**where)).state for _ in range(2)]

    assert got == ["confirmed", "waitlisted"]
    assert ask(training, make.person(institution=make.institution())).state == "confirmed"


def test_staff_cannot_offer_beyond_a_quota_and_are_told_which():
    training = make.training(seats=5, route="selection")
    quota(training, 1, country=make.country("GE", name_en="Georgia"))
    applicant(training, "GE", "confirmed")
    asking = applicant(training, "GE")

    said = refused(lambda: seats.offer(asking, by=None))

    assert (said.code, said.message) == ("quota", "The quota is used up: Georgia: at most 1.")


# --- At least ---------------------------------------------------------------------------------


def test_seats_kept_for_a_country_are_not_given_to_others_before_the_deadline():
    training = make.training(seats=3, closes_at=timezone.now() + timedelta(days=5))
    quota(training, 2, "at_least", country="GE")

    others = [ask(training, official("AZ")).state for _ in range(2)]
    kept = [ask(training, official("GE")).state for _ in range(2)]

    assert others == ["confirmed", "waitlisted"]
    assert kept == ["confirmed", "confirmed"]


def test_a_minimum_that_is_reached_keeps_nothing_more():
    training = make.training(seats=3)
    quota(training, 1, "at_least", country="GE")
    applicant(training, "GE", "confirmed")

    assert [ask(training, official("AZ")).state for _ in range(2)] == ["confirmed", "confirmed"]


def test_two_minima_keep_their_seats_one_beside_the_other():
    training = make.training(seats=2)
    quota(training, 1, "at_least", country="GE")
    quota(training, 1, "at_least", country="AM")

    assert ask(training, official("AZ")).state == "waitlisted"
    assert ask(training, official("AM")).state == "confirmed"
    assert ask(training, official("GE")).state == "confirmed"


def test_one_person_who_fills_two_minima_lets_the_next_in():
    media = make.institution(kind=MEDIA)
    training = make.training(seats=2)
    quota(training, 1, "at_least", country="GE")
    quota(training, 1, "at_least", institution_kind=MEDIA)
    waiting = ask(training, official("AZ"))

    both = ask(training, official("GE", institution=media))

    assert both.state == "confirmed"
    assert ask(training, official("AZ")).state == "waitlisted"
    waiting.refresh_from_db()
    assert waiting.state == "offered"


def test_a_kept_seat_that_comes_free_is_kept_again():
    training = make.training(seats=2)
    quota(training, 1, "at_least", country="GE")
    kept = applicant(training, "GE", "confirmed")
    applicant(training, "AZ", "confirmed")
    applicant(training, "AZ", "waitlisted")
    applicant(training, "GE", "waitlisted")

    seats.withdraw(kept, by=None)

    assert states(training) == ["withdrawn", "confirmed", "waitlisted", "offered"]


def test_at_the_deadline_kept_seats_go_to_whoever_waits():
    training = make.training(seats=3, closes_at=timezone.now() + timedelta(days=1))
    quota(training, 2, "at_least", country="GE")
    applicant(training, "AZ", "confirmed")
    for _ in range(3):
        applicant(training, "AZ", "waitlisted")
    assert seats.release_kept_seats() == 0

    training.closes_at = timezone.now() - timedelta(seconds=1)
    training.save()

    assert [seats.release_kept_seats(), seats.release_kept_seats()] == [1, 0]
    assert states(training) == ["confirmed", "offered", "offered", "waitlisted"]


def test_where_the_centre_selects_only_the_kept_seats_are_released():
    past = timezone.now() - timedelta(seconds=1)
    training = make.training(seats=5, route="selection", closes_at=past)
    quota(training, 2, "at_least", country="GE")
    for _ in range(4):
        applicant(training, "AZ", "waitlisted")

    seats.release_kept_seats()

    assert states(training) == ["offered", "offered", "waitlisted", "waitlisted"]


def test_without_a_deadline_seats_are_kept_until_the_start():
    training = make.training(seats=1, in_days=2)
    quota(training, 1, "at_least", country="GE")

    assert seats.release_kept_seats() == 0
    assert ask(training, official("AZ")).state == "waitlisted"


# --- Setting them -----------------------------------------------------------------------------


def test_a_raised_quota_lets_in_whom_it_held_back():
    training = make.training(seats=5)
    quota(training, 1, country="GE")
    applicant(training, "GE", "confirmed")
    for country in ("GE", "AM", "GE"):
        applicant(training, country, "waitlisted")

    assert quotas.set_quotas(training, [wish(2, country="GE")]) == 2

    assert states(training) == ["confirmed", "offered", "offered", "waitlisted"]
    assert [it.number for it in training.quotas.all()] == [2]


def test_where_the_centre_selects_a_raised_quota_moves_only_those_it_is_about():
    training = make.training(seats=9, route="selection")
    quota(training, 1, country="GE")
    applicant(training, "GE", "confirmed")
    for country in ("AM", "GE", "GE", "GE"):
        applicant(training, country, "waitlisted")

    quotas.set_quotas(training, [wish(3, country="GE")])

    assert states(training) == ["confirmed", "waitlisted", "offered", "offered", "waitlisted"]


def test_a_removed_quota_lets_in_whoever_it_held_back():
    training = make.training(seats=3)
    quota(training, 2, "at_least", country="GE")
    applicant(training, "AZ", "confirmed")
    applicant(training, "AZ", "waitlisted")

    quotas.set_quotas(training, [])

    assert states(training) == ["confirmed", "offered"]
    assert not training.quotas.exists()


def test_a_lowered_quota_throws_nobody_out():
    training = make.training(seats=3)
    quota(training, 2, country="GE")
    for _ in range(2):
        applicant(training, "GE", "confirmed")

    quotas.set_quotas(training, [wish(1, country="GE")])

    assert states(training) == ["confirmed", "confirmed"]
    assert ask(training, official("GE")).state == "waitlisted"


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        (
            lambda: [wish(0, country="GE")],
            "Ensure this value is greater than or equal to 1.",
        ),
        (
            lambda: [wish(1)],
            "Choose a country, an institution or a kind of institution: one of the three.",
        ),
        (
            lambda: [wish(1, country="GE", institution_kind=MEDIA)],
            "Choose a country, an institution or a kind of institution: one of the three.",
        ),
        (
            lambda: [wish(1, country="GE"), wish(2, country="GE")],
            "The same quota stands there twice.",
        ),
        (
            lambda: [wish(3, "at_least", country="GE"), wish(3, "at_least", country="AM")],
            "These quotas keep 6 seats, but the training has only 5.",
        ),
        (
            lambda: [wish(3, "at_least", country="GE"), wish(2, country="GE")],
            "Country GE: “at least” is more than “at most”.",
        ),
    ],
)
def test_quotas_that_cannot_be_meant_are_refused_whole(wishes, sentence):
    training = make.training(seats=5)
    quota(training, 4, country="AZ")

    with pytest.raises(ValidationError) as refusal:
        quotas.set_quotas(training, wishes())

    assert refusal.value.messages == [sentence]
    assert [it.number for it in training.quotas.all()] == [4]


# --- How much it asks -------------------------------------------------------------------------


def test_a_training_without_quotas_asks_nothing_more_for_them(django_assert_num_queries):
    training, person = make.training(seats=5), make.person()

    # The savepoint and its end, the lock, earlier applications, seats (with whether somebody
    # waits and whether there are quotas), the application, its step, the address.
    with django_assert_num_queries(8):
        ask(training, person)
