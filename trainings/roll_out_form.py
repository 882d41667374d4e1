"""The form of a roll-out, short enough for two minutes."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.models import Module
from rtcm.accounts.models import Country, Institution
from trainings.models import Certificate, ReachedGroup, RollOut
from trainings.rolling_out import Told

MOST = 5_000  # people in one box
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def box(kind: str, sex: str) -> str:
    return f"reached-{kind}-{sex}"


class RollOutForm(forms.Form):
    """`graduations`: whose roll-out it may be; with one only, nothing is asked."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    graduation = forms.TypedChoiceField(label=_("Which training, and who held the session"))
    on = forms.DateField(label=_("Day"), widget=DAY)
    country: Any = forms.ModelChoiceField(Country.objects.none(), label=_("Country"))
    city = forms.CharField(label=_("Town or village"), max_length=100)
    hours = forms.DecimalField(
        label=_("Hours of teaching"),
        help_text=_("Academic hours of 45 minutes."),
        min_value=1,
        max_value=200,
        max_digits=4,
        decimal_places=1,
    )
    modules: Any = forms.ModelMultipleChoiceField(
        Module.objects.none(), label=_("Topics"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, graduations: list[Certificate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.graduations = {str(row.pk): row for row in graduations}
        choice: Any = self.fields["graduation"]
        choice.choices = [(pk, _named(row)) for pk, row in self.graduations.items()]
        trainings = {row.application.training_id for row in graduations}
        taught = Module.objects.filter(trainings__in=trainings).distinct()
        modules: Any = self.fields["modules"]
        modules.queryset = taught if taught.exists() else Module.objects.published()
        countries: Any = self.fields["country"]
        countries.queryset = Country.objects.all()
        for kind in Institution.Kind:
            for sex in ReachedGroup.Sex:
                self.fields[box(kind.value, sex.value)] = _box(f"{kind.label}, {sex.label}")

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    @property
    def told_fields(self) -> list[Any]:
        names = ["graduation", "on", "country", "city", "hours", "modules"]
        return [self[name] for name in names if name in self.fields]

    @property
    def rows(self) -> list[tuple[Any, list[Any]]]:
        """The table: a row for each type of institution, a box for each sex."""
        sexes = ReachedGroup.Sex.values
        return [
            (kind.label, [self[box(kind.value, sex)] for sex in sexes]) for kind in Institution.Kind
        ]

    @property
    def sexes(self) -> list[Any]:
        return list(ReachedGroup.Sex.labels)

    @property
    def chosen(self) -> Certificate:
        return self.graduations[self.cleaned_data["graduation"]]

    @property
    def told(self) -> Told:
        names = ["on", "country", "city", "hours", "modules"]
        return Told(
            **{name: self.cleaned_data[name] for name in names},
            reached={
                (kind, sex): self.cleaned_data.get(box(kind, sex)) or 0
                for kind in Institution.Kind.values
                for sex in ReachedGroup.Sex.values
            },
        )


def _named(row: Certificate) -> str:
    return f"{row.application.training.title} — {row.application.person.full_name}"


def _box(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label}),
    )


def fresh(person: Any, graduations: list[Certificate]) -> RollOutForm:
    initial: dict[str, Any] = {"token": uuid.uuid4(), "on": timezone.localdate()}
    initial["country"] = person.country_id
    if graduations:
        initial["graduation"] = str(graduations[0].pk)
    return RollOutForm(initial=initial, graduations=graduations)


def as_logged(roll_out: RollOut, graduations: list[Certificate]) -> dict[str, Any]:
    """What was said last time, to be put right."""
    training = roll_out.training
    boxes = {
        box(group.institution_kind, group.sex): group.persons
        for group in training.reached_groups.all()
    }
    return {
        "on": training.starts_on,
        "country": training.country_id,
        "city": training.city,
        "hours": roll_out.hours,
        "modules": training.modules.all(),
        **boxes,
    }
