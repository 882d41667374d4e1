"""Form fields made of a training's questions, and which of them are asked at all.

A question whose condition does not hold is ignored, whatever was sent for it: the browser hides
it as an ornament, the server decides.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm import uploads
from trainings.models import Question

SHORT, LONG = 300, 4_000
MOST_RADIOS = 8
LONG_AGO, FAR = date(1900, 1, 1), date(2100, 12, 31)
Kind = Question.Kind


class DateField(forms.DateField):
    """A day of our time, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)
        self.validators += [MinValueValidator(LONG_AGO), MaxValueValidator(FAR)]


class UploadField(forms.FileField):
    """A checked file; one that came before with the draft stands until another is chosen."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = super().clean(data, initial)
        if not sent or sent is initial:
            return sent
        checked: Any = uploads.checked(sent)
        checked.given_name = uploads.plain_name(sent.name)
        return checked


def field_for(question: Question) -> Any:
    about = {"label": question.label, "required": question.required}
    field: Any = MAKERS[Kind(question.kind)](question, about)
    field.help_text = " ".join(escape(note) for note in [question.help, *_notes(question)] if note)
    if question.shown_if:
        field.shown_name = question.shown_if.question.field_name
        field.shown_value = question.shown_if.key
    return field


def _notes(question: Question) -> list[str]:
    """What everybody should know before answering: the condition, the file, how long it is kept."""
    notes = []
    if question.shown_if:
        asked = question.shown_if
        notes.append(
            _("Only if you answered “%(answer)s” to “%(question)s”.")
            % {"answer": asked.label, "question": asked.question.label}
        )
    if question.kind == Kind.FILE:
        notes.append(_("PDF, JPEG or PNG, at most 10 MB."))
    if question.asks_sensitive and question.keep_days:
        days = ngettext(
            "Few people may read this; it is deleted %(n)s day after the training.",
            "Few people may read this; it is deleted %(n)s days after the training.",
            question.keep_days,
        )
        notes.append(days % {"n": question.keep_days})
    return notes


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice.key, choice.label) for choice in question.choices.all()]


def _one(question: Question, about: dict[str, Any]) -> forms.Field:
    choices = _choices(question)
    if len(choices) > MOST_RADIOS:
        return forms.ChoiceField(choices=[("", _("Please choose")), *choices], **about)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **about)


def _any(question: Question, about: dict[str, Any]) -> forms.Field:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=_choices(question), widget=widget, **about)


def _long(_question: Question, about: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 5}), **about)


MAKERS: dict[Kind, Callable[[Question, dict[str, Any]], forms.Field]] = {
    Kind.SHORT: lambda _question, about: forms.CharField(max_length=SHORT, **about),
    Kind.LONG: _long,
    Kind.CHOICE: _one,
    Kind.SEVERAL: _any,
    Kind.NUMBER: lambda _question, about: forms.DecimalField(
        max_digits=12, decimal_places=2, **about
    ),
    Kind.DATE: lambda _question, about: DateField(**about),
    Kind.FILE: lambda _question, about: UploadField(max_length=200, **about),
    Kind.CONSENT: lambda _question, about: forms.BooleanField(**about),
}


def tell_of_kept(field: BoundField, kept: Any) -> None:
    """Beside a file that came already: it need not be chosen again."""
    note = _("We have “%(name)s”. Choose another file to replace it.") % {"name": name_of(kept)}
    field.help_text = f"{field.field.help_text} {escape(note)}"


def asked(questions: Iterable[Question], given: dict[str, Any]) -> list[Question]:
    """Those whose condition holds, and the condition's own; given: name of a field to its answer.

    A question stands after the one it depends on, so one walk in order is enough.
    """
    found: list[Question] = []
    names: set[str] = set()
    for question in questions:
        condition = question.shown_if
        if condition:
            name = condition.question.field_name
            answer = given.get(name) or ()
            chosen = [answer] if isinstance(answer, str) else answer
            if name not in names or condition.key not in chosen:
                continue
        names.add(question.field_name)
        found.append(question)
    return found


def storable(question: Question, answer: Any) -> Any:
    """An answer as it is kept in JSON."""
    if question.kind == Kind.DATE:
        return answer.isoformat()
    if question.kind == Kind.NUMBER:
        return f"{answer.normalize():f}" if isinstance(answer, Decimal) else str(answer)
    if question.kind == Kind.FILE:
        return name_of(answer)
    return answer


def name_of(sent: Any) -> str:
    """What a file was called where it came from: just checked, or kept with a draft."""
    return str(getattr(sent, "given_name", "") or sent.name)


def readable(field: Any, answer: Any) -> str:
    """An answer as it is shown before it is sent."""
    if answer in (None, "", [], False):
        return ""
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        labels = dict(offered)
        keys = [answer] if isinstance(answer, str) else answer
        return ", ".join(str(labels.get(key, key)) for key in keys)
    if isinstance(field, forms.DateField):
        return date_format(answer, "j E Y")
    if isinstance(field, forms.FileField):
        return name_of(answer)
    return _("Yes") if answer is True else str(answer)
