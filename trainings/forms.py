"""The application form and the small forms around it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.models import Application


class ApplicationForm(forms.Form):
    """What a person says when applying; who they are comes from their profile."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    motivation = forms.CharField(
        label=_("Why this training?"),
        help_text=_("Two or three sentences: your work, and what you want to take home."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    supervisor_name = forms.CharField(
        label=_("Your supervisor's name"), max_length=200, required=False
    )
    supervisor_email = forms.EmailField(
        label=_("Your supervisor's e-mail"),
        help_text=_("We may ask your supervisor six months later how the training helped."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    @classmethod
    def prefilled(cls, person: Any) -> "ApplicationForm":
        """A fresh form with its token, and what this person wrote last time."""
        last = Application.objects.filter(person=person).order_by("-pk").first()
        initial: dict[str, Any] = {"token": uuid.uuid4()}
        if last:
            initial["supervisor_name"] = last.supervisor_name
            initial["supervisor_email"] = last.supervisor_email
        return cls(initial=initial)


def reason_in(data: Any, most: int = 500) -> str:
    """A reason given beside a button: cut rather than refused, since its deed is done anyway."""
    return str(data.get("reason", "")).replace("\x00", "").strip()[:most]


class CheckForm(forms.Form):
    code = forms.CharField(
        label=_("Check code"),
        help_text=_("It stands at the foot of the certificate, beside the QR code."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
