"""What the centre decides on nominations."""

import pytest

from tests import make
from tests.making import nominations as made
from tests.trainings.nominating import letters, with_form
from tests.trainings.people import refused
from trainings import nominated, nominations


@pytest.fixture
def mandate(emil):
    return made.mandate(emil)


@pytest.fixture
def training(db):
    return made.nominated_training(seats=5)


def test_accepting_offers_the_seat_and_tells_the_focal_point(training, mandate, clara):
    row = with_form(training, mandate)

    nominated.accept(row, by=clara)

    row.refresh_from_db()
    assert (row.state, row.application.state, row.application.seat_number) == (
        "accepted",
        "offered",
        1,
    )
    assert letters() == [("trainings/nomination_accepted", "emil@example.org")]


def test_nobody_is_accepted_before_the_form_is_filled_in(training, mandate, clara):
    (row,) = made.on_list(training, mandate, state="sent")

    error = refused(lambda: nominated.accept(row, by=clara))

    assert error.message == "Leyla Aliyeva has not filled in the application form yet."


def test_a_full_training_refuses_and_the_nomination_stays_as_it_was(mandate, clara):
    training = made.nominated_training(seats=1)
    make.application(training, state="confirmed")
    row = with_form(training, mandate)

    error = refused(lambda: nominated.accept(row, by=clara))

    row.refresh_from_db()
    assert (error.code, row.state, row.application.state) == ("full", "sent", "submitted")


def test_whom_the_waiting_list_brought_up_keeps_that_seat(training, mandate, clara):
    row = with_form(training, mandate, state="waitlisted")
    make_offered(row.application)

    nominated.accept(row, by=clara)

    row.refresh_from_db()
    assert (row.state, row.application.seat_number) == ("accepted", 3)


def make_offered(application):
    state = make.application(make.training(), state="offered")
    type(application).objects.filter(pk=application.pk).update(
        state="offered", seat_number=3, offered_until=state.offered_until
    )


def test_withdrawing_gives_the_seat_back(training, mandate, clara):
    row = with_form(training, mandate)
    nominated.accept(row, by=clara)

    nominations.withdraw(row, by=None, reason="Visa refused")

    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "Visa refused")
    assert (row.application.state, row.application.seat_number) == ("withdrawn", None)


def test_staff_say_who_somebody_is_only_before_the_form(training, mandate):
    row = with_form(training, mandate)

    assert refused(lambda: nominated.same_person(row, make.person(), by=None)).code == "completed"
