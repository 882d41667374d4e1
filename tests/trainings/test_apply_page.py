"""The page on which one applies: what it answers, and what it keeps."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests import make
from tests.trainings.people import said
from trainings.models import Application

pytestmark = pytest.mark.django_db
MINE = "/en/me/applications/"


def address(training) -> str:
    return f"/en/trainings/{training.slug}/apply/"


def form(**fields) -> dict[str, str]:
    return {"token": str(uuid.uuid4()), "motivation": "I guard a border.", **fields}


def test_whoever_is_not_signed_in_is_asked_to_sign_in_and_comes_back(client):
    training = make.training()

    answer = client.get(address(training))

    assert answer.status_code == 302
    assert answer["Location"] == f"/en/accounts/login/?next={address(training)}"


def test_a_user_who_is_nobody_yet_is_asked_who_they_are(client):
    client.force_login(make.user())

    answer = client.get(address(make.training()), follow=True)

    assert answer.redirect_chain[0][0] == "/en/me/profile/"


def test_a_person_applies_and_reads_what_became_of_it(browser, amina):
    training = make.training("Borders", seats=1)

    answer = browser.post(address(training), form(), follow=True)

    application = Application.objects.get()
    assert answer.redirect_chain == [(MINE, 302)]
    assert "Your seat in “Borders” is confirmed." in said(answer)
    assert (application.person, application.state) == (amina.person, "confirmed")
    assert (application.motivation, application.language) == ("I guard a border.", "en")
    assert application.transitions.get().by == amina


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"seats": 1}, "All seats of “Borders” are taken. You are on the waiting list."),
        ({"route": "selection"}, "We have your application for “Borders”."),
    ],
)
def test_each_way_in_has_its_answer(browser, fields, sentence):
    training = make.training("Borders", **fields)
    make.application(training, state="confirmed")

    assert sentence in said(browser.post(address(training), form(), follow=True))


def test_the_letter_is_in_the_language_of_the_page(browser):
    training = make.training()

    browser.post(f"/ru/trainings/{training.slug}/apply/", form())

    assert Application.objects.get().language == "ru"


def test_pressing_twice_is_one_application_and_the_same_answer(browser):
    training, sent = make.training(seats=5), form()

    answers = [browser.post(address(training), sent) for _ in range(2)]

    assert [(it.status_code, it["Location"]) for it in answers] == [(302, MINE)] * 2
    assert Application.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(browser):
    training, sent = make.training(), form(supervisor_email="not an address")

    answer = browser.post(address(training), sent)

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert "Enter a valid email address." in page.select_one(".error-summary").get_text()
    assert page.select_one("textarea").get_text().strip() == "I guard a border."
    assert page.select_one("[name=supervisor_email]")["value"] == "not an address"
    assert page.select_one("[name=token]")["value"] == sent["token"]
    assert not Application.objects.exists()


def test_a_refusal_is_a_sentence_and_what_was_typed_is_kept(browser, amina):
    training = make.training(seats=5)
    make.application(training, amina.person, "rejected")

    answer = browser.post(address(training), form())

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert "You have already applied" in page.select_one(".error-summary").get_text()
    assert page.select_one("textarea").get_text().strip() == "I guard a border."


def test_a_training_that_closed_meanwhile_says_so_and_keeps_what_was_typed(browser):
    training = make.training(closes_at=timezone.now() - timedelta(seconds=1))

    answer = browser.post(address(training), form())

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert "The deadline for applications has passed." in page.get_text()
    assert page.select_one("textarea").get_text().strip() == "I guard a border."


@pytest.mark.parametrize("token", ["", "not-a-uuid", "\x00"])
def test_a_form_without_its_token_is_still_an_application_or_a_sentence(browser, token):
    training = make.training()

    answer = browser.post(address(training), form(token=token))

    assert answer.status_code == (302 if not token else 422)


def test_a_closed_training_shows_no_form(browser):
    answer = browser.get(address(make.training(status="cancelled")))

    assert answer.status_code == 200
    assert "This training is cancelled." in said(answer)
    assert b"<textarea" not in answer.content


def test_whoever_applied_is_led_to_their_applications(browser, amina):
    application = make.application(make.training(), amina.person)

    answer = browser.get(address(application.training), follow=True)

    assert answer.redirect_chain == [(MINE, 302)]
    assert "You have already applied for this training." in said(answer)


def test_a_second_application_is_prefilled(browser, amina):
    make.application(of=amina.person, supervisor_name="Head", supervisor_email="h@example.org")

    page = BeautifulSoup(browser.get(address(make.training())).content, "html.parser")

    assert page.select_one("[name=supervisor_name]")["value"] == "Head"
    assert page.select_one("[name=supervisor_email]")["value"] == "h@example.org"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(browser, method):
    assert getattr(browser, method)(address(make.training())).status_code == 405


def test_applying_asks_nothing_about_what_there_is_not(browser, django_assert_num_queries):
    """Session, user, training (with whether there is an application, a draft, a question, a
    nomination), person; the lock, earlier applications, seats (with whether somebody waits and
    whether there are quotas), the application, its step; address, wording, letter and job (each
    within a savepoint and its end); drafts; the savepoint of the test and its end."""
    training = make.training("Borders", seats=5)

    with django_assert_num_queries(20):
        browser.post(address(training), form())

    assert Application.objects.get().state == "confirmed"
