"""Every step owes its letter: one, in the applicant's language, or none without an address."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rtcm.jobs.models import Job, Message
from tests import make
from tests.trainings.people import ask
from trainings import attendance, seats
from trainings.models import Transition

pytestmark = pytest.mark.django_db


def letters() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "to", "language"))


STEPS = {
    "offered": ("submitted", lambda it: seats.offer(it, by=None)),
    "waitlisted": ("submitted", lambda it: seats.waitlist(it, by=None)),
    "rejected": ("submitted", lambda it: seats.reject(it, by=None, reason="Too many asked")),
    "confirmed": ("offered", lambda it: seats.confirm(it, by=None)),
    "declined": ("offered", lambda it: seats.decline(it, by=None)),
    "withdrawn": ("confirmed", lambda it: seats.withdraw(it, by=None)),
}


@pytest.mark.parametrize("letter", STEPS)
@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_each_step_owes_one_letter_in_the_language_of_the_applicant(amina, letter, language):
    before, step = STEPS[letter]
    training = make.training(seats=1, route="selection")
    training.title_az, training.title_ru = "Sərhədlər", "Границы"
    training.title_en = "Borders"
    training.save()
    application = make.application(training, amina.person, before, language=language)

    step(application)

    assert letters() == [(f"trainings/{letter}", "amina@example.org", language)]
    message = Message.objects.get()
    title = {"az": "Sərhədlər", "en": "Borders", "ru": "Границы"}[language]
    assert title in message.subject
    assert f"/{language}/" in message.body_text
    assert message.user == amina
    assert list(Job.objects.values_list("kind", "dedupe_key", "queue")) == [
        ("mail", f"mail:{message.dedupe_key}", "mail")
    ]


def test_applying_is_answered_by_what_became_of_it(amina, boris):
    training = make.training(seats=1)

    ask(training, amina.person, language="ru")
    ask(training, boris.person, language="az")
    ask(make.training(route="selection"), amina.person)

    assert letters() == [
        ("trainings/confirmed", "amina@example.org", "ru"),
        ("trainings/waitlisted", "boris@example.org", "az"),
        ("trainings/received", "amina@example.org", "en"),
    ]


def test_whoever_moves_up_is_written_to_as_well_as_whoever_left(amina, boris):
    training = make.training(seats=1)
    leaving = make.application(training, amina.person, "confirmed", language="az")
    make.application(training, boris.person, "waitlisted", language="ru")

    seats.withdraw(leaving, by=amina)

    assert letters() == [
        ("trainings/withdrawn", "amina@example.org", "az"),
        ("trainings/offered", "boris@example.org", "ru"),
    ]


def test_an_offer_that_runs_out_is_written_about_once(amina):
    over = timezone.now() - timedelta(minutes=1)
    make.application(make.training(seats=1), amina.person, "offered", offered_until=over)

    seats.expire_offers()
    seats.expire_offers()

    assert letters() == [("trainings/expired", "amina@example.org", "en")]


def test_somebody_without_an_address_gets_a_seat_and_no_letter():
    application = ask(make.training(seats=1), make.person("Grandmother"))

    assert application.state == "confirmed"
    assert letters() == []
    assert not Job.objects.exists()


def test_closing_attendance_writes_no_letter(amina):
    training = make.training(in_days=0)
    session = make.session(training, on=training.starts_on - timedelta(days=1))
    application = make.application(training, amina.person, "confirmed")
    attendance.mark(session, {application.pk: "in_room"}, by=None)

    attendance.close(training, by=None)

    assert letters() == []


def test_a_refusal_owes_nothing(amina):
    rejected = make.application(make.training(route="selection"), amina.person, "rejected")

    with pytest.raises(ValidationError):
        seats.offer(rejected, by=None)

    assert (letters(), Transition.objects.count()) == ([], 0)


def test_what_is_rolled_back_owes_nothing(amina):
    training = make.training(seats=1)

    with transaction.atomic():
        ask(training, amina.person)
        transaction.set_rollback(True)

    assert (letters(), Job.objects.count()) == ([], 0)


def test_the_reason_of_a_rejection_is_read_by_the_person_as_it_was_written(amina):
    application = make.application(make.training(route="selection"), amina.person)

    seats.reject(application, by=None, reason="  Too many <asked> & {{ few }} seats ")

    text = Message.objects.get().body_text
    assert "The reason: Too many <asked> & {{ few }} seats\n" in text
    assert "&lt;asked&gt; &amp; {{ few }} seats" in Message.objects.get().body_html


def test_the_offer_says_until_when_in_the_time_of_the_training(amina):
    training = make.training(seats=1, route="selection", time_zone="Asia/Tashkent", in_days=60)
    application = make.application(training, amina.person, "submitted")

    offered = seats.offer(application, by=None)

    message = Message.objects.get()
    baku = timezone.localtime(offered.offered_until).strftime("%-d %B %Y, 22:59, Baku time")
    assert message.subject.endswith("23:59 (Asia/Tashkent); " + baku)
    assert f"{baku}. After that" in message.body_text


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_no_letter_shows_what_templates_leave_behind(amina, language):
    for before, step in STEPS.values():
        training = make.training(seats=1, route="selection")
        step(make.application(training, amina.person, before, language=language))

    for message in Message.objects.all():
        for text in (message.subject, message.body_text):
            assert not re.findall(r"None|[{}]|\.\.|  ", text), text
