"""Who passed the post-test and who answered the evaluation, for everybody at once."""

import pytest

from tests import make
from tests.making import testing
from trainings.models import Survey
from trainings.surveys import answered_evaluation
from trainings.testing import passed_post_test

pytestmark = pytest.mark.django_db


def test_exactly_the_needed_per_cent_passes():
    training = make.training()
    questions = [testing.question(points=3), testing.question(points=2)]
    post = testing.exam(training, "post", questions, pass_percent=60)
    enough, too_few, _nothing = [make.application(training, state="attended") for _ in range(3)]
    testing.attempt(post, enough, {questions[0].pk: 3})
    testing.attempt(post, too_few, {questions[1].pk: 2})

    assert list(passed_post_test(training)) == [enough]


def test_the_best_of_several_attempts_counts_and_every_post_test_is_needed():
    training = make.training()
    module = make.module()
    one, other = testing.question(), testing.question()
    first = testing.exam(training, "post", [one], attempts=2)
    second = testing.exam(training, "post", [other], module=module)
    both, half = [make.application(training, state="attended") for _ in range(2)]
    testing.attempt(first, both, {one.pk: 0})
    testing.attempt(first, both, {one.pk: 1}, number=2)
    testing.attempt(second, both, {other.pk: 1})
    testing.attempt(first, half, {one.pk: 1})

    assert list(passed_post_test(training)) == [both]


def test_a_pre_test_passes_nobody_and_a_training_without_post_test_neither():
    training = make.training()
    question = testing.question()
    pre = testing.exam(training, "pre", [question])
    testing.attempt(pre, make.application(training, state="attended"), {question.pk: 1})

    assert list(passed_post_test(training)) == []


def test_only_the_end_evaluation_counts_as_answered():
    training = make.training()
    end = training.surveys.create(kind=Survey.Kind.END)
    later = training.surveys.create(kind=Survey.Kind.FOLLOW_UP)
    answered, silent = [make.application(training, state="attended") for _ in range(2)]
    end.guests.create(application=answered, answered=True)
    end.guests.create(application=silent)
    later.guests.create(application=silent, answered=True)

    assert list(answered_evaluation(training)) == [answered]
