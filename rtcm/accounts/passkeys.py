"""allauth's forms of passkeys give one field no label, so it would read "Name" everywhere."""

from allauth.mfa.webauthn import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):
    name = forms.CharField(label=_("Name"), required=False)


class EditPasskeyForm(allauth_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("Name"))
