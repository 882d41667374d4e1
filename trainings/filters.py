"""The filters of the training list, read from an address: what cannot be read is left out."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from curriculum.models import Objective
from rtcm.accounts.models import Country
from rtcm.choices import Rows, kept
from rtcm.languages import language_name
from trainings.models import Training


class TrainingFilter(forms.Form):
    """GET form of `trainings/`; every field is optional and a wrong value counts as none."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("Coming up")), ("past", _("Past")), ("all", _("All"))],
    )
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    mode = forms.ChoiceField(label=_("Mode"), required=False)
    language = forms.ChoiceField(label=_("Working language"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    # How it is shown: kept by the form, changed by links.
    view = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    month = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        objectives, partners = kept("trainings", objectives_and_partners)
        self._choose("objective", Rows(_("Any objective"), objectives))
        self._choose("country", Rows(_("Any country"), partners))
        self._choose("kind", Rows(_("Any kind"), Training.Kind.choices))
        self._choose("mode", Rows(_("Any mode"), Training.Mode.choices))
        languages = [(code, language_name(code)) for code, _own_name in settings.LANGUAGES]
        self._choose("language", Rows(_("Any language"), languages))
        self.is_valid()

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def is_used(self) -> bool:
        return any(self.value(field.name) for field in self.visible_fields())

    def apply(self, trainings: Any) -> QuerySet[Training]:
        when = self.data.get("when") if self.data else ""
        if when == "past":
            found = trainings.past()
        elif when == "all":
            found = trainings.order_by("-starts_on", "-pk")
        else:
            found = trainings.upcoming()
        return self.narrow(found)

    def narrow(self, found: Any) -> QuerySet[Training]:
        """By everything but the time."""
        if objective := self.value("objective"):
            found = found.covering(int(objective))
        if country := self.value("country"):
            found = found.filter(Q(country=country) | Q(pk__in=_with_people_of(country)))
        if language := self.value("language"):
            found = found.filter(working_languages__contains=[language])
        for name in ("kind", "mode"):
            if chosen := self.value(name):
                found = found.filter(**{name: chosen})
        return found.matching(self.value("q") or "")


def objectives_and_partners() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    objectives = [(str(row.pk), str(row)) for row in Objective.objects.order_by("number")]
    partners = [(place.pk, place.name) for place in Country.objects.partners().alphabetical()]
    return objectives, partners


def _with_people_of(country: str) -> Any:
    through: Any = Training.participating_countries.through
    return through.objects.filter(country=country).values("training")
