"""Before an application is sent: checked once more, kept as a draft, prefilled from the last."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests import make
from tests.making.questions import answer, picture, question
from tests.trainings.people import said
from trainings import drafts
from trainings.models import Answer, Application, ApplicationDraft, DraftFile

pytestmark = pytest.mark.django_db
MINE = "/en/me/applications/"
# Session, user, person, training (with whether there is an application, a draft, a question, a
# nomination); questions and choices, the last application, the answers before.
FORM_QUERIES = 8


def address(training) -> str:
    return f"/en/trainings/{training.slug}/apply/"


def form(**fields):
    return {"token": str(uuid.uuid4()), "understands": ["en"], **fields}


def soup(reply) -> BeautifulSoup:
    return BeautifulSoup(reply.content, "html.parser")


@pytest.fixture
def training(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make.training("Borders", seats=5)


# --- Checking, going on later -----------------------------------------------------------------


def test_answers_are_checked_before_they_are_sent(browser, training):
    question(training, "level", "low high")
    sent = form(q_level="high", motivation="Because.", step="check")

    checked = browser.post(address(training), sent)

    assert checked.status_code == 200
    assert not Application.objects.exists()
    text = said(checked)
    assert "Check your answers" in text
    assert "About level? High" in text
    hidden = {
        it["name"]: it.get("value", "") for it in soup(checked).select("main input[type=hidden]")
    }
    hidden.pop("csrfmiddlewaretoken", None)
    reply = browser.post(address(training), hidden)
    assert (reply.status_code, reply["Location"]) == (302, MINE)
    application = Application.objects.get()
    assert (application.motivation, application.understands) == ("Because.", ["en"])
    assert application.answers.get().value == "high"


def test_a_file_is_chosen_once_and_goes_with_the_application(browser, training, amina):
    question(training, "cv", kind="file", required=True)
    first = form(q_cv=picture("CV.png"), supervisor_email="wrong", step="check")

    wrong = browser.post(address(training), first)
    checked = browser.post(address(training), form(token=first["token"], step="check"))
    sent = [browser.post(address(training), form(token=first["token"])) for _ in range(2)]

    assert "We have “CV.png”." in said(wrong)
    assert "About cv? CV.png" in said(checked)
    assert [it.status_code for it in sent] == [302, 302]
    stored = Answer.objects.get()
    with stored.file.open() as file:
        assert file.read().startswith(b"\x89PNG")
    assert not ApplicationDraft.objects.exists()


def test_a_draft_is_kept_shown_and_goes_on(browser, training, amina):
    question(training, "level", "low high")
    question(training, "topics", "law data", kind="several")
    sent = form(q_level="high", q_topics=["data"], supervisor_email="half an addr", step="save")

    listed = browser.post(address(training), sent, follow=True)

    assert listed.redirect_chain == [(MINE, 302)]
    assert "Go on with my application" in said(listed)
    page = soup(browser.get(address(training)))
    ticked = [it["value"] for it in page.select("form.form input[checked]")]
    assert ticked == ["en", "high", "data"]
    assert page.select_one("[name=supervisor_email]")["value"] == "half an addr"
    assert not Application.objects.exists()


def test_typing_keeps_the_draft_without_a_word(browser, training, amina):
    replies = [
        browser.post(address(training), form(motivation=text, step="note")) for text in ("A", "B")
    ]

    assert [it.status_code for it in replies] == [204, 204]
    assert ApplicationDraft.objects.get().data["motivation"] == ["B"]


def test_nothing_is_kept_for_a_training_one_cannot_apply_for(browser, training, amina):
    make.application(training, amina.person)
    closed = make.training(status="cancelled")

    replies = [browser.post(address(it), form(step="note")) for it in (training, closed)]

    assert [it.status_code for it in replies] == [409, 409]
    assert browser.post(address(closed), form(step="save")).status_code == 409
    assert not ApplicationDraft.objects.exists()


def test_a_draft_is_deleted_by_its_owner_only(browser, training, amina, boris):
    for user in (amina, boris):
        ApplicationDraft.objects.create(training=training, person=user.person)

    for draft in ApplicationDraft.objects.all():
        browser.post(f"/en/me/drafts/{draft.pk}/delete/")

    assert ApplicationDraft.objects.get().person == boris.person


def test_sending_deletes_the_draft_and_a_training_that_is_over_deletes_all(browser, training):
    over = make.training(in_days=-2)
    for row in (training, over):
        ApplicationDraft.objects.create(training=row, person=make.person())
    browser.post(address(training), form(step="save"))

    browser.post(address(training), form())

    assert ApplicationDraft.objects.filter(training=training).count() == 1
    assert (drafts.forget(), drafts.forget()) == (1, 0)


def test_the_files_of_a_forgotten_draft_go_too(
    browser, training, django_capture_on_commit_callbacks
):
    question(training, "cv", kind="file")
    browser.post(address(training), form(q_cv=picture(), step="save"))
    kept = DraftFile.objects.get().file
    training.status = "cancelled"
    training.save()

    with django_capture_on_commit_callbacks(execute=True):
        drafts.forget()

    assert not kept.storage.exists(kept.name)


# --- Prefilling -------------------------------------------------------------------------------


def test_what_was_answered_last_time_is_offered_again(browser, training, amina):
    earlier = make.application(of=amina.person, understands=["ru", "tr"])
    for key, value, more in [
        ("level", "high", {"choices": "low high"}),
        ("post", "Adviser", {}),
        ("health", "Secret", {"keep_days": 30}),
        ("photos", True, {"kind": "consent"}),
    ]:
        old = question(earlier.training, key, **more)
        later = timezone.localdate() + timedelta(days=90) if "keep_days" in more else None
        answer(earlier, old, value, delete_after=later)
        question(training, key, **more)

    page = soup(browser.get(address(training)))

    ticked = [it["value"] for it in page.select("form.form input[checked]")]
    assert ticked == ["ru", "high"]
    assert page.select_one("[name=understands_also] [selected]")["value"] == "tr"
    assert page.select_one("[name=q_post]")["value"] == "Adviser"
    assert page.select_one("[name=q_health]").get("value") is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_asks_the_same_number_of_questions(
    browser, training, rows, django_assert_num_queries
):
    for number in range(rows):
        asked = question(training, f"a{number}", "yes no")
        question(training, f"b{number}", shown_if=asked.choices.first())
    browser.get(address(training))

    with django_assert_num_queries(FORM_QUERIES):
        browser.get(address(training))
