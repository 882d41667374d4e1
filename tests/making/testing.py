"""Builders for the question bank, tests, attempts and evaluations."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from curriculum.models import Module
from tests import make
from trainings import models, surveys
from trainings.models import Application, Attempt, BankQuestion, Survey, Training

DAY = datetime.timedelta(days=1)


def question(
    of: Module | None = None,
    kind: str = "single",
    choices: Iterable[tuple[str, bool]] = (("Right", True), ("Wrong", False)),
    **fields: Any,
) -> BankQuestion:
    """One right choice of two unless said; the other kinds get an answer of their own."""
    dull = {"true_false": {"is_true": True}, "short": {"accepted": "Bakı\nBaku"}}.get(kind, {})
    dull |= make.in_all(text=f"Question {next(make.NUMBERS)}?", explanation="Because.")
    row = {"module": of or make.module(published=True), "kind": kind} | dull | fields
    made = BankQuestion.objects.create(**row)
    if kind in {"single", "multiple"}:
        for order, (text, is_right) in enumerate(choices):
            made.choices.create(**make.in_all(text=text), is_right=is_right, order=order)
    return made


def exam(
    within: Training | None = None,
    moment: str = "pre",
    questions: Iterable[BankQuestion] | None = None,
    **fields: Any,
) -> models.Test:
    """Open since yesterday, for a day more; two questions unless said."""
    now = timezone.now()
    dull = {"opens_at": now - DAY, "closes_at": now + DAY, "moment": moment}
    made = models.Test.objects.create(training=within or make.training(), **(dull | fields))
    chosen = [question(), question()] if questions is None else questions
    for position, one in enumerate(chosen, start=1):
        made.placed_questions.create(question=one, position=position)
    return made


def attempt(
    at: models.Test, by: Application, marks: dict[int, int] | None = None, **fields: Any
) -> Attempt:
    """Handed in, with these points by question id (nothing earned unless said)."""
    possible = sum(at.questions.values_list("points", flat=True))
    earned = {str(pk): points for pk, points in (marks or {}).items()}
    dull = {"submitted_at": timezone.now(), "score": sum(earned.values()), "of": possible}
    dull |= {"marks": earned, "due_at": at.closes_at}
    return Attempt.objects.create(test=at, application=by, **(dull | fields))


def held(people: int = 1, ago: int = 1, **fields: Any) -> Training:
    """A training that ended so many days ago, and people who attended it."""
    training = make.training(in_days=-ago)
    for _ in range(people):
        number = next(make.NUMBERS)
        person = make.person(f"Person {number}", f"asked{number}@example.org")
        make.application(training, person, state="attended", **fields)
    return training


def opened(people: int = 1, kind: str = Survey.Kind.END, **fields: Any) -> Survey:
    """An evaluation that is open, everybody asked."""
    return surveys.open_now(held(people, **fields), kind)


def gate_objects(_amina: Any) -> dict[str, Any]:
    """Nobody has begun the test; somebody else is asked in the evaluation."""
    return {
        "exam": exam().token,
        "evaluation": surveys.link_of(opened().guests.get()),
    }
