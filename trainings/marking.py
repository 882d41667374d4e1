"""What the answers to a test's questions are worth. Nothing here asks or writes.

An answer is kept as it was given: the id of a choice (single), a list of ids (multiple), "true"
or "false", or a text (short); what is missing was not answered. Every question is worth all its
points or none: several right choices need exactly those ticked.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from rtcm.text import fold
from trainings.models import BankQuestion

Kind = BankQuestion.Kind
SHORT_LENGTH = 200
PREFIX = "q-"  # of the names of fields: q-<question id>


def read(questions: Iterable[BankQuestion], data: QueryDict, prefix: str = PREFIX) -> dict:
    """The answers of a submitted form; refuses questions and choices that are not in the test."""
    known = {f"{prefix}{question.pk}": question for question in questions}
    names = [name for name in data if name.startswith(prefix)]
    if set(names) - set(known):
        raise ValidationError(_("One of these questions is not in this test."), code="forged")
    answers = {str(known[name].pk): _answer(known[name], data.getlist(name)) for name in names}
    return {pk: answer for pk, answer in answers.items() if answer not in ("", [])}


def _answer(question: BankQuestion, given: list[str]) -> str | list[str]:
    last = given[-1].strip() if given else ""
    if question.kind == Kind.SHORT:
        return last.replace("\x00", "")[:SHORT_LENGTH]
    offered = {"true", "false"}
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        offered = {str(choice.pk) for choice in question.choices.all()}
    if {value for value in given if value} - offered:
        raise ValidationError(_("One of these choices is not in this test."), code="forged")
    if question.kind == Kind.MULTIPLE:
        return sorted({value for value in given if value}, key=int)
    return last


def is_right(question: BankQuestion, answer: Any) -> bool:
    if not answer:
        return False
    if question.kind == Kind.TRUE_FALSE:
        return answer == str(question.is_true).lower()
    if question.kind == Kind.SHORT:
        right = {fold(line) for line in question.accepted.splitlines()} - {""}
        return fold(str(answer)) in right
    right = {str(choice.pk) for choice in question.choices.all() if choice.is_right}
    return bool(right) and set([answer] if isinstance(answer, str) else answer) == right


def marks(questions: Iterable[BankQuestion], answers: dict[str, Any]) -> dict[str, int]:
    """The points earned, by question id, for every question of the test."""
    return {
        str(question.pk): question.points
        if is_right(question, answers.get(str(question.pk)))
        else 0
        for question in questions
    }


def in_words(question: BankQuestion, answer: Any) -> str:
    """An answer as its reader would say it, "" where there is none."""
    if question.kind == Kind.SHORT:
        return str(answer or "")
    if question.kind == Kind.TRUE_FALSE:
        return {"true": _("True"), "false": _("False")}.get(str(answer), "")
    ticked = set([answer] if isinstance(answer, str) else answer or [])
    return "; ".join(choice.text for choice in question.choices.all() if str(choice.pk) in ticked)


def right_in_words(question: BankQuestion) -> str:
    if question.kind == Kind.SHORT:
        return "; ".join(line.strip() for line in question.accepted.splitlines() if line.strip())
    if question.kind == Kind.TRUE_FALSE:
        return _("True") if question.is_true else _("False")
    return "; ".join(choice.text for choice in question.choices.all() if choice.is_right)
