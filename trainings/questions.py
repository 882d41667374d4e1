"""What staff do with the questions of a training: add, order, take away, copy."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rtcm.text import slugify
from trainings import drafts
from trainings.models import Choice, DraftFile, Question, Training
from trainings.steps import lock
from trainings.usual import USUAL, Usual

MOST = 40  # a longer form is not filled in
KEY_LENGTH = 40


@transaction.atomic
def add_usual(training: Training, key: str) -> Question:
    """One of the usual questions, with the one it depends on, in every language."""
    usual = USUAL.get(key)
    if usual is None:
        raise ValidationError(_("Choose one of the usual questions."))
    lock(training.pk)
    known = training.questions.filter(key=key).first()
    if known:
        raise ValidationError(_("This training asks that already."), code="twice")
    condition = _condition(training, usual.shown_if) if usual.shown_if else None
    question = _append(
        training,
        key=key,
        kind=usual.kind,
        required=usual.required,
        shown_if=condition,
        asks_sensitive=usual.keep_days is not None,
        keep_days=usual.keep_days,
        **_in_every_language(label=usual.label, help=usual.help),
    )
    _add_choices(question, usual)
    return question


def _condition(training: Training, condition: tuple[str, str]) -> Choice:
    asked, answer = condition
    question = training.questions.filter(key=asked).first() or add_usual(training, asked)
    choice = question.choices.filter(key=answer).first()
    if choice is None:
        raise ValidationError(
            _("“%(question)s” no longer offers the answer that leads to this question.")
            % {"question": question.label}
        )
    return choice


def _in_every_language(**texts: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {f"{field}_{code}": str(text) for field, text in texts.items()}
    return found


def _append(training: Training, **fields: Any) -> Question:
    if training.questions.count() >= MOST:
        raise ValidationError(_("A form of more than %(n)s questions is too long.") % {"n": MOST})
    last = training.questions.order_by("-position").values_list("position", flat=True).first()
    question = Question(training=training, position=(last or 0) + 1, **fields)
    question.full_clean()
    question.save()
    return question


def _add_choices(question: Question, usual: Usual) -> None:
    for position, (key, label) in enumerate(usual.choices, start=1):
        texts = _in_every_language(label=label)
        question.choices.create(key=key, position=position, **texts)


@transaction.atomic
def add(training: Training, *, kind: str, label: str) -> Question:
    """A question of one's own, worded in English first; everything else is edited afterwards."""
    if kind not in Question.Kind.values or not label.strip():
        raise ValidationError(_("Write the question and choose the kind of answer."))
    lock(training.pk)
    taken = set(training.questions.values_list("key", flat=True))
    key = free_key(label, taken)
    return _append(training, key=key, kind=kind, label_en=label.strip())


def free_key(label: str, taken: set[str]) -> str:
    """A short name made of the words, told apart by a number where it is taken."""
    stem = slugify(label, KEY_LENGTH - 4)
    tries = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in tries if key not in taken)


@transaction.atomic
def move(question: Question, *, up: bool) -> None:
    """One place up or down; never past a question it depends on or that depends on it."""
    lock(question.training_id)
    rows = list(Question.objects.for_form().filter(training=question.training_id))
    here = rows.index(question)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    first, second = (rows[there], rows[here]) if up else (rows[here], rows[there])
    if second.shown_if and second.shown_if.question_id == first.pk:
        raise ValidationError(
            _("“%(question)s” depends on the answer to the question above it.")
            % {"question": second.label}
        )
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Question.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove(question: Question) -> None:
    lock(question.training_id)
    if question.answers.exists():
        raise ValidationError(_("People have answered this question already, so it stays."))
    if Question.objects.filter(shown_if__question=question).exists():
        raise ValidationError(_("Another question depends on this one: take that away first."))
    drafts.unlink(DraftFile.objects.filter(question=question).values_list("file", flat=True))
    question.delete()


def refuse_unless_free(choice: Choice) -> None:
    """An answer offered stays while people chose it or questions hang on it."""
    chosen = choice.question.answers.filter(value__contains=choice.key)
    if choice.leads_to.exists() or chosen.exists():
        raise ValidationError(
            _("“%(choice)s” was chosen by people or leads to another question, so it stays.")
            % {"choice": choice.label}
        )


@transaction.atomic
def copy_questions(source: Training, target: Training) -> int:
    """The questions of one training for another; those it has already stay as they are."""
    taken = set(target.questions.values_list("key", flat=True))
    copied: dict[int, Choice] = {}
    added = 0
    for question in Question.objects.for_form().filter(training=source):
        if question.key in taken:
            continue
        choices = list(question.choices.all())
        condition = copied.get(question.shown_if_id) if question.shown_if_id else None
        if question.shown_if_id and condition is None:
            continue  # what it depends on was not copied, so it could never be asked
        question.pk, question._state.adding = None, True
        question.training, question.shown_if = target, condition
        question.save()
        for choice in choices:
            before = choice.pk
            choice.pk, choice._state.adding, choice.question = None, True, question
            choice.save()
            copied[before] = choice
        added += 1
    return added
