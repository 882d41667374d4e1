"""Answering an evaluation by the link of a letter, and every way in which it is refused."""

import pytest

from tests.making.testing import opened
from tests.trainings.people import said
from trainings import surveys
from trainings.models import SupervisorAnswer, Survey, SurveyAnswer
from trainings.survey_questions import FIXED

pytestmark = pytest.mark.django_db
END, FOLLOW_UP, SUPERVISOR = Survey.Kind.END, Survey.Kind.FOLLOW_UP, Survey.Kind.SUPERVISOR


def page(guest) -> str:
    return f"/en/evaluations/{surveys.link_of(guest)}/"


def complete(kind: str) -> dict[str, str]:
    values = {"scale": "4", "yes_no": "yes", "text": "More practice, please."}
    return {question.key: values[question.kind] for question in FIXED[kind]}


def test_everybody_answers_once_without_signing_in(client):
    guest = opened().guests.get()
    assert "Your answers are anonymous." in said(client.get(page(guest)))

    thanks = client.post(page(guest), complete(END), follow=True)
    again = client.post(page(guest), complete(END) | {"overall": "1"})

    assert "Thank you for your answers" in said(thanks)
    assert "Everybody answers once" in said(again)
    assert SurveyAnswer.objects.get().answers["overall"] == "4"


def test_what_was_typed_is_kept_when_something_is_missing(client):
    guest = opened().guests.get()

    answer = client.post(page(guest), {"best": "The discussions", "overall": "5"})

    assert answer.status_code == 422
    assert "Please check what you entered" in said(answer)
    assert "The discussions" in answer.text
    assert 'value="5"' in answer.text
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize(
    "forged", [{"overall": "6"}, {"recommend": "maybe"}, {"best": "x" * 2_001}]
)
def test_forged_values_are_refused(client, forged):
    guest = opened().guests.get()

    answer = client.post(page(guest), complete(END) | forged)

    assert answer.status_code == 422
    assert not SurveyAnswer.objects.exists()


def test_fields_that_were_not_asked_are_not_stored(client):
    guest = opened().guests.get()

    client.post(page(guest), complete(END) | {"application": "7", "name": "Amina"})

    assert set(SurveyAnswer.objects.get().answers) == set(complete(END))


def test_a_closed_evaluation_is_gone(client):
    survey = opened()
    guest = survey.guests.get()
    surveys.close_now(survey)

    for answer in (client.get(page(guest)), client.post(page(guest), complete(END))):
        assert answer.status_code == 410
        assert "This evaluation is closed" in said(answer)
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":" + "a" * 43])
def test_an_unknown_link_says_what_to_do(client, db, token):
    answer = client.get(f"/en/evaluations/{token}/")

    assert answer.status_code == 404
    assert "This link leads nowhere" in said(answer)


def test_the_supervisor_is_told_that_the_centre_sees_who_said_what(client):
    survey = opened(kind=SUPERVISOR, ago=200, supervisor_email="chief@example.org")
    guest = survey.guests.get()

    asked = client.get(page(guest))
    client.post(page(guest), complete(SUPERVISOR))

    assert "Your answers are not anonymous towards the centre" in said(asked)
    assert SupervisorAnswer.objects.get().guest == guest
    assert not SurveyAnswer.objects.exists()


def test_half_a_year_later_it_is_asked_whether_the_post_is_still_the_same(client):
    guest = opened(kind=FOLLOW_UP, ago=200).guests.get()

    client.post(page(guest), complete(FOLLOW_UP) | {"still_in_post": "no"})

    assert SurveyAnswer.objects.get().answers["still_in_post"] == "no"


def test_own_questions_of_the_staff_are_asked_too(client):
    survey = opened()
    own = survey.own_questions.create(kind="yes_no", text_en="Was the room warm?")
    guest = survey.guests.get()

    assert "Was the room warm?" in said(client.get(page(guest)))
    client.post(page(guest), complete(END) | {f"own-{own.pk}": "no"})

    assert SurveyAnswer.objects.get().answers[f"own-{own.pk}"] == "no"
