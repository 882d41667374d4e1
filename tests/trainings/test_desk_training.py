"""A training's own form on the desk: its address, and whom more seats move up."""

import pytest
from bs4 import BeautifulSoup

from tests import make
from tests.trainings.desks import states
from tests.trainings.people import said
from trainings.models import Application, Training

pytestmark = pytest.mark.django_db


def form_of(desk, url: str) -> dict[str, object]:
    """What the browser would send back unchanged."""
    page = BeautifulSoup(desk.get(url).content, "html.parser")
    sent: dict[str, object] = {}
    for field in page.select("form#training_form input[name], form#training_form textarea[name]"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.get("type") != "submit":
            value = field.get_text() if field.name == "textarea" else field.get("value", "")
            sent[field["name"]] = value.strip()
    for select in page.select("form#training_form select[name]"):
        chosen = [option["value"] for option in select.select("option[selected]")]
        sent[select["name"]] = chosen if select.has_attr("multiple") else (chosen or [""])[0]
    return sent


def test_more_seats_are_offered_to_those_who_wait(desk):
    training = make.training(seats=1)
    make.application(training, state="confirmed")
    waiting = make.application(training, state="waitlisted")
    url = f"/admin/trainings/training/{training.pk}/change/"

    answer = desk.post(url, {**form_of(desk, url), "capacity": "2"})

    assert answer.status_code == 302
    assert states(training) == ["confirmed", "offered"]
    assert Application.objects.get(pk=waiting.pk).seat_number == 2


def test_the_status_is_not_typed(desk):
    training = make.training(status="draft")
    url = f"/admin/trainings/training/{training.pk}/change/"

    desk.post(url, {**form_of(desk, url), "status": "published"})

    training.refresh_from_db()
    assert training.status == "draft"


def test_a_new_training_gets_its_address_from_its_title(desk):
    url = "/admin/trainings/training/add/"
    sent = form_of(desk, url) | {
        "title_en": "Border management",
        "starts_on": "2030-05-25",
        "ends_on": "2030-05-27",
        "slug": "",
    }

    answer = desk.post(url, sent)

    assert answer.status_code == 302
    assert Training.objects.get().slug == "border-management"


def test_an_address_that_is_taken_is_said(desk):
    make.training(slug="border-management")
    url = "/admin/trainings/training/add/"
    sent = form_of(desk, url) | {"title_en": "Border management"}

    answer = desk.post(url, sent | {"starts_on": "2030-05-25", "ends_on": "2030-05-27"})

    assert "Training with this Address already exists." in said(answer)
    assert Training.objects.count() == 1
