"""The filters of the library, read from an address: what cannot be read is left out."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from curriculum.models import Objective, Principle
from library.models import Item, Tally
from library.models.items import ItemQuerySet
from library.search import facet_counts, find, in_order
from rtcm.accounts.models import Country
from rtcm.choices import Rows, kept
from rtcm.languages import NAMES, alphabetical, language_name

SORTS = [
    ("relevance", _("Best match")),
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("title", _("By title")),
]

# Facets with many names, of which few are shown: only those are put in alphabetical order.
SORTED = ["language", "country"]


class ItemFilter(forms.Form):
    """GET form of the library; every field is optional and a wrong value counts as none."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    principle = forms.ChoiceField(label=_("Guiding principle"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    language = forms.ChoiceField(label=_("Language of the work"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    year_from = forms.IntegerField(
        label=_("From year"), required=False, min_value=1500, max_value=2200
    )
    year_to = forms.IntegerField(label=_("To year"), required=False, min_value=1500, max_value=2200)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.names = kept("library", names_of_choices)
        for facet, names in self.names.items():
            self.choice_field(facet).choices = Rows(_("Any"), names.items())
        self.is_valid()

    def choice_field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for mypy
        return field

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def is_used(self) -> bool:
        return any(self.value(name) for name in self.fields if name != "sort")

    @property
    def ignored(self) -> list[Any]:
        """Labels of the filters whose value made no sense, for one sentence on the page."""
        return [self.fields[name].label for name in self.errors]

    def apply(self, items: ItemQuerySet) -> ItemQuerySet:
        default = "relevance" if self.value("q") else "newest"
        return in_order(self.narrow(items), self.value("sort") or default)

    def narrow(self, items: ItemQuerySet, leave_out: str = "") -> ItemQuerySet:
        """Every filter but one, each on its own subquery, so that none doubles a row."""
        lookups = {
            "type": "type",
            "objective": "objectives",
            "principle": "principles",
            "country": "countries",
            "year_from": "year__gte",
            "year_to": "year__lte",
        }
        for name, lookup in lookups.items():
            if name != leave_out and self.value(name) is not None:
                items = items.filter(**{lookup: self.value(name)})
        if leave_out != "language" and self.value("language"):
            items = items.filter(languages__contains=[self.value("language")])
        return find(items, self.value("q") or "")

    def count_choices(self, items: ItemQuerySet, tally: Tally | None = None) -> None:
        """Write beside each choice how many items it leaves; hide those which leave none."""
        if tally:
            counted = kept(f"library-{tally.pk}", lambda: self.counted(tally.facets))
        else:
            counts = facet_counts(lambda facet: self.narrow(items, leave_out=facet))
            counted = self.counted(counts)
        for facet, choices in counted.items():
            self.choice_field(facet).choices = Rows(_("Any"), choices)

    def counted(self, counts: dict[str, dict[str, int]]) -> dict[str, list[tuple[str, str]]]:
        return {facet: self.counted_facet(facet, found) for facet, found in counts.items()}

    def counted_facet(self, facet: str, found: dict[str, int]) -> list[tuple[str, str]]:
        shown = {*found, self.value(facet)}
        names = [row for row in self.names[facet].items() if row[0] in shown]
        rows = alphabetical(names) if facet in SORTED else names
        return [(value, f"{name} ({found.get(value, 0)})") for value, name in rows]


def names_of_choices() -> dict[str, dict[str, str]]:
    return {
        "objective": {str(row.pk): str(row) for row in Objective.objects.all()},
        "principle": {row.pk: str(row) for row in Principle.objects.all()},
        "type": {value: str(name) for value, name in Item.Type.choices},
        "language": {code: language_name(code) for code in NAMES},
        "country": dict(Country.objects.order_by().values_list("pk", "name")),
    }
