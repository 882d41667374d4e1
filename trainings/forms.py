"""The application form and the small forms around it."""

import uuid
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Person
from rtcm.choices import Rows
from rtcm.languages import language_choices, language_name
from trainings.ages import GUARDIAN, age_errors, age_fields, asks_age, is_minor
from trainings.asking import asked, field_for, readable, tell_of_kept
from trainings.models import Question, Training

FIRST = ["token", "understands", "understands_also", "motivation"]


class ApplicationForm(forms.Form):
    """What a person says when applying; who they are comes from their profile.

    Besides what is always asked it holds one field per question of the training.
    """

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    understands = forms.MultipleChoiceField(
        label=_("Which languages do you understand well enough to follow a training?"),
        help_text=_("We plan interpretation by this."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    understands_also = forms.ChoiceField(label=_("Another language"), required=False)
    motivation = forms.CharField(
        label=_("Why this training?"),
        help_text=_("Two or three sentences: your work, and what you want to take home."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    supervisor_name = forms.CharField(
        label=_("Your supervisor's name"), max_length=200, required=False
    )
    supervisor_email = forms.EmailField(
        label=_("Your supervisor's e-mail"),
        help_text=_("We may ask your supervisor six months later how the training helped."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, training: Training, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.training, self.person = training, person
        own = Question.objects.for_form().filter(training=training)
        self.questions: list[Question] = list(own) if getattr(training, "has_questions", 1) else []
        fields: dict[str, Any] = self.fields
        spoken = [code for code, _name in settings.LANGUAGES]
        spoken += [*training.working_languages, *training.interpretation_languages]
        names = [(code, language_name(code)) for code in dict.fromkeys(spoken)]
        fields["understands"].choices = names
        others = _others(get_language(), tuple(names))
        fields["understands_also"].choices = Rows(_("No other language"), others)
        fields |= {question.field_name: field_for(question) for question in self.questions}
        if asks_age(training):
            fields |= age_fields()
        self.order_fields([*FIRST, *(question.field_name for question in self.questions)])
        for question in self.questions:
            if question.kind == Question.Kind.FILE and question.field_name in self.initial:
                tell_of_kept(self[question.field_name], self.initial[question.field_name])

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        self.asked = asked(self.questions, given)
        for question in self.questions:
            if question not in self.asked:
                given.pop(question.field_name, None)
                self.errors.pop(question.field_name, None)
        for name, sentence in age_errors(self.training, self.person, given).items():
            self.add_error(name or None, sentence)
        return given

    @property
    def is_minor(self) -> bool:
        return is_minor(self.training, self.cleaned_data)

    def languages(self) -> list[str]:
        also = self.cleaned_data["understands_also"]
        return [*self.cleaned_data["understands"], *([also] if also else [])]

    def rows(self) -> Iterator[tuple[BoundField, str]]:
        """What is asked, with the answer as a person reads it; for checking before sending."""
        ignored = {q.field_name for q in self.questions if q not in self.asked}
        if asks_age(self.training) and not self.is_minor:
            ignored |= set(GUARDIAN)
        for field in self.visible_fields():
            if field.name not in ignored:
                yield field, readable(field.field, self.cleaned_data.get(field.name))


@lru_cache(maxsize=128)
def _others(_reader: str | None, names: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """In the reader's language and order; there are more than a hundred, the same each time."""
    return [choice for choice in language_choices() if choice not in names]


def reason_in(data: Any, most: int = 500) -> str:
    """A reason given beside a button: cut rather than refused, since its deed is done anyway."""
    return str(data.get("reason", "")).replace("\x00", "").strip()[:most]


class CheckForm(forms.Form):
    code = forms.CharField(
        label=_("Check code"),
        help_text=_("It stands at the foot of the certificate, beside the QR code."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
