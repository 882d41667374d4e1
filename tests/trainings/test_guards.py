"""What the database itself refuses, whoever asks and whatever the code above it does."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from trainings.models import Application, Attendance, Certificate, Training

pytestmark = pytest.mark.django_db


def broken(rule: str, deed) -> None:
    """The deed must break exactly this rule."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        deed()


def change(application, **columns) -> None:
    Application.objects.filter(pk=application.pk).update(**columns)


def test_a_seat_is_held_once():
    training = make.training(seats=5)
    make.application(training, state="confirmed", seat_number=1)
    waiting = make.application(training, state="waitlisted")

    broken("a_seat_is_held_once", lambda: change(waiting, state="confirmed", seat_number=1))


def test_a_seat_beyond_the_capacity_is_refused_when_it_is_taken():
    training = make.training(seats=1)
    make.application(training, state="confirmed", seat_number=1)
    waiting = make.application(training, state="waitlisted")

    broken("seat_within_capacity", lambda: change(waiting, state="confirmed", seat_number=2))
    broken(
        "seat_within_capacity",
        lambda: make.application(training, state="confirmed", seat_number=2),
    )


def test_seats_start_at_one():
    broken(
        "seat_within_capacity",
        lambda: make.application(make.training(), state="confirmed", seat_number=0),
    )


def test_who_sits_beyond_a_lowered_capacity_may_stay_and_attend():
    training = make.training(seats=2)
    application = make.application(training, state="offered", seat_number=2)
    Training.objects.filter(pk=training.pk).update(capacity=1)

    change(application, state="confirmed", seat_number=2, offered_until=None)

    assert Application.objects.get(pk=application.pk).state == "confirmed"


@pytest.mark.parametrize("state", Application.SEATED)
def test_a_state_that_holds_a_seat_has_one(state):
    until = timezone.now() if state == "offered" else None
    waiting = make.application(state="waitlisted")

    broken("seat_goes_with_state", lambda: change(waiting, state=state, offered_until=until))


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "rejected", *Application.ENDED])
def test_a_state_without_a_seat_has_none(state):
    confirmed = make.application(state="confirmed")

    broken("seat_goes_with_state", lambda: change(confirmed, state=state))


def test_an_offer_has_an_end_and_nothing_else_has():
    confirmed = make.application(state="confirmed")

    broken("an_offer_has_an_end", lambda: change(confirmed, state="offered"))
    broken("an_offer_has_an_end", lambda: change(confirmed, offered_until=timezone.now()))


def test_one_person_has_one_live_application():
    training, person = make.training(), make.person()
    make.application(training, person, "rejected")

    broken("one_live_application", lambda: make.application(training, person, "submitted"))


def test_one_form_makes_one_application():
    token = uuid.uuid4()
    make.application(token=token)

    broken("token", lambda: make.application(token=token))


def test_the_constraint_and_the_states_agree_on_who_is_live():
    training, person = make.training(), make.person()
    for state in Application.ENDED:
        make.application(training, person, state)

    assert make.application(training, person).pk
    live = set(Application.State.values) - set(Application.ENDED)
    for state in live:
        seat = 1 if state in Application.SEATED else None
        broken(
            "one_live_application",
            lambda state=state, seat=seat: make.application(
                training, person, state, seat_number=seat
            ),
        )


def test_one_person_has_one_mark_in_a_session():
    application = make.application(make.training(in_days=-1), state="confirmed")
    session = make.session(application.training)
    Attendance.objects.create(application=application, session=session, presence="online")

    broken(
        "one_mark_a_session",
        lambda: Attendance.objects.create(
            application=application, session=session, presence="absent"
        ),
    )


def test_a_number_and_a_code_exist_once_and_one_certificate_is_valid():
    certificate = make.certificate()
    other = make.certificate()

    def copy(**columns):
        fields = {"number": "RTCM-2026-999999", "code": "X" * 27, "state": "superseded", **columns}
        Certificate.objects.filter(pk=other.pk).update(**fields)

    broken("number", lambda: copy(number=certificate.number))
    broken("code", lambda: copy(code=certificate.code))
    broken(
        "one_valid_certificate",
        lambda: copy(state="valid", application=certificate.application),
    )
    broken("revoked_has_its_date", lambda: copy(state="revoked"))


def test_dates_and_capacity_make_sense():
    broken("training_ends_after_start", lambda: make.training(ends_on=date(2001, 1, 1)))
    broken("training_capacity_positive", lambda: make.training(seats=0))
    now = timezone.now()
    broken(
        "training_closes_after_opening",
        lambda: make.training(opens_at=now, closes_at=now - timedelta(days=1)),
    )


def test_a_session_ends_after_it_starts():
    broken("session_ends_after_start", lambda: make.session(ends="10:00"))
