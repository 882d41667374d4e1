"""The form of an evaluation, made of its questions; the same for everybody who is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.models import SurveyQuestion
from trainings.survey_questions import NO_OPINION, SCALE, YES_NO, Asked

TEXT_LENGTH = 2_000


class SurveyForm(forms.Form):
    """One question may be left out by “no opinion”, a text by leaving it empty."""

    def __init__(self, questions: list[Asked], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.key] = _field(question)

    @property
    def answers(self) -> dict[str, str]:
        """What was said, by key; nothing where nothing was said."""
        return {key: value for key, value in self.cleaned_data.items() if value}


def _field(question: Asked) -> forms.Field:
    if question.kind == SurveyQuestion.Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            label=question.text, required=False, max_length=TEXT_LENGTH, widget=area
        )
    words = SCALE if question.kind == SurveyQuestion.Kind.SCALE else YES_NO
    choices = [*words.items(), (NO_OPINION, _("No opinion"))]
    return forms.ChoiceField(label=question.text, choices=choices, widget=forms.RadioSelect)
