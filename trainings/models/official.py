"""Official letters of the centre: the outgoing register. Rows are voided, never removed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.models.training import Training


class LetterCounter(models.Model):
    """The last number given out in a year; locked by the transaction that issues."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class OfficialLetter(models.Model):
    """One line of the register, with the text as it was issued; a trigger keeps it as it is."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        VISA_SUPPORT = "visa_support", _("Visa support")
        ACCEPTANCE = "acceptance", _("Acceptance")
        NOMINATION_REQUEST = "nomination_request", _("Request for nominations")
        THANKS = "thanks", _("Letter of thanks")

    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    serial = models.PositiveIntegerField(_("number in the year"), editable=False)
    dated = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=8)
    training = models.ForeignKey(
        Training,
        models.PROTECT,
        related_name="official_letters",
        verbose_name=_("training"),
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="official_letters",
        verbose_name=_("person"),
    )
    institution = models.ForeignKey(
        "accounts.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="official_letters",
        verbose_name=_("institution"),
    )
    addressee = models.CharField(_("addressee"), max_length=500)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    batch = models.UUIDField(_("form token"), default=uuid.uuid4, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    scan = models.FileField(_("signed scan"), upload_to="letters", max_length=200, blank=True)
    voided_at = models.DateTimeField(_("voided"), null=True, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("voided by"),
    )
    void_reason = models.TextField(_("reason for voiding"), blank=True, editable=False)
    is_demo = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("official letter")
        verbose_name_plural = _("official letters")
        ordering = ["-year", "-serial"]
        permissions = [
            ("issue_letter", _("Can issue official letters")),
            ("void_letter", _("Can void official letters")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["batch", "person", "institution"],
                nulls_distinct=False,
                name="letter_once_a_form",
                violation_error_message=_("This letter was already written with this form."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(institution__isnull=False),
                name="letter_has_an_addressee",
                violation_error_message=_("A letter is for a person or an institution."),
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="letter_voided_with_a_reason",
                violation_error_message=_("Please give a reason for voiding."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"RTCM-L-{self.year}-{self.serial:04d}"

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None
