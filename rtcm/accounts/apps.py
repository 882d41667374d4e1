from typing import Any

from allauth.account.signals import email_changed, email_confirmed
from django.apps import AppConfig
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "rtcm.accounts"
    label = "accounts"
    verbose_name = _("People and institutions")


@receiver(email_confirmed)
def on_email_confirmed(email_address: Any, **kwargs: Any) -> None:
    email_address.user.prove(email_address.email)


@receiver(email_changed)
def on_email_changed(user: Any, from_email_address: Any, **kwargs: Any) -> None:
    if from_email_address:
        user.disown(from_email_address.email)
