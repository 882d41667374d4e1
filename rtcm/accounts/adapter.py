"""allauth's letters go through the ledger of letters, codes and links masked."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language

from rtcm.accounts.models import User
from rtcm.jobs.letters import write_letter
from rtcm.jobs.sealing import seal, unseal

# What a stored letter may not show: with a live code staff could take an account over.
SECRETS = ("code", "key")


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """`account/email/login_code` is our letter `accounts/login_code`."""
        letter = template_prefix.rpartition("/")[2]
        user = User.objects.select_related("person").filter(email=email).first()
        with transaction.atomic():
            write_letter(
                f"accounts/{letter}",
                to=email,
                language=self._language(user),
                context=self._words(email, user, context),
                dedupe_key=f"accounts/{letter}:{uuid4().hex}",
                user=user,
                secrets=[str(context[name]) for name in SECRETS if context.get(name)],
            )

    def _language(self, user: User | None) -> str:
        """As the person reads now: nobody else sees these pages with this address."""
        return get_language() or (user and user.language) or settings.LANGUAGE_CODE

    def _words(self, email: str, user: User | None, context: dict[str, Any]) -> dict[str, str]:
        """Plain words for the letter, links on our own origin only."""
        return {
            "name": user.get_full_name() if user and user.person else "",
            "email": email,
            "code": str(context.get("code", "")),
            "old_email": str(context.get("from_email", "")),
            "new_email": str(context.get("to_email", "")),
            "sign_up_link": settings.SITE_ORIGIN + reverse("account_signup"),
            "reset_link": settings.SITE_ORIGIN + reverse("account_reset_password"),
            "security_link": settings.SITE_ORIGIN + reverse("mfa_index"),
        }


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps and recovery codes are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
