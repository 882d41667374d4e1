"""What a person gets who asks for their data: everything, and nobody else's."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests import make
from trainings import certificates, seats

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
