"""How old one must be, and who speaks for a minor."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtcm.accounts.models import Person
from trainings.asking import DateField
from trainings.models import Training
from trainings.models.training import ADULT

GUARDIAN = ("guardian_name", "guardian_email", "guardian_language")
AGE_FIELDS = ("born_on", *GUARDIAN)


def years_on(day: date, born: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def asks_age(training: Training) -> bool:
    return training.minimum_age < ADULT


def age_fields() -> dict[str, forms.Field]:
    """Asked where minors may come; the last three only of minors."""
    only = gettext_lazy("Only if you are younger than 18 on the first day of the training.")
    return {
        "born_on": DateField(
            label=gettext_lazy("Your date of birth"),
            help_text=gettext_lazy("This training admits minors, so we ask everybody."),
        ),
        "guardian_name": forms.CharField(
            label=gettext_lazy("Your parent's or guardian's name"),
            help_text=only,
            max_length=200,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        ),
        "guardian_email": forms.EmailField(
            label=gettext_lazy("Your parent's or guardian's e-mail"),
            help_text=gettext_lazy("We send them a link on which they agree, or do not."),
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        ),
        "guardian_language": forms.ChoiceField(
            label=gettext_lazy("The language in which we write to them"),
            choices=[("", gettext_lazy("The language of this page")), *settings.LANGUAGES],
            required=False,
        ),
    }


def is_minor(training: Training, given: dict[str, Any]) -> bool:
    born = given.get("born_on")
    return born is not None and years_on(training.starts_on, born) < ADULT


def age_errors(training: Training, person: Person, given: dict[str, Any]) -> dict[str, str]:
    """What is wrong with what was said about age, by field; the empty name is the whole form."""
    if not asks_age(training):
        return _by_year(training, person)
    born = given.get("born_on")
    if not born:
        return {}  # the field itself says so
    if years_on(training.starts_on, born) < training.minimum_age:
        return {"born_on": _too_young(training)}
    return _about_guardian(person, given) if is_minor(training, given) else {}


def _by_year(training: Training, person: Person) -> dict[str, str]:
    """Nobody is asked, but a year of birth that is known already may say it."""
    year = person.birth_year
    if year and training.starts_on.year - year < training.minimum_age:
        return {"": _too_young(training)}
    return {}


def _too_young(training: Training) -> str:
    return _("This training is for people who are at least %(age)s on its first day.") % {
        "age": training.minimum_age
    }


def _about_guardian(person: Person, given: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if not given.get("guardian_name"):
        errors["guardian_name"] = _("You are a minor: please say who your guardian is.")
    address = given.get("guardian_email")
    if not address:
        errors["guardian_email"] = _("You are a minor: please say where we can ask your guardian.")
    elif person.emails.filter(email=address.lower()).exists():
        errors["guardian_email"] = _("This is your own address; we must ask your guardian.")
    return errors
