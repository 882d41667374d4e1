"""The travel sheet of a residential training: its form, and how it is forgotten."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainings import planning
from trainings.models import Application, Training, TrainingStep, TravelSheet

KEPT = timedelta(days=30)  # after the training
FARTHEST = timedelta(days=30)  # between a journey and the training
State = Application.State
ACCEPTED = (State.CONFIRMED, State.ATTENDED)
GONE = (State.REJECTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN)


class TravelForm(forms.ModelForm):
    """Passport data are asked for only where the training needs them, and then of those who
    need a visa."""

    class Meta:
        model = TravelSheet
        fields = [
            *("arrives_on", "arrives_at", "arrival_by", "departs_on", "departs_at"),
            *("departure_by", "needs_hotel", "needs_visa", *TravelSheet.PASSPORT),
            *("diet", "access", "emergency_name", "emergency_phone"),
        ]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("arrives_on", "departs_on", "passport_until")
        } | {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("arrives_at", "departs_at")
        }

    def __init__(self, *args: Any, training: Training, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.training = training
        if not training.needs_passport:
            for name in TravelSheet.PASSPORT:
                del self.fields[name]
        for name, hint in {"emergency_phone": "tel", "passport_name": "off"}.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = hint

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        arrives, departs = given.get("arrives_on"), given.get("departs_on")
        if arrives and departs and departs < arrives:
            self.add_error("departs_on", _("The departure is before the arrival."))
        self._check_near(given)
        if self.training.needs_passport and given.get("needs_visa"):
            self._check_passport(given)
        return given

    def _check_near(self, given: dict[str, Any]) -> None:
        """A wrong month or year is the commonest slip."""
        earliest, latest = self.training.starts_on - FARTHEST, self.training.ends_on + FARTHEST
        for name in ("arrives_on", "departs_on"):
            day = given.get(name)
            if day and not earliest <= day <= latest:
                self.add_error(name, _("This day is more than a month away from the training."))

    def _check_passport(self, given: dict[str, Any]) -> None:
        for name in TravelSheet.PASSPORT:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("We need this for the letter that supports your visa."))
        until = given.get("passport_until")
        if until and until < (given.get("departs_on") or self.training.ends_on):
            self.add_error("passport_until", _("The passport runs out before the journey back."))


def form_for(application: Application, data: Any = None) -> TravelForm:
    """What is known already, or the days of the training to begin with."""
    training = application.training
    sheet = TravelSheet.objects.filter(application=application).first()
    fresh = {"arrives_on": training.starts_on, "departs_on": training.ends_on}
    initial = None if sheet else fresh
    return TravelForm(data, instance=sheet, initial=initial, training=training)


@transaction.atomic
def keep(application: Application, form: TravelForm) -> TravelSheet:
    """Stored while the training is still to end; a second tab overwrites, never doubles."""
    fresh = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if fresh.state not in ACCEPTED:
        raise ValidationError(gettext("Only people with a confirmed seat fill in a travel sheet."))
    if application.training.is_past:
        raise ValidationError(gettext("This training is over already."))
    given = {name: form.cleaned_data[name] for name in form.fields}
    sheet, _made = TravelSheet.objects.update_or_create(application=fresh, defaults=given)
    return sheet


def forget() -> int:
    """Deletes the sheets of trainings that ended 30 days ago and of people who do not come.

    The step it leaves on the training says how many: the evidence. Harmless twice.
    """
    over = TravelSheet.objects.filter(
        application__training__ends_on__lt=timezone.localdate() - KEPT
    )
    not_coming = TravelSheet.objects.filter(application__state__in=GONE)
    due = (over | not_coming).values_list("application__training_id", flat=True)
    return sum(_forget_of(training_id) for training_id in sorted(set(due)))


@transaction.atomic
def _forget_of(training_id: int) -> int:
    training = Training.objects.select_for_update(no_key=True).get(pk=training_id)
    sheets = TravelSheet.objects.filter(application__training=training)
    if training.ends_on >= timezone.localdate() - KEPT:
        sheets = sheets.filter(application__state__in=GONE)
    deleted, _by_model = sheets.delete()
    if deleted:
        facts = {"sheets": deleted}
        planning.record(training, TrainingStep.Deed.TRAVEL_DELETED, by=None, facts=facts)
    return deleted
