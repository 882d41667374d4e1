"""Tests and evaluations that are looked at in the browser: what each place needs."""

import datetime
from typing import Any

from django.utils import timezone

from rtcm.accounts.models import Person
from tests import make
from tests.making import testing as making
from trainings import surveys, testing
from trainings.models import Application, Survey, SurveyGuest


def amina() -> Person:
    return Person.objects.get(user__email="amina@example.org")


def seated(**fields: Any) -> Application:
    """Amina has a seat in a training that begins today."""
    return make.application(make.training("RTCM 2026", in_days=0), amina(), "confirmed", **fields)


def questions() -> list[Any]:
    kinds = ["single", "multiple", "short"]  # “True” is what the search for leftovers looks for
    texts = make.in_all(text="IOM – 1951?", explanation="1951")
    choices = [("1951", True), ("2018", False)]
    module = make.module("RTCM")
    return [making.question(module, kind, choices, accepted="1951", **texts) for kind in kinds]


def exam() -> list[str]:
    return [making.exam(seated().training, questions=questions()).token]


def begun_exam() -> list[str]:
    application = seated()
    made = making.exam(application.training, questions=questions(), minutes=30)
    testing.begin(made, application)
    return [made.token]


def closed_exam() -> list[str]:
    """Handed in, and closed since: explanations are shown."""
    application = seated()
    made = making.exam(application.training, "post", questions())
    testing.hand_in(testing.begin(made, application), {})
    made.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    made.save()
    return [made.token]


def guest(kind: str = Survey.Kind.END) -> SurveyGuest:
    training = make.training("RTCM 2026", in_days=-1)
    make.application(training, state="attended", supervisor_email="chief@example.org")
    return surveys.open_now(training, kind).guests.get()


def evaluation() -> list[str]:
    return [surveys.link_of(guest())]


def supervisors_evaluation() -> list[str]:
    return [surveys.link_of(guest(Survey.Kind.SUPERVISOR))]


def answered_evaluation() -> list[str]:
    made = guest()
    surveys.answer(made, {"overall": "5"})
    return [surveys.link_of(made)]


def closed_evaluation() -> list[str]:
    made = guest()
    surveys.close_now(made.survey)
    return [surveys.link_of(made)]


def room_of_exam() -> list[int]:
    """A pre-test and a post-test that Amina handed in."""
    application = seated()
    pre = making.exam(application.training, "pre", questions())
    post = making.exam(application.training, "post", list(pre.questions.all()))
    for made in (pre, post):
        testing.hand_in(testing.begin(made, application), {})
    return [application.training_id, pre.pk]


def room_of_exams() -> list[int]:
    return room_of_exam()[:1]


def room_of_surveys() -> list[int]:
    """The end evaluation answered by five and closed, the others not yet open."""
    survey = making.opened(5)
    for made in survey.guests.all():
        surveys.answer(made, {"overall": "5", "best": "1951"})
    surveys.close_now(survey)
    return [survey.training_id]
