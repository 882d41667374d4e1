"""What answers are worth, and forms that were tampered with."""

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import testing as making
from tests.trainings.people import refused
from trainings import marking
from trainings.models import BankQuestion

pytestmark = pytest.mark.django_db


def typed(text: str) -> QueryDict:
    return QueryDict(text)


def test_a_forged_question_is_refused():
    question = making.question()

    error = refused(lambda: marking.read([question], typed("q-999999=1")))

    assert error.code == "forged"


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_a_forged_choice_is_refused(kind):
    question, other = making.question(kind=kind), making.question()
    foreign = other.choices.first().pk

    error = refused(lambda: marking.read([question], typed(f"q-{question.pk}={foreign}")))

    assert error.code == "forged"


@pytest.mark.parametrize(
    ("answer", "right"), [("bakı", True), ("  BAKU ", True), ("Баку", True), ("Ganja", False)]
)
def test_a_short_answer_is_compared_without_case_accents_and_script(answer, right):
    assert marking.is_right(making.question(kind="short"), answer) is right


def test_several_right_choices_need_exactly_those():
    choices = [("A", True), ("B", True), ("C", False)]
    question = making.question(kind="multiple", choices=choices)
    a, b, c = (str(choice.pk) for choice in question.choices.all())

    found = [marking.is_right(question, given) for given in ([a, b], [a], [a, b, c], [], None)]

    assert found == [True, False, False, False, False]


@pytest.mark.parametrize(("given_answer", "right"), [("true", True), ("false", False), ("", False)])
def test_a_statement_is_true_or_false(given_answer, right):
    assert marking.is_right(making.question(kind="true_false"), given_answer) is right


@settings(max_examples=200, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(BankQuestion.Kind.values), max_size=5),
    given_answers=st.lists(st.text(max_size=20), max_size=5),
    points=st.lists(st.integers(1, 100), min_size=5, max_size=5),
)
def test_no_answer_earns_more_than_there_is(kinds, given_answers, points):
    """Unsaved questions: what marking does needs no database but the choices."""
    questions = [
        BankQuestion(pk=pk, kind=kind, points=points[pk], accepted="x", is_true=True)
        for pk, kind in enumerate(kinds)
        if kind in {"short", "true_false"}
    ]
    answers = {str(pk): answer for pk, answer in enumerate(given_answers)}

    earned = marking.marks(questions, answers)

    assert set(earned) == {str(question.pk) for question in questions}
    assert all(earned[str(one.pk)] in {0, one.points} for one in questions)
