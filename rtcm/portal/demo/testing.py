"""The demo's question bank, tests with a gain, and an evaluation; rows only, no letter is owed.

What is written here hangs on the demo's modules and trainings and goes with them.
"""

import datetime
import json
import random
from pathlib import Path
from typing import Any

from django.utils import timezone

from curriculum.models import Module
from trainings import marking, testing
from trainings.models import (
    Attempt,
    BankQuestion,
    SupervisorAnswer,
    Survey,
    SurveyAnswer,
    SurveyGuest,
    Test,
    Training,
)

FACTS = Path(__file__).parent / "testing.json"
LANGUAGES = ("en", "az", "ru")
MODULE = "governance-and-the-global-compact"
HELD = "training-of-trainers-migration-basics"
RUNNING = "migration-law-in-practice"
DAY = datetime.timedelta(days=1)
KNOWN_BEFORE, KNOWN_AFTER = 0.45, 0.8  # how likely somebody knows an answer
SCALES = ["relevant", "learned", "trainers", "materials", "practice", "language", "organised"]
SAID = [
    ("best", "Ölkələr arasında təcrübə mübadiləsi"),
    ("best", "The exercises in small groups"),
    ("best", "Разбор настоящих случаев"),
    ("change", "More time for questions"),
    ("change", "Больше материалов до начала"),
]


def load_testing() -> None:
    """Adds what is missing; a second call changes nothing."""
    module = Module.objects.filter(slug=MODULE, is_demo=True).first()
    if module is None or module.bank_questions.exists():
        return
    chance = random.Random(2026)  # noqa: S311 - invented data, the same every time
    rows = json.loads(FACTS.read_text(encoding="utf-8"))
    questions = [_question(module, row) for row in rows]
    held = Training.objects.filter(slug=HELD, is_demo=True).first()
    if held:
        _taken(held, "pre", questions, KNOWN_BEFORE, chance)
        _taken(held, "post", questions, KNOWN_AFTER, chance)
        _evaluated(held, chance)
    running = Training.objects.filter(slug=RUNNING, is_demo=True).first()
    if running:
        now = timezone.now()
        _test(running, "pre", questions, now - DAY, now + 30 * DAY, minutes=20)


def _in_each(field: str, texts: list[str]) -> dict[str, str]:
    return {f"{field}_{code}": text for code, text in zip(LANGUAGES, texts, strict=True)}


def _question(module: Module, row: dict[str, Any]) -> BankQuestion:
    made = BankQuestion.objects.create(
        module=module,
        kind=row["kind"],
        is_true=row.get("true"),
        accepted=row.get("accepted", ""),
        **_in_each("text", row["text"]),
        **_in_each("explanation", row["why"]),
    )
    for order, (*texts, is_right) in enumerate(row.get("choices", [])):
        made.choices.create(order=order, is_right=is_right, **_in_each("text", texts))
    return made


def _test(
    training: Training,
    moment: str,
    questions: list[BankQuestion],
    opens: datetime.datetime,
    closes: datetime.datetime,
    minutes: int | None = None,
) -> Test:
    made = Test.objects.create(
        training=training, moment=moment, opens_at=opens, closes_at=closes, minutes=minutes
    )
    testing.choose(made, {question.pk: place for place, question in enumerate(questions, 1)})
    return made


def _taken(
    training: Training,
    moment: str,
    questions: list[BankQuestion],
    known: float,
    chance: random.Random,
) -> None:
    """Everybody who attended handed it in, each knowing some answers and not others."""
    day = training.starts_at if moment == Test.Moment.PRE else training.starts_at + DAY
    test = _test(training, moment, questions, day, day + 14 * DAY)
    for application in training.applications.filter(state="attended").order_by("pk"):
        answers = {str(one.pk): _answer(one) for one in questions if chance.random() < known}
        marks = marking.marks(questions, answers)
        Attempt.objects.create(
            test=test,
            application=application,
            started_at=day,
            due_at=test.closes_at,
            submitted_at=day,
            answers=answers,
            marks=marks,
            score=sum(marks.values()),
            of=sum(question.points for question in questions),
        )


def _answer(question: BankQuestion) -> str | list[str]:
    """The right one."""
    right = [str(choice.pk) for choice in question.choices.all() if choice.is_right]
    if question.kind == BankQuestion.Kind.TRUE_FALSE:
        return str(question.is_true).lower()
    if question.kind == BankQuestion.Kind.SHORT:
        return question.accepted.splitlines()[0]
    return sorted(right, key=int) if question.kind == BankQuestion.Kind.MULTIPLE else right[0]


def _evaluated(training: Training, chance: random.Random) -> None:
    """Closed since; most people answered."""
    opened = training.starts_at + 7 * DAY
    survey = Survey.objects.create(
        training=training, kind=Survey.Kind.END, opened_at=opened, closes_at=opened + 30 * DAY
    )
    for number, application in enumerate(training.applications.filter(state="attended")):
        answered = number % 5 != 4
        SurveyGuest.objects.create(survey=survey, application=application, answered=answered)
        if answered:
            scales = {key: chance.choice("55443") for key in [*SCALES, "overall"]}
            words = dict([SAID[number]]) if number < len(SAID) else {}
            SurveyAnswer.objects.create(
                survey=survey, answers=scales | {"recommend": "yes"} | words
            )


def wipe_testing(applications: list[int]) -> None:
    """What hangs on the demo's people, trainings and modules, before those go."""
    trainings = Training.objects.filter(is_demo=True)
    guests = SurveyGuest.objects.filter(application__in=applications)
    SupervisorAnswer.objects.filter(guest__in=guests).delete()
    guests.delete()
    SurveyAnswer.objects.filter(survey__training__in=trainings).delete()
    Survey.objects.filter(training__in=trainings).delete()
    Attempt.objects.filter(application__in=applications).delete()
    Test.objects.filter(training__in=trainings).delete()
    BankQuestion.objects.filter(module__is_demo=True).delete()
