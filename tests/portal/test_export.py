"""What a person gets who asks for their data: everything, and nobody else's."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.making import testing
from trainings import certificates, seats, surveys

pytestmark = pytest.mark.django_db


def test_the_download_holds_every_room(client, amina, clara):
    training = make.training("Borders", route="selection")
    application = make.application(training, amina.person, state="submitted")
    seats.offer(application, by=clara)
    past = make.application(make.training(in_days=-5), amina.person, state="attended")
    certificate = certificates.issue(past, by=clara)
    make.expert(amina.person)
    client.force_login(amina)

    with translation.override("en"):
        answer = client.get(reverse("portal:my_data"))

    data = answer.json()
    assert data["applications"][0]["training"] == "Borders"
    assert data["applications"][0]["transitions"][0]["to_state"] == "Seat offered"
    assert data["applications"][1]["certificates"][0]["number"] == certificate.number
    assert len(data["expert"]) == 1
    assert [letter["to"] for letter in data["letters"]] == ["amina@example.org"]
    assert "Clara" not in answer.text


def test_nothing_of_anybody_else_is_in_it(client, amina, boris):
    make.application(make.training(), boris.person)
    client.force_login(amina)

    with translation.override("en"):
        data = client.get(reverse("portal:my_data")).json()

    assert data["applications"] == []
    assert data["letters"] == []


def test_tests_and_what_a_supervisor_said_are_in_it_and_anonymous_answers_are_not(client, amina):
    training = make.training(in_days=-200)
    application = make.application(
        training, amina.person, state="attended", supervisor_email="chief@example.org"
    )
    testing.attempt(testing.exam(training), application)
    for kind in ("end", "supervisor"):
        guest = surveys.open_now(training, kind).guests.get()
        surveys.answer(guest, {"example": f"Said in {kind}"})
    client.force_login(amina)

    with translation.override("en"):
        answer = client.get(reverse("portal:my_data"))

    (found,) = answer.json()["applications"]
    assert (len(found["attempts"]), len(found["survey_guests"])) == (1, 2)
    assert found["by_supervisor"][0]["answers"] == {"example": "Said in supervisor"}
    assert "Said in end" not in answer.text
