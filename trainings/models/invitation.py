"""Personal invitations: a link that lets one person into one training, whatever the way in."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Person
from rtcm.accounts.models.fields import AddressField
from trainings.models.training import Training

SIGNER = signing.Signer(salt="trainings.invitation", sep=".")


def new_code() -> str:
    return secrets.token_urlsafe(18)  # 144 random bits


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> "InvitationQuerySet":
        """Neither taken back nor run out."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """The link holds the code and our signature, so that the row alone opens nothing.

    The first person who accepts it holds it; from then on the link works for nobody else.
    """

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="invitations"
    )
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    email = AddressField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language of letters"), max_length=8, default="en")
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        verbose_name=_("accepted by"),
        related_name="invitations",
        null=True,
        editable=False,
    )
    taken_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("invited by"),
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "email"],
                condition=Q(revoked_at__isnull=True),
                name="one_invitation_an_address",
                violation_error_message=_("This address is invited already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email

    def get_absolute_url(self) -> str:
        return reverse("trainings:invitation", args=[SIGNER.sign(self.code)])

    @property
    def status(self) -> str:
        if self.revoked_at:
            return str(_("Taken back"))
        if self.taken_at:
            return str(_("Accepted"))
        return str(_("Sent")) if self.expires_at > timezone.now() else str(_("Expired"))

    @property
    def can_be_revoked(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
