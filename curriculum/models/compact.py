"""The Global Compact: its objectives and its guiding principles."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundTable(models.IntegerChoices):
    """The four clusters in which the review forum discusses the objectives."""

    REGULAR = 1, _("Voluntary, orderly and regular migration")
    BORDERS = 2, _("Protection through rights-based border governance")
    INTEGRATION = 3, _("Integration of migrants and their contribution to development")
    EVIDENCE = 4, _("Evidence-based policy, public debate and cooperation")


class Objective(models.Model):
    """One of the Compact's 23 objectives; number 0 stands for the whole Compact."""

    GENERAL = 0

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    label = models.CharField(_("short label"), max_length=100)
    round_table = models.PositiveSmallIntegerField(
        _("round table"), choices=RoundTable.choices, null=True, blank=True
    )
    unofficial = models.JSONField(
        _("unofficial languages"),
        default=list,
        blank=True,
        help_text=_("Codes of the languages whose wording is our own working translation."),
    )

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__lte=23),
                name="objective_number_up_to_23",
                violation_error_message=_("The Compact has 23 objectives."),
            ),
        ]

    def __str__(self) -> str:
        return self.label if self.is_general else f"{self.number}. {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("portal:objective_page", args=[self.number])

    @property
    def is_general(self) -> bool:
        return self.number == self.GENERAL

    @property
    def objective_numbers(self) -> list[int]:
        return [self.number]


class Principle(models.Model):
    """One of the Compact's ten guiding principles, (a) to (j)."""

    letter = models.CharField(
        pgettext_lazy("of a principle", "letter"), max_length=1, primary_key=True
    )
    title = models.CharField(_("title"), max_length=200)
    unofficial = models.JSONField(
        _("unofficial languages"),
        default=list,
        blank=True,
        help_text=_("Codes of the languages whose wording is our own working translation."),
    )

    class Meta:
        verbose_name = _("guiding principle")
        verbose_name_plural = _("guiding principles")
        ordering = ["letter"]
        constraints = [
            models.CheckConstraint(
                condition=Q(letter__regex="^[a-j]$"),
                name="principle_letter_a_to_j",
                violation_error_message=_("The principles are lettered a to j."),
            ),
        ]

    def __str__(self) -> str:
        return f"({self.letter}) {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("portal:principle_page", args=[self.letter])
