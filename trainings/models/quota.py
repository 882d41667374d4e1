"""Quotas: how many seats a country, an institution or a kind of institution may or must have."""

from typing import Any, NamedTuple

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Institution
from trainings.models.training import Training


class Place(NamedTuple):
    """Where somebody comes from, as quotas see it."""

    country_id: str | None
    institution_id: int | None
    institution_kind: str


def place_of(who: Any) -> Place:
    """Of a person or of an application; an institution that is not listed counts as “other”."""
    kind = who.institution.kind if who.institution_id else Institution.Kind.OTHER
    return Place(who.country_id, who.institution_id, kind)


class Quota(models.Model):
    """At most so many seats, or at least so many kept until the application deadline.

    `released_at` says when the seats it kept were given to whoever waits; the deadline does that.
    """

    class Bound(models.TextChoices):
        AT_MOST = "at_most", _("at most")
        AT_LEAST = "at_least", _("at least")

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="quotas"
    )
    bound = models.CharField(_("bound"), max_length=8, choices=Bound, default=Bound.AT_MOST)
    number = models.PositiveIntegerField(_("number of seats"), validators=[MinValueValidator(1)])
    country = models.ForeignKey(
        "accounts.Country",
        models.PROTECT,
        verbose_name=_("country represented"),
        related_name="+",
        null=True,
        blank=True,
    )
    institution = models.ForeignKey(
        "accounts.Institution",
        models.PROTECT,
        verbose_name=_("institution"),
        related_name="+",
        null=True,
        blank=True,
    )
    institution_kind = models.CharField(
        _("kind of institution"), max_length=20, choices=Institution.Kind, blank=True
    )
    released_at = models.DateTimeField(_("seats released"), null=True, editable=False)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="quota_number_positive",
                violation_error_message=_("A quota needs at least one seat."),
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=False, institution__isnull=True, institution_kind="")
                | Q(country__isnull=True, institution__isnull=False, institution_kind="")
                | Q(country__isnull=True, institution__isnull=True) & ~Q(institution_kind=""),
                name="quota_has_one_target",
                violation_error_message=_(
                    "Choose a country, an institution or a kind of institution: one of the three."
                ),
            ),
            models.UniqueConstraint(
                fields=["training", "bound", "country", "institution", "institution_kind"],
                nulls_distinct=False,
                name="one_quota_of_a_kind",
                violation_error_message=_("There is such a quota already; change its number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_bound_display()} {self.number}"

    @property
    def target(self) -> str:
        """The name of whom it is about."""
        return str(self.country or self.institution or self.get_institution_kind_display())

    @property
    def column(self) -> str:
        """Which of the three it is about."""
        if self.country_id:
            return "country"
        return "institution" if self.institution_id else "institution_kind"

    @property
    def key(self) -> tuple[str, str | None, int | None, str]:
        """What makes it this quota, whatever its number."""
        return (self.bound, self.country_id, self.institution_id, self.institution_kind)

    def covers(self, place: Place) -> bool:
        if self.country_id:
            return place.country_id == self.country_id
        if self.institution_id:
            return place.institution_id == self.institution_id
        return place.institution_kind == self.institution_kind
