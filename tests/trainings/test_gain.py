"""The gain, against numbers worked out by hand, and what must hold whatever the numbers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.making import testing as making
from trainings.gain import Sheet, difficulties, gain_by_module, gain_of, sheets

points = st.tuples(st.integers(0, 5), st.integers(5, 9))
sides = st.dictionaries(st.integers(1, 4), points, max_size=4)


@pytest.fixture
def taught(db):
    """Module A has two questions (3 and 1 points), module B one (2); three people:

    Ada: before A 3/4, B 0/2; after A 4/4, B 2/2. Ben: before A 0/4, B 2/2; after A 1/4, B 2/2.
    Cem only before. Dan only after.
    """
    training = make.training(in_days=-3)
    a, b = make.module(), make.module()
    questions = [making.question(a, points=3), making.question(a), making.question(b, points=2)]
    pre, post = making.exam(training, "pre", questions), making.exam(training, "post", questions)
    one, two, three = (question.pk for question in questions)
    papers = {
        "Ada": [(pre, {one: 3, two: 0, three: 0}), (post, {one: 3, two: 1, three: 2})],
        "Ben": [(pre, {one: 0, two: 0, three: 2}), (post, {one: 0, two: 1, three: 2})],
        "Cem": [(pre, {one: 3, two: 1, three: 2})],
        "Dan": [(post, {one: 0, two: 0, three: 0})],
    }
    for name, attempts in papers.items():
        person = make.application(training, make.person(name), state="attended")
        for exam, marks in attempts:
            making.attempt(exam, person, marks)
    return training, a, b


def test_the_gain_is_over_people_who_did_both(taught):
    training, _a, _b = taught

    gain = gain_of(sheets(training))

    # Ada 3/6 to 6/6, Ben 2/6 to 3/6.
    assert gain.n == 2
    assert gain.before == pytest.approx((50 + 100 / 3) / 2)
    assert gain.after == pytest.approx((100 + 50) / 2)
    assert gain.change == pytest.approx(75 - (50 + 100 / 3) / 2)


def test_the_gain_by_module(taught):
    training, a, b = taught

    gains = gain_by_module(sheets(training))

    assert set(gains) == {a.pk, b.pk}
    assert (gains[a.pk].n, gains[a.pk].before, gains[a.pk].after) == (2, 37.5, 62.5)
    assert (gains[b.pk].n, gains[b.pk].before, gains[b.pk].after) == (2, 50, 100)


def test_the_gain_of_one_person(taught):
    people = {sheet.application.person.full_name: sheet.gain for sheet in sheets(taught[0])}

    assert people == {
        "Ada": pytest.approx(50),
        "Ben": pytest.approx(50 / 3),
        "Cem": None,
        "Dan": None,
    }


def test_a_second_attempt_can_pass_but_is_no_gain(db):
    training, question = make.training(in_days=-3), making.question()
    pre, post = making.exam(training, "pre", [question]), making.exam(training, "post", [question])
    person = make.application(training, state="attended")
    making.attempt(pre, person, {question.pk: 0})
    making.attempt(post, person, {question.pk: 0})
    best = making.attempt(post, person, {question.pk: 1}, number=2)

    (sheet,) = sheets(training)

    assert (sheet.gain, sheet.attempts[post.pk]) == (0, best)


def test_modules_asked_on_one_side_only_are_left_out(db):
    training = make.training(in_days=-3)
    both, only_after = making.question(), making.question(points=9)
    pre = making.exam(training, "pre", [both])
    post = making.exam(training, "post", [both, only_after])
    person = make.application(training, state="attended")
    making.attempt(pre, person, {both.pk: 0})
    making.attempt(post, person, {both.pk: 1, only_after.pk: 0})

    assert gain_of(sheets(training)).change == 100


def test_a_training_without_tests_has_no_gain(db):
    assert gain_of(sheets(make.training())) is None


def test_difficulty_counts_right_answers_of_first_attempts(taught):
    training, _a, _b = taught
    pre = training.tests.get(moment="pre")

    found = [(row.n, row.right, row.percent) for row in difficulties(training)[pre.pk]]

    assert found == [(3, 2, 67), (3, 1, 33), (3, 2, 67)]


@pytest.mark.parametrize("people", [1, 3])
def test_results_ask_the_same_number_of_questions(db, django_assert_num_queries, people):
    training = make.training(in_days=-3)
    exam = making.exam(training)
    for _ in range(people):
        making.attempt(exam, make.application(training, state="attended"))

    with django_assert_num_queries(3):
        sheets(training)


@given(before=sides, after=sides)
def test_a_gain_lies_between_minus_and_plus_a_hundred(before, after):
    sheet = Sheet(None, before, after)

    gain = gain_of([sheet])

    assert (gain is None) == (not set(before) & set(after))
    if gain:
        assert -100 <= gain.change <= 100
        assert gain_of([Sheet(None, after, before)]).change == pytest.approx(-gain.change)


@given(side=sides)
def test_who_answers_alike_gains_nothing(side):
    gain = gain_of([Sheet(None, side, dict(side))])

    assert gain is None or gain.change == 0
