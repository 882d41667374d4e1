"""A pre-test and a post-test from the QR code in the room, and an evaluation from a letter."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make
from tests.browser.inspecting import problems
from tests.browser.post import wait_for_letter
from tests.browser.visitors import DESK, say
from tests.making import testing as making
from trainings import surveys
from trainings.models import Attempt, Survey, SurveyAnswer
from trainings.personal_codes import code_of

ENOUGH = 5  # people who answer, so that results are shown


@pytest.fixture
def training(site):
    """It began today; a module of its own, so that no other test's questions are in its bank."""
    number = next(make.NUMBERS)
    module = make.module(f"RTCM {number}")
    return make.training(f"RTCM {number}", in_days=0, modules=[module])


def a_question(module, number):
    texts = make.in_all(text=f"IOM {number} – 1951?", explanation="1951")
    choices = [(f"1951 ({number})", True), (f"2018 ({number})", False)]
    return making.question(module, "single", choices, **texts)


@pytest.fixture
def exams(training):
    questions = [a_question(training.modules.get(), number) for number in (1, 2)]
    return [making.exam(training, moment, questions, minutes=30) for moment in ("pre", "post")]


def enter(page, exam, code, language):
    """From the address on the poster, which knows no language, with the code of a badge."""
    page.goto(f"/tests/{exam.token}/")
    page.wait_for_url(f"**/{language}/tests/**")
    page.get_by_label(say(language, "Your personal code")).fill(code.lower())
    page.press("[name=code]", "Enter")
    page.get_by_role("button", name=say(language, "Begin the test")).click()
    expect(page.locator("#clock")).to_contain_text(say(language, "Time left"))


def hand_in(page, language):
    page.get_by_role("button", name=say(language, "Hand in the test")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Your result"))


def test_a_pre_test_and_a_post_test_show_a_gain(visitors, site, language, training, exams):
    person = make.application(training, make.person("Nigar Şükürova"), state="confirmed")
    page = visitors.open(language)
    pre, post = exams

    enter(page, pre, code_of(person), language)
    page.get_by_label("2018 (1)").check()
    assert problems(page, language) == []
    hand_in(page, language)
    enter(page, post, code_of(person), language)
    page.get_by_label("1951 (1)").check()
    page.get_by_label("1951 (2)").check()
    hand_in(page, language)
    assert problems(page, language) == []

    clara = visitors.come(language, "clara", viewport=DESK)
    clara.goto(f"/admin/trainings/training/{training.pk}/tests/")
    expect(clara.get_by_role("row", name="Nigar Şükürova")).to_contain_text("100")
    gain = clara.get_by_role("row", name=say(language, "All shared modules"))
    expect(gain).to_contain_text("100")


def test_what_is_typed_is_saved_by_itself_and_survives_a_lost_connection(
    visitors, site, language, training, exams
):
    person = make.application(training, make.person("Nigar Şükürova"), state="confirmed")
    page = visitors.open(language)

    enter(page, exams[0], code_of(person), language)
    page.context.set_offline(True)
    page.get_by_label("1951 (1)").check()
    expect(page.locator("#saving")).to_contain_text(
        say(
            language,
            "Not saved: there is no connection. We keep trying; please do not close this page.",
        )
    )
    page.context.set_offline(False)
    expect(page.locator("#saving")).to_have_text(say(language, "Saved"))

    page.reload()
    expect(page.get_by_label("1951 (1)")).to_be_checked()
    visitors.troubles.clear()  # Chromium's own words about the lost connection


def test_a_page_whose_time_runs_out_hands_itself_in(visitors, site, language, training, exams):
    person = make.application(training, make.person("Nigar Şükürova"), state="confirmed")
    page = visitors.open(language)
    enter(page, exams[0], code_of(person), language)
    page.get_by_label("1951 (1)").check()
    expect(page.locator("#saving")).to_have_text(say(language, "Saved"))
    soon = timezone.now() + datetime.timedelta(seconds=4)
    Attempt.objects.filter(application=person).update(due_at=soon)

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Your result"))
    assert Attempt.objects.get(application=person).score == 1


def test_without_javascript_answers_are_saved_by_a_button(visitors, language, training, exams):
    person = make.application(training, make.person("Nigar Şükürova"), state="confirmed")
    page = visitors.open(language, java_script_enabled=False)
    page.goto(f"/{language}/tests/{exams[0].token}/")
    page.get_by_label(say(language, "Your personal code")).fill(code_of(person))
    page.press("[name=code]", "Enter")
    page.get_by_role("button", name=say(language, "Begin the test")).click()
    page.get_by_label("1951 (1)").check()

    page.get_by_role("button", name=say(language, "Save and go on later")).click()

    message = say(language, "Your answers are saved. You have not handed in yet.")
    expect(page.get_by_text(message)).to_be_visible()
    expect(page.get_by_label("1951 (1)")).to_be_checked()


def test_an_evaluation_is_answered_from_a_letter_and_read_at_the_desk(visitors, site, language):
    training = held(language)
    surveys.open_now(training, Survey.Kind.END)
    survey = training.surveys.get()
    for guest in survey.guests.exclude(application__person__full_name="Nigar Şükürova"):
        surveys.answer(guest, {"overall": "4"})
    name = survey.guests.get(answered=False).application.person.address.split("@")[0]

    link = rf"^{site.origin}/{language}/evaluations/\S+"
    found = wait_for_letter(site, name, link)
    assert found.wrong_words(language) == []
    page = visitors.open(language)
    page.goto(found.words)
    assert problems(page, language) == []
    answer(page, language)
    read(visitors.come(language, "clara", viewport=DESK), training, language)

    assert SurveyAnswer.objects.filter(survey=survey).count() == ENOUGH


def held(language):
    training = make.training("RTCM 2026", in_days=-1)
    for number in range(ENOUGH - 1):
        make.application(training, make.person(f"Person {number}"), state="attended")
    address = f"nigar{next(make.NUMBERS)}@example.org"
    nigar = make.person("Nigar Şükürova", address, language=language)
    make.application(training, nigar, state="attended", language=language)
    return training


def answer(page, language):
    """Everything agreed with; the first question is forgotten once."""
    agree = page.get_by_role("radio", name=say(language, "Agree fully"), exact=True)
    for number in range(1, agree.count()):
        agree.nth(number).check()
    page.get_by_role("radio", name=say(language, "Yes"), exact=True).check()
    send = page.get_by_role("button", name=say(language, "Send my answers"))
    send.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert problems(page, language) == []
    agree.first.check()
    send.click()
    thanks = say(language, "Thank you for your answers")
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)


def read(page, training, language):
    """Nothing before it has closed; then five answers."""
    page.goto(f"/admin/trainings/training/{training.pk}/evaluation/")
    hidden = say(language, "The results are shown when the evaluation has closed.")
    expect(page.get_by_text(hidden)).to_be_visible()
    page.get_by_role("button", name=say(language, "Close it now")).click()
    expect(page.get_by_role("row", name=say(language, "Rather agree")).last).to_contain_text("80")
