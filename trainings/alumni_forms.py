"""The forms of the alumni pages."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rtcm.choices import Rows, kept
from trainings.alumni import LONGEST
from trainings.filters import objectives_and_partners
from trainings.models import AlumniProfile, Application, Training

ATTENDED = Application.State.ATTENDED


class AlumniFilter(forms.Form):
    """GET form of `alumni/`: a wrong value counts as none, and what is not shown is not found."""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    training = forms.ChoiceField(label=_("Training"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        objectives, partners = kept("trainings", objectives_and_partners)
        self._choose("country", Rows(_("Any country"), partners))
        self._choose("objective", Rows(_("Any objective"), objectives))
        self._choose("training", Rows(_("Any training"), kept("alumni", attended_trainings)))
        self.is_valid()

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def is_used(self) -> bool:
        return any(self.value(name) for name in self.fields)

    def apply(self, listed: Any) -> QuerySet[AlumniProfile]:
        found = listed.matching((self.value("q") or "").replace("\x00", ""))
        if country := self.value("country"):
            found = found.filter(person__country=country, shows__contains=["country"])
        if objective := self.value("objective"):
            covering = Training.objects.covering(int(objective))
            found = self._attended(found, covering.values("pk"))
        if training := self.value("training"):
            found = self._attended(found, [int(training)])
        return found

    def _attended(self, found: Any, trainings: Any) -> Any:
        there = Application.objects.filter(training__in=trainings, state=ATTENDED)
        return found.filter(person__in=there.values("person"), shows__contains=["trainings"])


def attended_trainings() -> list[tuple[str, str]]:
    attended = Application.objects.filter(state=ATTENDED).values("training")
    rows = Training.objects.published().filter(pk__in=attended)[:300]
    return [(str(row.pk), row.title) for row in rows]


class ListingForm(forms.Form):
    shows = forms.MultipleChoiceField(
        label=_("Besides your name, alumni see"),
        choices=AlumniProfile.Shown.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(
        label=_("A line about you"),
        help_text=_("What you work on, or what you can help with."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LetterForm(forms.Form):
    text = forms.CharField(
        label=_("Your letter"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("What you would teach, and when you are free"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
