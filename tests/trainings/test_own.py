"""One's own applications and certificates in the browser."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests import make
from tests.trainings.people import said
from trainings import certificates, seats
from trainings.models import Certificate

pytestmark = pytest.mark.django_db
MINE = "/en/me/applications/"
MINE_QUERIES = 4  # session, user, the rows, what is not sent yet
CERTIFICATES_QUERIES = 4  # session, user, the rows, whether there is a transcript to make


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


def test_what_no_longer_stands_is_folded_below_what_does(browser, certificate, clara):
    new = certificates.reissue(certificate, by=clara)

    page = BeautifulSoup(browser.get("/en/me/certificates/").content, "html.parser")

    folded = page.select_one("details").get_text(" ")
    open_cards = [card for card in page.select("li.card") if not card.find_parent("details")]
    assert certificate.number in folded
    assert "Superseded" in folded
    assert len(open_cards) == 1
    assert new.number in open_cards[0].get_text()


def test_hours_and_the_last_day_are_shown(browser, amina):
    training = make.training(in_days=-9, certificate_hours="24")
    day = date(2099, 12, 31)
    make.certificate(make.application(training, amina.person, "attended"), expires_on=day)

    text = said(browser.get("/en/me/certificates/"))

    assert "24 academic hours of 45 minutes" in text
    assert "valid until 31 December 2099" in text
