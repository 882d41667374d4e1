"""Forms of the door: a tap as it arrives, and somebody who came without an application."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtcm.accounts.models import Country
from trainings.attendance import Tap
from trainings.models import Attendance, Session, Training

MOST_EARLIER = 50


def identifiers(text: str) -> frozenset[str]:
    """Taps named in a field, whatever else was put there."""
    found = set()
    for word in text.split(",")[:MOST_EARLIER]:
        try:
            found.add(str(uuid.UUID(word.strip())))
        except ValueError:
            continue
    return frozenset(found)


class TapForm(forms.Form):
    application = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    presence = forms.ChoiceField(choices=[("", ""), *Attendance.Presence.choices], required=False)
    minutes = forms.IntegerField(min_value=0, max_value=1440, required=False)
    seen = forms.UUIDField(required=False)
    tap = forms.UUIDField(required=False)
    after = forms.CharField(max_length=4_000, required=False)

    def tap_in(self) -> Tap:
        """The tap, or a refusal in one sentence."""
        if not self.is_valid():
            raise ValidationError([error for each in self.errors.values() for error in each])
        given: dict[str, Any] = self.cleaned_data
        return Tap(
            application=given["application"],
            presence=given["presence"],
            minutes=given["minutes"],
            seen=str(given["seen"] or ""),
            id=given["tap"] or uuid.uuid4(),
            after=identifiers(given["after"]),
        )


class CheckInForm(forms.Form):
    """The code of the screen; in a hybrid training also from where one follows."""

    code = forms.CharField(
        label=gettext_lazy("The code on the screen"),
        help_text=gettext_lazy("Eight letters and digits; they change every half minute."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where are you?"),
        choices=[
            ("room", gettext_lazy("In the room")),
            ("online", gettext_lazy("Online")),
        ],
        widget=forms.RadioSelect,
        initial="room",
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any(each.training.mode == Training.Mode.HYBRID for each in sessions):
            del self.fields["place"]

    @classmethod
    def opened(cls, code: str, sessions: list[Session]) -> "CheckInForm":
        return cls(initial={"code": code.replace("\x00", "")[:40]}, sessions=sessions)


class WalkInForm(forms.Form):
    """`person` says who of the people suggested it is: their number, or "new"."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("The certificate is sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    institution_name = forms.CharField(
        label=gettext_lazy("Institution"), max_length=200, required=False
    )
    country = forms.ChoiceField(label=gettext_lazy("Country represented"), required=False)
    person = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [(country.pk, str(country)) for country in Country.objects.alphabetical()]
        self.fields["country"].choices = [("", "—"), *countries]  # type: ignore[attr-defined]

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Please write the name in letters."))
        return name
