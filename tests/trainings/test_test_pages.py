"""Taking a test in the browser: by code or signed in, with every refusal said on the page."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests import make
from tests.making import testing as making
from tests.trainings.people import said
from trainings import testing
from trainings.models import Attempt
from trainings.personal_codes import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(amina):
    """A test that is open, and Amina with a confirmed seat in its training."""
    training = make.training(in_days=0)
    return making.exam(training), make.application(training, amina.person, state="confirmed")


def page(exam, below: str = "") -> str:
    return f"/en/tests/{exam.token}/{below}"


def right(exam) -> dict[str, str]:
    return {
        f"q-{question.pk}": str(question.choices.get(is_right=True).pk)
        for question in exam.questions.all()
    }


def test_the_code_of_a_badge_leads_through_the_whole_test(client, room):
    exam, application = room

    answer = client.post(page(exam), {"code": code_of(application).lower()}, follow=True)
    assert "You are Amina Karimova." in said(answer)
    asked = client.post(page(exam, "begin/"), follow=True)
    assert "Please hand in by" in said(asked)
    done = client.post(page(exam, "questions/"), right(exam) | {"verb": "hand_in"}, follow=True)

    assert "2 of 2 points, 100 per cent." in said(done)
    assert "is shown here when the test has closed" in said(done)


def test_who_is_signed_in_needs_no_code(browser, room):
    exam, _application = room

    assert "You are Amina Karimova." in said(browser.get(page(exam)))


def test_the_address_of_the_poster_finds_the_readers_language(client, room):
    exam, _application = room

    answer = client.get(f"/tests/{exam.token}/", headers={"accept-language": "ru"})

    assert (answer.status_code, answer["Location"]) == (302, f"/ru/tests/{exam.token}/")


@pytest.mark.parametrize("code", ["", "AAAA-AAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Ə"])
def test_a_wrong_code_is_refused_and_kept(client, room, code):
    answer = client.post(page(room[0]), {"code": code})

    assert answer.status_code == 422
    assert "This code is not known here." in said(answer)
    assert f'value="{code}"' in answer.text


def test_a_code_of_another_training_is_refused(client, room):
    other = make.application(state="confirmed")

    answer = client.post(page(room[0]), {"code": code_of(other)})

    assert "This code is not known here." in said(answer)


def test_a_code_without_a_confirmed_seat_is_refused(client, room):
    waiting = make.application(room[0].training, state="waitlisted")

    answer = client.post(page(room[0]), {"code": code_of(waiting)})

    assert "This test is for people with a confirmed seat in its training." in said(answer)


def test_codes_cannot_be_tried_without_end(client, room, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"personal_code": "2/m/ip"}
    cache.clear()

    answers = [client.post(page(room[0]), {"code": "AAAA-AAAAAA"}).status_code for _ in range(3)]

    assert answers == [422, 422, 429]


def test_an_unknown_test_says_what_to_do(client, db):
    answer = client.get("/en/tests/unknown/")

    assert answer.status_code == 404
    assert "This link leads nowhere" in said(answer)
    assert "noindex" in answer.text


def test_a_closed_test_cannot_be_begun(browser, room):
    exam, _application = room
    exam.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    exam.save()

    answer = browser.post(page(exam, "begin/"), follow=True)

    assert "This test is closed." in said(answer)
    assert not Attempt.objects.exists()


def test_saving_keeps_answers_for_later(browser, room):
    exam, application = room
    testing.begin(exam, application)

    answer = browser.post(page(exam, "questions/"), right(exam) | {"verb": "save"}, follow=True)

    assert "Your answers are saved. You have not handed in yet." in said(answer)
    assert answer.text.count(" checked") == 2


def test_the_page_saves_by_itself(browser, room):
    exam, application = room
    attempt = testing.begin(exam, application)

    answer = browser.post(
        page(exam, "questions/"), right(exam) | {"verb": "save"}, headers={"autosave": "1"}
    )

    attempt.refresh_from_db()
    assert (answer.status_code, len(attempt.answers)) == (204, 2)


def test_a_forged_question_is_refused_and_nothing_is_stored(browser, room):
    exam, application = room
    attempt = testing.begin(exam, application)
    foreign = making.question()

    answer = browser.post(page(exam, "questions/"), {f"q-{foreign.pk}": "1", "verb": "hand_in"})

    attempt.refresh_from_db()
    assert answer.status_code == 409
    assert "One of these questions is not in this test." in said(answer)
    assert (attempt.answers, attempt.submitted_at) == ({}, None)


@pytest.mark.parametrize("verb", ["save", "hand_in"])
def test_when_the_time_is_over_what_was_saved_counts(browser, room, verb):
    exam, application = room
    attempt = testing.begin(exam, application)
    answers = {name.removeprefix("q-"): value for name, value in right(exam).items()}
    Attempt.objects.filter(pk=attempt.pk).update(
        answers=answers, due_at=timezone.now() - datetime.timedelta(minutes=5)
    )

    answer = browser.post(page(exam, "questions/"), {"verb": verb}, follow=True)

    assert "The time was over. Your answers count as they were saved before." in said(answer)
    assert "2 of 2 points" in said(answer)


def test_handed_in_twice_leads_back(browser, room):
    exam, application = room
    testing.hand_in(testing.begin(exam, application), {})

    answer = browser.post(page(exam, "questions/"), right(exam) | {"verb": "hand_in"}, follow=True)

    assert "You have handed in this test. Thank you!" in said(answer)
    assert Attempt.objects.get().score == 0


def test_all_attempts_used_is_said(browser, room):
    exam, application = room
    testing.hand_in(testing.begin(exam, application), {})

    answer = browser.post(page(exam, "begin/"), follow=True)

    assert "You have used all your attempts at this test." in said(answer)


def test_explanations_come_when_the_test_has_closed(browser, room):
    exam, application = room
    testing.hand_in(testing.begin(exam, application), {})
    assert "Because." not in said(browser.get(page(exam, "result/")))
    exam.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    exam.save()

    answer = browser.get(page(exam, "result/"))

    assert "Because." in said(answer)
    assert "no answer" in said(answer)


def test_a_tablet_can_be_handed_on(client, room):
    exam, application = room
    client.post(page(exam), {"code": code_of(application)})

    answer = client.post(page(exam, "leave/"), follow=True)

    assert "Your personal code" in said(answer)


def test_nobody_sees_the_test_of_another(browser, room):
    """Whose attempt it is comes from the session alone; the address names only the test."""
    exam, _amina = room
    other = make.application(exam.training, state="confirmed")
    testing.begin(exam, other)

    answer = browser.get(page(exam, "questions/"))

    assert (answer.status_code, answer["Location"]) == (302, page(exam))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_questions_ask_the_database_the_same_number_of_times(
    browser, amina, django_assert_num_queries, rows
):
    training = make.training(in_days=0)
    exam = making.exam(training, questions=[making.question() for _ in range(rows)])
    testing.begin(exam, make.application(training, amina.person, state="confirmed"))

    with django_assert_num_queries(7):
        browser.get(page(exam, "questions/"))
