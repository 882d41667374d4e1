"""Tests and evaluations on the desk: planning, paper, results, export, and who may not."""

import io

import pytest
from openpyxl import load_workbook

from tests import make
from tests.making import testing as making
from tests.trainings.desks import door
from tests.trainings.people import said
from trainings import surveys, testing
from trainings.models import Attempt, Survey

pytestmark = pytest.mark.django_db
FORM = {
    "moment": "pre",
    "opens_at": "2026-11-01T09:00",
    "closes_at": "2026-11-30T09:00",
    "minutes": "20",
    "attempts": "1",
    "pass_percent": "60",
}


def room(exam, name: str = "") -> str:
    return door(exam.training, "tests") + f"{exam.pk}/{name}"


def test_a_test_is_planned_and_its_questions_chosen(desk):
    module = make.module(published=True)
    training = make.training(in_days=0, modules=[module])
    first, second = making.question(module), making.question(module)

    planned = desk.post(door(training, "tests"), FORM, follow=True)
    exam = training.tests.get()
    places = {f"position-{first.pk}": "2", f"position-{second.pk}": "1"}
    stored = desk.post(room(exam), places | {"verb": "questions"}, follow=True)

    assert "The test is planned. Choose its questions now." in said(planned)
    assert "The questions are stored." in said(stored)
    assert testing.questions_of(exam) == [second, first]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"closes_at": "2026-10-01T09:00"}, "The test closes before it opens."),
        ({"pass_percent": "101"}, "less than or equal to 100"),
        ({"minutes": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_test_that_cannot_be_is_refused(desk, wrong, sentence):
    training = make.training(in_days=0)

    answer = desk.post(door(training, "tests"), FORM | wrong)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert not training.tests.exists()


def test_a_second_test_of_the_same_kind_is_refused(desk):
    exam = making.exam()

    answer = desk.post(door(exam.training, "tests"), FORM)

    assert "This training has such a test already." in said(answer)


def test_a_test_is_removed_until_somebody_has_begun(desk):
    exam = making.exam(make.training(in_days=0))
    testing.begin(exam, make.application(exam.training, state="confirmed"))

    refused = desk.post(room(exam), {"verb": "drop"}, follow=True)
    assert "Somebody has begun this test" in said(refused)
    Attempt.objects.all().delete()
    gone = desk.post(room(exam), {"verb": "drop"}, follow=True)

    assert "The test is gone." in said(gone)


def test_papers_are_typed_in_as_a_grid(desk, clara):
    exam = making.exam(make.training(in_days=0))
    first, second = [make.application(exam.training, state="attended") for _ in range(2)]
    grid = {}
    for question in exam.questions.all():
        choice = question.choices.get(is_right=True)
        grid |= {f"p-{first.pk}-{question.pk}": choice.pk, f"p-{second.pk}-{question.pk}": ""}

    answer = desk.post(room(exam, "papers/"), grid, follow=True)

    assert "1 paper is stored." in said(answer)
    attempt = Attempt.objects.get()
    assert (attempt.application, attempt.score, attempt.entered_by) == (first, 2, clara)


def test_a_paper_of_a_stranger_or_a_forged_choice_stores_nothing(desk):
    exam = making.exam(make.training(in_days=0))
    seated = make.application(exam.training, state="attended")
    stranger, question = make.application(state="attended"), exam.questions.first()

    for name, value in [(stranger.pk, ""), (seated.pk, "0")]:
        field = f"p-{name}-{question.pk}"
        assert desk.post(room(exam, "papers/"), {field: value}).status_code == 422
    assert not Attempt.objects.exists()


def test_results_difficulty_and_gain_are_shown(desk):
    training, question = make.training(in_days=-3), making.question()
    pre, post = making.exam(training, "pre", [question]), making.exam(training, "post", [question])
    person = make.application(training, make.person("Ada Lovelace"), state="attended")
    making.attempt(pre, person, {question.pk: 0})
    making.attempt(post, person, {question.pk: 1})

    words = said(desk.get(door(training, "tests")))

    assert "Ada Lovelace" in words
    assert "All shared modules 1 0.0 100.0 100.0" in words
    assert person.person.reads.count() == 1


def test_results_are_exported(desk):
    exam = making.exam(make.training(in_days=-3))
    person = make.application(exam.training, make.person("=Ada"), state="attended")
    making.attempt(exam, person, {})

    answer = desk.get(door(exam.training, "tests") + "export/?kind=xlsx")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]] == ["'=Ada", 0, None]


