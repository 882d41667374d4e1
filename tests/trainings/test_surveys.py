"""Evaluations: who is asked and when, and every refusal."""

import datetime
import re

import pytest
from django.utils import timezone

from rtcm.jobs.models import Message
from tests import make
from tests.making.testing import held, opened
from tests.trainings.people import refused
from trainings import surveys
from trainings.models import Survey, SurveyAnswer, SurveyGuest
from trainings.surveys import months_before

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
END, FOLLOW_UP, SUPERVISOR = Survey.Kind.END, Survey.Kind.FOLLOW_UP, Survey.Kind.SUPERVISOR


def turn_back(survey: Survey, days: int) -> None:
    """As if it had been opened so many days ago."""
    Survey.objects.filter(pk=survey.pk).update(opened_at=timezone.now() - days * DAY)


def test_opening_asks_everybody_who_took_part_by_a_letter_of_their_own():
    training = held(people=2)
    make.application(training, state="absent")
    make.application(training, state="rejected")

    survey = surveys.open_now(training, END)

    letters = Message.objects.filter(kind="trainings/evaluation")
    assert survey.guests.count() == 2
    assert {letter.to for letter in letters} == {
        application.person.address for application in training.applications.filter(state="attended")
    }
    assert all(letter.masked and "/evaluations/" in letter.body_text for letter in letters)


def test_no_letter_shows_its_link_to_staff():
    survey = opened()

    (guest,) = survey.guests.all()
    letter = Message.objects.get(kind="trainings/evaluation")

    assert surveys.link_of(guest) not in letter.body_text + letter.body_html


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"status": "cancelled"}, "early"), ({"in_days": 2}, "early"), ({}, "nobody")],
)
def test_an_evaluation_is_not_opened_too_early_nor_for_nobody(fields, code):
    training = make.training(**({"in_days": -1} | fields))

    assert refused(lambda: surveys.open_now(training, END)).code == code
    assert not Survey.objects.exists()


def test_it_is_opened_once():
    survey = opened()

    assert refused(lambda: surveys.open_now(survey.training, END)).code == "opened"


def test_supervisors_are_asked_where_there_is_one():
    training = held(people=1, ago=200, supervisor_email="chief@example.org", supervisor_name="Ms V")
    make.application(training, state="attended")

    survey = surveys.open_now(training, SUPERVISOR)

    letter = Message.objects.get(kind="trainings/supervisor")
    assert survey.guests.count() == 1
    assert letter.to == "chief@example.org"
    assert "Ms V" in letter.body_text
    assert "not anonymous towards the centre" in letter.body_text


# --- Answering --------------------------------------------------------------------------------


def test_one_answers_once():
    survey = opened()
    guest = survey.guests.get()
    surveys.answer(guest, {"overall": "5"})

    error = refused(lambda: surveys.answer(guest, {"overall": "1"}))

    assert error.code == "answered"
    assert SurveyAnswer.objects.get().answers == {"overall": "5"}


def test_a_closed_evaluation_takes_no_answer():
    survey = opened()
    surveys.close_now(survey)

    error = refused(lambda: surveys.answer(survey.guests.get(), {"overall": "5"}))

    assert error.code == "closed"
    assert not survey.guests.filter(answered=True).exists()


def test_who_turned_out_to_be_absent_is_not_heard():
    survey = opened()
    survey.training.applications.update(state="absent")

    assert refused(lambda: surveys.answer(survey.guests.get(), {})).code == "closed"


def test_closing_twice_is_refused():
    survey = opened()
    surveys.close_now(survey)

    assert refused(lambda: surveys.close_now(survey)).code == "closed"


def test_a_link_leads_to_its_guest_and_a_forged_one_nowhere():
    guest = opened().guests.get()
    link = surveys.link_of(guest)
    forged = [link[:-1] + ("a" if link[-1] != "a" else "b"), guest.pk.hex, "", ":", "x" * 400]

    assert surveys.guest_of(link) == guest
    assert [surveys.guest_of(token) for token in forged] == [None] * 5
    assert len(re.sub(r"^.*:", "", link)) >= 43  # 256 bits


# --- What time makes due ----------------------------------------------------------------------


def test_the_end_evaluation_opens_by_itself_the_day_after_and_once():
    training, running = held(ago=1), held(ago=0)

    assert (surveys.open_due(), surveys.open_due()) == (1, 0)

    assert training.surveys.get().kind == END
    assert not running.surveys.exists()


def test_half_a_year_later_participants_and_supervisors_are_asked():
    ended = months_before(timezone.localdate(), 6)
    training = make.training(starts_on=ended)
    make.application(training, state="attended", supervisor_email="chief@example.org")
    young = make.training(starts_on=ended + DAY)
    make.application(young, state="attended")

    surveys.open_due()

    assert set(training.surveys.values_list("kind", flat=True)) == {FOLLOW_UP, SUPERVISOR}
    assert not young.surveys.exclude(kind=END).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"is_historic": True},
        {"is_demo": True},
        {"kind": "meeting"},
        {"in_days": -60},
    ],
)
def test_nobody_is_asked_by_itself_about(fields):
    training = make.training(**({"in_days": -1} | fields))
    make.application(training, state="attended")

    assert surveys.open_due() == 0


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        ((2026, 8, 31), (2026, 2, 28)),
        ((2024, 8, 31), (2024, 2, 29)),
        ((2026, 3, 1), (2025, 9, 1)),
        ((2026, 6, 30), (2025, 12, 30)),
    ],
)
def test_half_a_year_is_six_months_of_the_calendar(day, earlier):
    assert months_before(datetime.date(*day), 6) == datetime.date(*earlier)


def test_reminders_go_after_seven_and_fourteen_days_and_never_again():
    survey = opened()
    sent = []
    for days in (6, 7, 8, 14, 15, 29):
        turn_back(survey, days)
        sent.append(surveys.remind_due())

    assert sent == [0, 1, 0, 1, 0, 0]
    assert survey.guests.get().reminders == 2
    assert Message.objects.filter(kind="trainings/evaluation").count() == 3


def test_after_a_long_silence_there_is_one_reminder_not_two():
    survey = opened()
    turn_back(survey, 20)

    assert surveys.remind_due() == 1
    assert survey.guests.get().reminders == 2


def test_who_has_answered_is_not_reminded():
    survey = opened(people=2)
    done, silent = survey.guests.all()
    surveys.answer(done, {"overall": "5"})
    turn_back(survey, 7)

    assert surveys.remind_due() == 1
    assert SurveyGuest.objects.get(reminders=1) == silent
