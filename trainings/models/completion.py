"""When a certificate is earned, and of which tier: one rule a training, and exceptions by name."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application
from trainings.models.certificate import Certificate
from trainings.models.training import Training

Tier = Certificate.Tier


class CompletionRule(models.Model):
    """Whoever meets everything asked gets `tier`; others who came get participation, if allowed.

    A training without a rule gives everybody who came a certificate of participation.
    """

    training = models.OneToOneField(
        Training, models.CASCADE, verbose_name=_("training"), related_name="completion_rule"
    )
    tier = models.CharField(
        _("certificate for those who meet the rule"),
        max_length=16,
        choices=Tier,
        default=Tier.COMPLETION,
    )
    percent = models.PositiveSmallIntegerField(
        _("attendance, at least per cent of the minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    minutes = models.PositiveIntegerField(
        _("attendance, at least minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
    )
    needs_post_test = models.BooleanField(_("the post-test must be passed"), default=False)
    needs_evaluation = models.BooleanField(_("the evaluation must be answered"), default=False)
    needs_report = models.BooleanField(
        _("the end-of-training report must be filed first"), default=False
    )
    or_participation = models.BooleanField(
        _("others who came get a certificate of participation"), default=True
    )
    trainer_months = models.PositiveSmallIntegerField(
        _("trainer certificates are valid for so many months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Empty: for good. Counts for certificates that are issued from then on."),
    )

    class Meta:
        verbose_name = _("completion rule")
        verbose_name_plural = _("completion rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=1, percent__lte=100),
                name="completion_percent",
                violation_error_message=_("Give between 1 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_tier_display()

    def clean(self) -> None:
        if self.tier == Tier.PARTICIPATION and not self.or_participation:
            raise ValidationError(
                _("For participation there is nothing lower to give; please leave the last box.")
            )


class CompletionOverride(models.Model):
    """Staff decided otherwise for one person; rows are only ever added, the last one counts."""

    class Given(models.TextChoices):
        BY_RULE = "rule", _("As the rule says")
        NONE = "none", _("No certificate")
        PARTICIPATION = "participation", _("Certificate of participation")
        COMPLETION = "completion", _("Certificate of completion")
        TRAINER = "trainer", _("Trainer certificate")

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application"),
        related_name="completion_overrides",
    )
    given = models.CharField(_("certificate"), max_length=16, choices=Given)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("decided by"),
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("exception from the completion rule")
        verbose_name_plural = _("exceptions from completion rules")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_exception_has_its_reason"),
        ]

    def __str__(self) -> str:
        return self.get_given_display()


class TrainingReport(models.Model):
    """What the centre writes down after a training; filed once it is complete."""

    training = models.OneToOneField(
        Training, models.CASCADE, verbose_name=_("training"), related_name="report"
    )
    course = models.TextField(_("What was done"), max_length=10_000, blank=True)
    results = models.TextField(_("What was reached"), max_length=10_000, blank=True)
    difficulties = models.TextField(
        _("What was difficult, and what we learn from it"), max_length=10_000, blank=True
    )
    recommendations = models.TextField(
        _("Recommendations and next steps"), max_length=10_000, blank=True
    )
    filed_at = models.DateTimeField(_("filed at"), null=True, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("filed by"),
        null=True,
        related_name="+",
        editable=False,
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    SECTIONS = ("course", "results", "difficulties", "recommendations")
    NEEDED = ("course", "results", "recommendations")

    class Meta:
        verbose_name = _("end-of-training report")
        verbose_name_plural = _("end-of-training reports")

    def __str__(self) -> str:
        return str(self.training)
