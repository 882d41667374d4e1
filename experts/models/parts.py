"""What an expert knows, speaks, and when the expert is free."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curriculum.models import Objective
from experts.models.experts import Expert


class ExpertArea(models.Model):
    """An objective the expert can teach, with level and years of practice."""

    class Level(models.TextChoices):
        WORKING = "working", _("working knowledge")
        ADVANCED = "advanced", _("advanced")
        LEADING = "leading", _("leading expert")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="areas")
    objective = models.ForeignKey(
        Objective,
        on_delete=models.PROTECT,
        related_name="expert_areas",
        verbose_name=_("objective"),
    )
    level = models.CharField(
        _("level"), max_length=20, choices=Level.choices, default=Level.WORKING
    )
    years = models.PositiveSmallIntegerField(_("years of practice"), null=True, blank=True)

    class Meta:
        verbose_name = _("area of expertise")
        verbose_name_plural = _("areas of expertise")
        ordering = ["objective"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "objective"],
                name="expert_area_once",
                violation_error_message=_("This objective is already in the list."),
            ),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__lte=70),
                name="expert_area_years_plausible",
                violation_error_message=_("Give up to 70 years."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.get_level_display()}"


class ExpertLanguage(models.Model):
    """A language the expert speaks, by the European scale."""

    class Level(models.TextChoices):
        A1 = "A1", "A1"
        A2 = "A2", "A2"
        B1 = "B1", "B1"
        B2 = "B2", "B2"
        C1 = "C1", "C1"
        C2 = "C2", "C2"
        NATIVE = "native", _("native")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=8)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    can_train = models.BooleanField(_("can train in it"), default=False)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["-can_train", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "code"],
                name="expert_language_once",
                violation_error_message=_("This language is already in the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.level}"


class Availability(models.Model):
    """A period in which the expert is free, or busy."""

    class Kind(models.TextChoices):
        AVAILABLE = "available", _("available")
        BUSY = "busy", _("busy")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="availabilities")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.BUSY)

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availability")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="availability_ends_after_it_starts",
                violation_error_message=_("The period ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
