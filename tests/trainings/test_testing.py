"""Taking a test: every refusal, the server's clock, and marks that can be worked out by hand."""

import datetime

import pytest
from django.utils import timezone

from tests import make
from tests.making import testing as making
from tests.trainings.people import refused
from trainings import testing
from trainings.models import Attempt

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def seated():
    """Somebody with a confirmed seat, and a test that is open."""
    training = make.training(in_days=0)
    return making.exam(training), make.application(training, state="confirmed")


def right_answers(exam) -> dict[str, str]:
    return {
        str(question.pk): str(question.choices.get(is_right=True).pk)
        for question in exam.questions.all()
    }


def late(attempt: Attempt, by: datetime.timedelta) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(due_at=timezone.now() - by)


def test_right_answers_earn_all_points(seated):
    exam, application = seated
    attempt = testing.begin(exam, application)

    assert testing.hand_in(attempt, right_answers(exam)) is True

    attempt.refresh_from_db()
    assert (attempt.score, attempt.of, attempt.percent, attempt.has_passed) == (2, 2, 100, True)


def test_beginning_twice_is_one_attempt(seated):
    exam, application = seated

    assert testing.begin(exam, application) == testing.begin(exam, application)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (HOUR, 2 * HOUR, "This test is not open yet."),
        (-2 * HOUR, -HOUR, "This test is closed."),
    ],
)
def test_a_test_that_is_not_open_cannot_be_begun(opens, closes, sentence):
    training = make.training(in_days=0)
    now = timezone.now()
    exam = making.exam(training, opens_at=now + opens, closes_at=now + closes)
    application = make.application(training, state="confirmed")

    error = refused(lambda: testing.begin(exam, application))

    assert (error.code, error.message) == ("closed", sentence)


@pytest.mark.parametrize(
    "state", ["submitted", "waitlisted", "offered", "rejected", "withdrawn", "absent"]
)
def test_only_people_with_a_confirmed_seat_take_it(state):
    training = make.training(in_days=0)
    exam, application = making.exam(training), make.application(training, state=state)

    assert refused(lambda: testing.begin(exam, application)).code == "stranger"


def test_people_of_another_training_do_not(seated):
    exam, _application = seated
    other = make.application(state="confirmed")

    assert refused(lambda: testing.begin(exam, other)).code == "stranger"


def test_attempts_are_counted(seated):
    exam, application = seated
    testing.hand_in(testing.begin(exam, application), {})

    assert refused(lambda: testing.begin(exam, application)).code == "used"


def test_a_second_attempt_where_two_are_allowed():
    training = make.training(in_days=0)
    exam = making.exam(training, attempts=2)
    application = make.application(training, state="confirmed")
    testing.hand_in(testing.begin(exam, application), {})

    assert testing.begin(exam, application).number == 2


def test_a_test_without_questions_cannot_be_begun():
    training = make.training(in_days=0)
    exam = making.exam(training, questions=[])
    application = make.application(training, state="confirmed")

    assert refused(lambda: testing.begin(exam, application)).code == "empty"


def test_the_time_is_over_for_saving_but_what_was_saved_counts(seated):
    exam, application = seated
    attempt = testing.begin(exam, application)
    answers = right_answers(exam)
    testing.save(attempt, answers)
    late(attempt, by=HOUR)

    assert refused(lambda: testing.save(attempt, {})).code == "late"
    assert testing.hand_in(attempt, {}) is False

    attempt.refresh_from_db()
    assert (attempt.score, attempt.answers) == (2, answers)
    assert attempt.submitted_at == attempt.due_at


def test_within_the_grace_answers_still_count(seated):
    exam, application = seated
    attempt = testing.begin(exam, application)
    late(attempt, by=testing.GRACE / 2)

    assert testing.hand_in(attempt, right_answers(exam)) is True


def test_the_minutes_never_reach_beyond_the_closing():
    training = make.training(in_days=0)
    closing = timezone.now() + datetime.timedelta(minutes=10)
    exam = making.exam(training, minutes=30, closes_at=closing)

    attempt = testing.begin(exam, make.application(training, state="confirmed"))

    assert attempt.due_at == closing


def test_handing_in_twice_is_refused(seated):
    exam, application = seated
    attempt = testing.begin(exam, application)
    testing.hand_in(attempt, {})

    assert refused(lambda: testing.hand_in(attempt, right_answers(exam))).code == "handed_in"
    assert refused(lambda: testing.save(attempt, {})).code == "handed_in"


def test_what_is_left_open_is_handed_in_by_itself_once(seated):
    exam, application = seated
    attempt = testing.begin(exam, application)
    testing.save(attempt, right_answers(exam))
    assert testing.hand_in_overdue() == 0
    late(attempt, by=HOUR)

    assert (testing.hand_in_overdue(), testing.hand_in_overdue()) == (1, 0)

    attempt.refresh_from_db()
    assert attempt.score == 2


def test_questions_cannot_change_once_somebody_has_begun(seated):
    exam, application = seated
    testing.choose(exam, {making.question().pk: 1})
    testing.begin(exam, application)

    assert refused(lambda: testing.choose(exam, {making.question().pk: 1})).code == "begun"


def test_questions_stand_in_the_order_wished():
    exam = making.exam(questions=[])
    first, second = making.question(), making.question()

    testing.choose(exam, {first.pk: 7, second.pk: 2})

    assert testing.questions_of(exam) == [second, first]


def test_a_question_in_two_tests_stands_once_in_each():
    question = making.question()
    exam = making.exam(questions=[question])
    making.exam(questions=[question])

    assert testing.questions_of(exam) == [question]


def test_a_question_that_is_not_in_the_bank_is_refused():
    exam = making.exam(questions=[])

    assert refused(lambda: testing.choose(exam, {0: 1})).code == "forged"


# --- From paper -------------------------------------------------------------------------------


def test_papers_are_typed_in_corrected_and_taken_back(seated, clara):
    exam, application = seated
    answers = right_answers(exam)

    testing.enter_paper(exam, application, {}, by=clara)
    assert not Attempt.objects.exists()
    testing.enter_paper(exam, application, answers, by=clara)
    first, _second = exam.questions.order_by("pk")
    attempt = testing.enter_paper(
        exam, application, {str(first.pk): answers[str(first.pk)]}, by=clara
    )

    assert (attempt.score, attempt.of, attempt.entered_by, attempt.on_paper) == (1, 2, clara, True)
    assert Attempt.objects.count() == 1
    testing.enter_paper(exam, application, {}, by=clara)
    assert not Attempt.objects.exists()


def test_a_test_taken_on_a_screen_is_not_typed_over(seated, clara):
    exam, application = seated
    testing.hand_in(testing.begin(exam, application), {})

    error = refused(lambda: testing.enter_paper(exam, application, right_answers(exam), by=clara))

    assert error.code == "on_screen"


def test_papers_are_stored_all_or_none(seated, clara):
    exam, application = seated
    stranger = make.application(state="confirmed")
    papers = [(application, right_answers(exam)), (stranger, {})]

    refused(lambda: testing.enter_papers(exam, papers, by=clara))

    assert not Attempt.objects.exists()
