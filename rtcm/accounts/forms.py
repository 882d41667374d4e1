from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.consents import TEXTS, decision
from rtcm.accounts.models import Consent, Country, DataRequest, Institution, Person, User

ABOUT = [
    "full_name",
    "certificate_name",
    "country",
    "institution",
    "institution_name",
    "post",
    "language",
]

HINTS = {
    "full_name": _("As in your passport, in any order and script."),
    "certificate_name": _(
        "In Latin letters. Leave it empty if your full name is to be printed as it is."
    ),
    "country": _("The country you represent, not your citizenship."),
    "institution": _("Leave it empty if you represent none, or if yours is not listed."),
    "institution_name": _("Write the name of your institution if it is not in the list."),
}


def person_fields() -> dict[str, forms.Field]:
    """The questions about a person that the sign-up form and the profile share."""
    fields: dict[str, Any] = forms.fields_for_model(Person, ABOUT)
    for name, hint in HINTS.items():
        fields[name].help_text = hint
    fields["language"] = forms.ChoiceField(
        label=fields["language"].label, choices=settings.LANGUAGES, initial=get_language()
    )
    countries = Country.objects.all().alphabetical()
    fields["country"].choices = country_choices(countries)
    fields["country"].help_text = " ".join([str(HINTS["country"]), *footnotes(countries)])
    fields["country"].required = True
    fields["institution"].queryset = Institution.objects.standing()
    fields["institution"].choices = [
        ("", _("None, or not listed")),
        *((place.pk, place.name) for place in fields["institution"].queryset.alphabetical()),
    ]
    fields["full_name"].widget.attrs["autocomplete"] = "name"
    fields["post"].widget.attrs["autocomplete"] = "organization-title"
    return fields


def country_choices(countries: list[Country]) -> list[tuple[Any, Any]]:
    """The centre's own countries first."""
    ours = [(country.pk, country.marked_name) for country in countries if country.is_partner]
    others = [(country.pk, country.marked_name) for country in countries if not country.is_partner]
    return [("", _("Choose a country")), (_("Region"), ours), (_("Other countries"), others)]


def footnotes(countries: list[Country]) -> list[str]:
    """A footnote prints wherever the name does."""
    return [format_html("*&nbsp;{}", country.footnote) for country in countries if country.footnote]


# What is asked at sign-up, and whether an account needs it. Others are asked in their place.
ASKED = [("processing", True), ("announcements", False)]


class SignupForm(allauth_forms.SignupForm):
    """One page, one account. The person is made when the address is proven; see User.prove."""

    field_order = [
        "full_name",
        "certificate_name",
        "email",
        "password1",
        "country",
        "institution",
        "institution_name",
        "post",
        "language",
        "processing",
        "announcements",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(person_fields())
        for purpose, required in ASKED:
            self.fields[purpose] = forms.BooleanField(
                label=TEXTS[Consent.Purpose(purpose)].words, required=required
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            Person(**{name: data[name] for name in ABOUT if name in data}).full_clean(
                exclude=set(self.errors)
            )
        except ValidationError as problem:
            self.add_error(None, problem)
        return data

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # As slow as making an account, so that the time of the answer tells nothing.
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        with transaction.atomic():
            user = super().save(request)
            user.language = self.cleaned_data["language"]
            user.answers = self._answers()
            user.save(update_fields=["language", "answers"])
        return user

    def _answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        about = {name: data[name] for name in ABOUT if isinstance(data[name], str)}
        about["country_id"] = data["country"].pk
        about["institution_id"] = data["institution"].pk if data["institution"] else None
        at = timezone.now().isoformat()
        consents = [decision(purpose, data[purpose]) | {"at": at} for purpose, _must in ASKED]
        return {"person": about, "consents": consents}


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = [*ABOUT, "other_script_name", "sex"]
        help_texts = {
            "other_script_name": _(
                "Your name in Cyrillic, Georgian or Arabic letters, if you use one."
            ),
            "sex": _("Only for statistics; nobody sees it beside your name in public."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(person_fields())
        sexes = [("", _("I prefer not to say")), *Person.Sex.choices]
        self.fields["sex"] = forms.ChoiceField(
            label=self.fields["sex"].label,
            help_text=self.fields["sex"].help_text,
            choices=sexes,
            required=False,
        )
        self.order_fields([*ABOUT[:2], "other_script_name", *ABOUT[2:]])

    def save_for(self, user: User) -> Person:
        """The page and the letters of a user and of their person speak one language."""
        with transaction.atomic():
            person = self.save()
            User.objects.filter(pk=user.pk).update(person=person, language=person.language)
            if user.person is None:
                # Nobody gets as far as here with an address that is not proven.
                user.prove(user.email)
        return person


class DataRequestForm(forms.ModelForm):
    class Meta:
        model = DataRequest
        fields = ["note"]
        labels = {"note": _("Anything we should know")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
