"""A training's own questions on the application form: asked, checked, kept, stored."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import RestrictedError

from tests import make
from tests.making.questions import answer, picture, question
from tests.trainings.people import said
from trainings.models import Answer, Application

pytestmark = pytest.mark.django_db
MINE = "/en/me/applications/"


def address(training) -> str:
    return f"/en/trainings/{training.slug}/apply/"


def form(**fields):
    return {"token": str(uuid.uuid4()), "understands": ["en"], **fields}


def soup(reply) -> BeautifulSoup:
    return BeautifulSoup(reply.content, "html.parser")


def errors(reply) -> str:
    assert reply.status_code == 422
    return soup(reply).select_one(".error-summary").get_text(" ", strip=True)


@pytest.fixture
def training(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make.training("Borders", seats=5)


# --- Every kind -------------------------------------------------------------------------------


def test_answers_of_every_kind_are_stored_and_read_again(browser, training):
    question(training, "short")
    question(training, "long", kind="long")
    question(training, "level", "low high")
    question(training, "topics", "law data", kind="several")
    question(training, "years", kind="number")
    question(training, "since", kind="date")
    question(training, "cv", kind="file")
    question(training, "photos", kind="consent")
    sent = form(
        q_short="A", q_long="B\nC", q_level="high", q_topics=["law", "data"], q_years="3.50",
        q_since="2020-02-29", q_cv=picture("CV.png"), q_photos="on",
    )  # fmt: skip

    browser.post(address(training), sent)

    application = Application.objects.get()
    stored = {it.question.key: it.value for it in application.answers.all()}
    assert stored == {
        "short": "A",
        "long": "B\r\nC" if "\r" in stored["long"] else "B\nC",
        "level": "high",
        "topics": ["law", "data"],
        "years": "3.5",
        "since": "2020-02-29",
        "cv": "CV.png",
        "photos": True,
    }
    text = said(browser.get(f"{MINE}{application.pk}/answers/"))
    for part in ("High", "Law, Data", "29 February 2020", "CV.png", "Yes", "English"):
        assert part in text
    held = browser.get(f"/en/me/answers/{application.answers.get(question__key='cv').pk}/")
    assert b"".join(held.streaming_content).startswith(b"\x89PNG")
    assert held["Content-Disposition"] == 'attachment; filename="CV.png"'


@pytest.mark.parametrize(
    ("fields", "value", "sentence"),
    [
        ({"required": True}, "", "This field is required."),
        ({}, "x" * 301, "Ensure this value has at most 300 characters"),
        ({}, "a\x00b", "Null characters are not allowed."),
        ({"choices": "low high"}, "middle", "Select a valid choice. middle is not one of"),
        ({"choices": "low high", "kind": "several"}, ["low", "x"], "Select a valid choice. x is"),
        ({"kind": "number"}, "many", "Enter a number."),
        ({"kind": "number"}, "1e400", "Ensure that there are no more than"),
        ({"kind": "date"}, "31.02.2020", "Enter a valid date."),
        ({"kind": "date"}, "0001-01-01", "Ensure this value is greater than or equal to"),
        ({"kind": "consent", "required": True}, "", "This field is required."),
        ({"kind": "file", "required": True}, "me.pdf", "This field is required."),
    ],
)
def test_what_is_wrong_is_a_sentence_and_nothing_is_stored(
    browser, training, fields, value, sentence
):
    question(training, "it", **fields)

    reply = browser.post(address(training), form(q_it=value, motivation="Because."))

    assert sentence in errors(reply)
    assert soup(reply).select_one("[name=motivation]").get_text().strip() == "Because."
    assert not Application.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused(browser, training):
    question(training, "cv", kind="file")
    sent = form(
        q_cv=SimpleUploadedFile("cv.pdf", b"<html><script>", content_type="application/pdf")
    )

    assert "This file is of another kind." in errors(browser.post(address(training), sent))


def test_a_field_nobody_asked_for_is_not_stored(browser, training):
    other = question(make.training(), "other")

    reply = browser.post(address(training), form(q_other="x", state="attended", seat_number="1"))

    assert reply.status_code == 302
    assert (Application.objects.get().state, Answer.objects.count()) == ("confirmed", 0)
    assert other.answers.count() == 0


# --- Conditions -------------------------------------------------------------------------------


@pytest.fixture
def diet(training):
    """“other” asks which, and which asks since when."""
    first = question(training, "diet", "none other")
    which = question(
        training, "which", "nuts more", required=True, shown_if=first.choices.get(key="other")
    )
    question(training, "since", required=True, shown_if=which.choices.get(key="nuts"))
    return first


def test_a_question_whose_condition_fails_is_ignored_whatever_is_sent(browser, training, diet):
    browser.post(address(training), form(q_diet="none", q_which="nonsense", q_since="Monday"))

    assert [it.value for it in Answer.objects.all()] == ["none"]


def test_a_question_whose_condition_holds_must_be_answered(browser, training, diet):
    reply = browser.post(address(training), form(q_diet="other"))

    assert errors(reply).count("This field is required.") == 1


def test_conditions_hang_on_conditions(browser, training, diet):
    reply = browser.post(address(training), form(q_diet="other", q_which="nuts"))

    assert "About since?: This field is required." in errors(reply)


def test_without_scripts_a_condition_is_told_beside_its_question(browser, training, diet):
    page = soup(browser.get(address(training)))

    assert "Only if you answered “Other” to “About diet?”." in page.get_text()
    assert page.select_one("[data-shown-name=q_diet]")["data-shown-value"] == "other"


def test_an_answer_that_others_depend_on_cannot_be_taken_away(training, diet):
    with pytest.raises(RestrictedError):
        diet.choices.get(key="other").delete()


# --- What the database holds ------------------------------------------------------------------


def test_a_sensitive_question_must_say_when_its_answers_go(training):
    with pytest.raises(IntegrityError):
        question(training, asks_sensitive=True)


def test_somebody_elses_answers_and_files_are_not_found(client, boris, amina, training):
    application = make.application(training, amina.person)
    kept = answer(application, question(training, kind="file"), "a.pdf", file="answers/a.pdf")
    client.force_login(boris)

    assert client.get(f"{MINE}{application.pk}/answers/").status_code == 404
    assert client.get(f"/en/me/answers/{kept.pk}/").status_code == 404
