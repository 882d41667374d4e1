"""A certificate: everything its document says, frozen on the day of issue."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application
from trainings.models.schedule import HoursKind

# Letters and digits without those that people mix up (I, L, O, U, 0, 1).
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 27


def new_code() -> str:
    """A check code of at least 128 random bits (30 symbols, 27 places: 132 bits)."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


class CertificateCounter(models.Model):
    """The last number given out in a year; locked by the transaction that issues."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> "CertificateQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("trainings.view_certificate"):
            return self
        return self.belonging_to(user)

    def belonging_to(self, user: Any) -> "CertificateQuerySet":
        return self.filter(application__person__user=user)


class Certificate(models.Model):
    """`texts` holds, per language code, the frozen title and place that the document prints.

    `sha256` and `rendered_at` stay empty until the worker has stored the file at `path`.
    `language` is that of the person's letters; the document is in `languages`, or in that one.
    Without a `design_version` it has the centre's own design (trainings/look.py).
    """

    class Tier(models.TextChoices):
        PARTICIPATION = "participation", _("Certificate of participation")
        COMPLETION = "completion", _("Certificate of completion")
        TRAINER = "trainer", _("Trainer certificate")

    class State(models.TextChoices):
        VALID = "valid", _("Valid")
        SUPERSEDED = "superseded", _("Superseded")
        REVOKED = "revoked", _("Revoked")

    class RevokedFor(models.TextChoices):
        """What the check page says; the reason in words stays with the centre."""

        MISTAKE = "mistake", _("Issued by mistake")
        CONDITIONS = "conditions", _("The conditions for it were not met")
        FALSE_STATEMENTS = "false", _("It rested on false statements")
        OWN_WISH = "own_wish", _("At the wish of its holder")
        OTHER = "other", _("Another reason")

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    code = models.CharField(
        _("check code"), max_length=32, unique=True, default=new_code, editable=False
    )
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="certificates"
    )
    tier = models.CharField(_("tier"), max_length=16, choices=Tier, default=Tier.PARTICIPATION)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.VALID, editable=False
    )
    language = models.CharField(_("language"), max_length=8)
    languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("languages of the document"),
        size=2,
        default=list,
        blank=True,
    )
    design_version = models.ForeignKey(
        "trainings.DesignVersion",
        models.PROTECT,
        verbose_name=_("version of the design"),
        null=True,
        blank=True,
        related_name="certificates",
    )
    holder = models.CharField(_("name on the certificate"), max_length=90)
    texts = models.JSONField(_("printed texts"), default=dict)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    hours_kind = models.CharField(
        _("kind of hours"), max_length=8, choices=HoursKind, default=HoursKind.ACADEMIC
    )
    objectives = models.JSONField(_("objectives"), default=list)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", editable=False
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    revoked_for = models.CharField(
        _("kind of reason"), max_length=12, choices=RevokedFor, blank=True, editable=False
    )
    revoked_reason = models.TextField(_("reason"), blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    path = models.CharField(_("file"), max_length=120, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    renderer = models.CharField(_("renderer"), max_length=40, blank=True, editable=False)
    rendered_at = models.DateTimeField(_("file made at"), null=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-pk"]
        permissions = [
            ("issue_certificate", _("Can issue certificates")),
            ("revoke_certificate", _("Can revoke certificates")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "tier"],
                condition=Q(state="valid"),
                name="one_valid_certificate",
                violation_error_message=_("A valid certificate exists already."),
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False) | ~Q(state="revoked"),
                name="revoked_has_its_date",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="certificate_by_hash"),
            models.Index(  # few of many, asked for with every status list
                fields=["id"],
                name="certificate_gone",
                condition=Q(state__in=["revoked", "superseded"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("trainings:certificate_page", args=[self.code])

    @property
    def document_languages(self) -> list[str]:
        """One or two codes; the first leads."""
        return self.languages or [self.language]

    @property
    def grouped_code(self) -> str:
        """The code in groups of nine, as printed: people type it from paper."""
        return "-".join(self.code[start : start + 9] for start in range(0, len(self.code), 9))

    @property
    def standing(self) -> str:
        """valid, expired, superseded or revoked, as of today."""
        if self.state == self.State.VALID and self.expires_on:
            return "expired" if self.expires_on < timezone.localdate() else "valid"
        return str(self.state)
