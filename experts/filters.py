"""The filters of the directory, read from an address: what cannot be read is left out."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from curriculum.models import Objective
from experts.models import Expert
from experts.models.experts import ExpertQuerySet
from experts.models.visibility import shows
from rtcm.accounts.models import Country
from rtcm.choices import Rows, kept
from rtcm.languages import NAMES, alphabetical, language_name

Choices = dict[str, list[tuple[str, str]]]


class ExpertFilter(forms.Form):
    """GET form of the directory. A filter only finds what its reader may see on the profile."""

    q = forms.CharField(label=_("Name or words"), required=False, max_length=200)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    mode = forms.ChoiceField(
        label=_("Way of training"),
        required=False,
        choices=[("", _("Any")), *Expert.Mode.choices],
    )

    def __init__(self, data: QueryDict, levels: list[str]) -> None:
        super().__init__(data)
        self.levels = levels
        valid = kept("experts", valid_choices)
        self._offer(valid)
        self.is_valid()
        # Any country or language may be asked for; offered are those which somebody shows.
        offered = kept(f"experts-{'-'.join(levels)}", lambda: shown(levels, valid))
        for name, rows in offered.items():
            chosen = [row for row in valid[name] if row[0] == self.value(name) and row not in rows]
            self._offer({name: alphabetical([*rows, *chosen]) if chosen else rows})

    def _offer(self, choices: Choices) -> None:
        for name, rows in choices.items():
            self.fields[name].choices = Rows(_("Any"), rows)  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def is_used(self) -> bool:
        return any(self.value(name) for name in self.fields)

    @property
    def ignored(self) -> list[Any]:
        """Labels of the filters whose value made no sense, for one sentence on the page."""
        return [self.fields[name].label for name in self.errors]

    def apply(self, experts: ExpertQuerySet) -> ExpertQuerySet:
        found = experts.matching(self.value("q") or "")
        if number := self.value("objective"):
            found = found.filter(areas__objective=number).showing("areas", self.levels)
        if code := self.value("language"):
            found = found.filter(languages__code=code).showing("languages", self.levels)
        if mode := self.value("mode"):
            found = found.filter(modes__contains=[mode]).showing("modes", self.levels)
        if iso2 := self.value("country"):
            found = found.filter(self._known_in(iso2))
        return found.by_name()

    def _known_in(self, iso2: str) -> Q:
        """From the country, or with experience of it, as far as either is shown."""
        worked = Expert.countries.through._default_manager.filter(country=iso2).values("expert")
        return (Q(person__country=iso2) & shows("country", self.levels)) | (
            Q(pk__in=worked) & shows("countries", self.levels)
        )


def valid_choices() -> Choices:
    return {
        "objective": [(str(row.pk), str(row)) for row in Objective.objects.all()],
        "language": [(code, language_name(code)) for code in NAMES],
        "country": list(Country.objects.order_by().values_list("pk", "name")),
    }


def shown(levels: list[str], valid: Choices) -> Choices:
    """The languages and countries that some profile shows to readers of these levels."""
    published = Expert.objects.published().order_by()
    spoken = published.showing("languages", levels).values_list("languages__code", flat=True)
    homes = published.showing("country", levels).values_list("person__country")
    worked = published.showing("countries", levels).values_list("countries")
    codes = {
        "language": set(spoken.distinct()),
        "country": {code for (code,) in homes.union(worked)},
    }
    return {
        name: alphabetical(row for row in valid[name] if row[0] in found)
        for name, found in codes.items()
    }
