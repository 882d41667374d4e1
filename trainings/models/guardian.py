"""Where an applicant is a minor: the guardian who must agree."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application


def new_secret() -> str:
    return secrets.token_urlsafe(24)  # 192 random bits


class GuardianConsent(models.Model):
    """One row per application of a minor; its existence says that the applicant is one."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the guardian")
        GIVEN = "given", _("The guardian agrees")
        REFUSED = "refused", _("The guardian does not agree")

    application = models.OneToOneField(
        Application, models.CASCADE, verbose_name=_("application"), related_name="guardian"
    )
    born_on = models.DateField(_("date of birth"))
    name = models.CharField(_("guardian's name"), max_length=200)
    email = models.EmailField(_("guardian's e-mail"))
    language = models.CharField(_("guardian's language"), max_length=8)
    state = models.CharField(
        _("status"), max_length=8, choices=State, default=State.ASKED, editable=False
    )
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    text_version = models.CharField(_("version of the text"), max_length=20, blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        verbose_name = _("guardian's consent")
        verbose_name_plural = _("guardians' consents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | Q(answered_at__isnull=False) & ~Q(state="asked"),
                name="a_guardians_answer_has_its_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="asked"), name="guardians_to_remind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application.person}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """The link works as long as people may still join the training."""
        return self.application.training.joining_ends_at > timezone.now()