def test_the_poster_shows_the_address_without_a_language(desk):
    exam = making.exam()

    assert f"/tests/{exam.token}/" in said(desk.get(room(exam, "poster/")))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_of_tests_asks_the_same_number_of_questions(desk, django_assert_num_queries, rows):
    training = make.training(in_days=-3)
    exam = making.exam(training)
    for _ in range(rows):
        making.attempt(exam, make.application(training, state="attended"))
    desk.get(door(training, "tests"))

    with django_assert_num_queries(19):
        desk.get(door(training, "tests"))


# --- Evaluations ------------------------------------------------------------------------------


def ask(desk, training, verb: str, **fields):
    sent = {"verb": verb, "kind_of_survey": "end"} | fields
    return desk.post(door(training, "evaluation"), sent, follow=True)


def test_an_evaluation_is_opened_answered_closed_and_read(desk):
    training = making.held(5)
    assert "The evaluation is open" in said(ask(desk, training, "open"))
    survey = Survey.objects.get()
    for guest in survey.guests.all():
        surveys.answer(guest, {"overall": "4", "best": "The discussions"})
    before = said(desk.get(door(training, "evaluation")))

    after = said(ask(desk, training, "close"))

    assert "5 of 5 answered, 100 per cent." in before
    assert "The discussions" not in before
    assert "mean 4.0 of 5" in after
    assert after.count("The discussions") == 5


def test_four_answers_are_shown_nowhere_and_exported_nowhere(desk):
    training = making.held(4)
    survey = surveys.open_now(training, "end")
    for guest in survey.guests.all():
        surveys.answer(guest, {"overall": "4", "best": "The discussions"})
    surveys.close_now(survey)

    page = said(desk.get(door(training, "evaluation")))
    table = desk.get(door(training, "evaluation") + "export/?survey=end&kind=csv").content.decode()

    for words in (page, table):
        assert "Fewer than five people answered" in words
        assert "The discussions" not in words
        assert "mean" not in words


def test_own_questions_are_added_until_people_are_asked(desk):
    training = making.held()
    added = ask(desk, training, "add", kind="text", text_en="What about lunch?")
    ask(desk, training, "open")
    late = ask(desk, training, "add", kind="text", text_en="And dinner?")

    assert "What about lunch?" in said(added)
    assert "People are being asked already" in said(late)
    assert Survey.objects.get().own_questions.count() == 1


def test_a_question_without_words_is_refused_and_a_question_removed(desk):
    training = making.held()
    refused = desk.post(
        door(training, "evaluation"), {"verb": "add", "kind_of_survey": "end", "kind": "text"}
    )
    assert refused.status_code == 422
    ask(desk, training, "add", kind="text", text_en="What about lunch?")
    question = Survey.objects.get().own_questions.get()

    ask(desk, training, "drop", question=question.pk)

    assert not Survey.objects.get().own_questions.exists()


def test_supervisors_answers_are_read_by_name_and_the_reading_is_noted(desk):
    survey = making.opened(
        kind="supervisor", ago=200, supervisor_email="c@example.org", supervisor_name="Ms Chief"
    )
    guest = survey.guests.get()
    surveys.answer(guest, {"used": "5", "example": "Writes better letters"})

    words = said(desk.get(door(survey.training, "evaluation")))

    assert "Ms Chief" in words
    assert "Writes better letters" in words
    assert guest.application.person.reads.count() == 1


@pytest.mark.parametrize("sent", [{}, {"verb": "open", "kind_of_survey": "x"}])
def test_an_unknown_deed_is_not_found(desk, sent):
    assert desk.post(door(making.held(), "evaluation"), sent).status_code == 404


def test_the_director_reads_and_changes_nothing(client, hasan, english):
    client.force_login(hasan)
    exam, training = making.exam(), making.held()

    assert client.get(door(exam.training, "tests")).status_code == 200
    assert client.get(door(training, "evaluation")).status_code == 200
    for path, sent in [
        (door(exam.training, "tests"), FORM),
        (room(exam), {"verb": "drop"}),
        (room(exam, "papers/"), {}),
        (door(training, "evaluation"), {"verb": "open", "kind_of_survey": "end"}),
    ]:
        assert client.post(path, sent).status_code == 403


@pytest.mark.parametrize("who", ["farid", "gunel"])
def test_others_stay_outside(client, request, who):
    client.force_login(request.getfixturevalue(who))
    exam = making.exam()

    for name in ("tests", "evaluation"):
        assert client.get(door(exam.training, name)).status_code == 403
