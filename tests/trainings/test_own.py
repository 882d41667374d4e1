"""Applying and answering in the browser: one's own applications and certificates."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests import make
from trainings import certificates, seats
from trainings.models import Application, Certificate

pytestmark = pytest.mark.django_db
MINE = "/en/me/applications/"
MINE_QUERIES = 3  # session, user, the rows
CERTIFICATES_QUERIES = 3


@pytest.fixture
def browser(client, amina):
    client.force_login(amina)
    return client


def address(training) -> str:
    return f"/en/trainings/{training.slug}/apply/"


def said(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def form(**fields) -> dict[str, str]:
    return {"token": str(uuid.uuid4()), "motivation": "I guard a border.", **fields}


# --- Applying ---------------------------------------------------------------------------------


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


# --- One's own applications -------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    browser, amina, django_assert_num_queries, rows
):
    for _ in range(rows):
        training = make.training(seats=5, country=make.country("AZ"))
        make.application(training, amina.person, "offered")
    browser.get(MINE)

    with django_assert_num_queries(MINE_QUERIES):
        browser.get(MINE)


def test_one_sees_ones_own_applications_only(browser, amina, boris):
    make.application(make.training("Mine"), amina.person)
    make.application(make.training("Theirs"), boris.person)

    text = said(browser.get(MINE))

    assert "Mine" in text
    assert "Theirs" not in text


@pytest.mark.parametrize("verb", ["confirm", "decline", "withdraw"])
def test_a_verb_acts_when_posted_and_leads_back_when_visited(browser, amina, verb):
    application = make.application(make.training(seats=1), amina.person, "offered")
    url = f"{MINE}{application.pk}/{verb}/"

    visit = browser.get(url)
    application.refresh_from_db()
    assert (visit.status_code, visit["Location"]) == (302, MINE)
    assert application.state == "offered"

    answer = browser.post(url, follow=True)
    application.refresh_from_db()
    becomes = {"confirm": "confirmed", "decline": "declined", "withdraw": "withdrawn"}
    assert application.state == becomes[verb]
    assert answer.redirect_chain == [(MINE, 302)]


def test_the_reason_for_leaving_is_kept(browser, amina):
    application = make.application(make.training(seats=1), amina.person, "confirmed")

    browser.post(f"{MINE}{application.pk}/withdraw/", {"reason": "A new post"})

    step = application.transitions.get()
    assert (step.to_state, step.reason, step.by) == ("withdrawn", "A new post", amina)


def test_a_reason_longer_than_the_form_allows_is_cut_not_lost(browser, amina):
    application = make.application(make.training(seats=1), amina.person, "confirmed")

    browser.post(f"{MINE}{application.pk}/withdraw/", {"reason": "\x00" + "x" * 501})

    assert application.transitions.get().reason == "x" * 500


@pytest.mark.parametrize("verb", ["confirm", "decline", "withdraw"])
def test_somebody_elses_application_is_not_found(browser, boris, verb):
    application = make.application(make.training(seats=1), boris.person, "offered")

    answer = browser.post(f"{MINE}{application.pk}/{verb}/")

    application.refresh_from_db()
    assert (answer.status_code, application.state) == (404, "offered")


def test_not_even_staff_answer_for_somebody_on_these_pages(client, clara, amina):
    application = make.application(make.training(seats=1), amina.person, "offered")
    client.force_login(clara)

    assert client.post(f"{MINE}{application.pk}/confirm/").status_code == 404


def test_a_refusal_is_shown_as_it_is(browser, amina):
    application = make.application(make.training(seats=1), amina.person, "offered")
    seats.confirm(application, by=amina)

    answer = browser.post(f"{MINE}{application.pk}/confirm/", follow=True)

    assert "This is no longer possible" in said(answer)


def test_the_page_offers_only_what_is_possible(browser, amina):
    make.application(make.training(seats=1), amina.person, "offered")
    make.application(make.training(seats=1, in_days=-5), amina.person, "confirmed")
    make.application(make.training(route="selection"), amina.person, "rejected")

    page = BeautifulSoup(browser.get(MINE).content, "html.parser")

    deeds = [f["action"].rstrip("/").rpartition("/")[2] for f in page.select("li.card form")]
    assert deeds == ["confirm", "decline"]


# --- One's own certificates -------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_certificates_ask_the_same_number_of_questions(
    browser, amina, django_assert_num_queries, rows
):
    for _ in range(rows):
        training = make.training(in_days=-9, country=make.country("AZ"))
        make.certificate(make.application(training, amina.person, "attended"))
    browser.get("/en/me/certificates/")

    with django_assert_num_queries(CERTIFICATES_QUERIES):
        browser.get("/en/me/certificates/")


@pytest.fixture
def certificate(amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    application = make.application(make.training(in_days=-9), amina.person, "attended")
    made = certificates.issue(application, by=None)
    (tmp_path / "it.pdf").write_bytes(b"%PDF-1.7 it")
    Certificate.objects.filter(pk=made.pk).update(path="it.pdf")
    return made


def file_of(certificate) -> str:
    return f"/en/me/certificates/{certificate.code}.pdf"


def test_the_file_is_opened_by_its_holder_in_a_sandbox(browser, certificate):
    answer = browser.get(file_of(certificate))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 it"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'inline; filename="{certificate.number}.pdf"'


def test_somebody_elses_file_is_not_found_and_a_visitor_is_asked_to_sign_in(
    client, boris, certificate
):
    assert client.get(file_of(certificate)).status_code == 302
    client.force_login(boris)
    assert client.get(file_of(certificate)).status_code == 404


def test_a_file_that_is_not_made_yet_asks_for_patience(browser, certificate):
    Certificate.objects.update(path="")

    answer = browser.get(file_of(certificate))

    assert answer.status_code == 503
    assert "The document is not ready yet" in said(answer)


def test_a_file_that_got_lost_asks_for_patience_too(browser, certificate, tmp_path):
    (tmp_path / "it.pdf").unlink()

    assert browser.get(file_of(certificate)).status_code == 503
