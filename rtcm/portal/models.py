"""What the front of the house shows about the whole: figures, computed and published."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Person


class Figures(models.Model):
    """A dated snapshot of computed figures, so that no page ever counts a million rows.

    `numbers` has the shape made by rtcm/portal/figures.py.
    """

    computed_at = models.DateTimeField(_("computed at"), auto_now_add=True)
    numbers = models.JSONField(_("numbers"), default=dict)

    class Meta:
        verbose_name = _("computed figures")
        verbose_name_plural = _("computed figures")
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.computed_at:%Y-%m-%d %H:%M}"

    @classmethod
    def current(cls) -> Any:
        """The newest snapshot, or None on a site that has not counted yet."""
        return cls.objects.order_by("-pk").first()


class PublishedFigure(models.Model):
    """A figure the centre has stated publicly: kept as stated, dated, never mixed with ours."""

    label = models.CharField(_("what is counted"), max_length=120)
    value = models.CharField(_("figure as published"), max_length=60)
    as_of = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class TwoPeople(models.Model):
    """Somebody compared two records and found two people; they are not suggested again."""

    first = models.ForeignKey(Person, models.CASCADE, verbose_name=_("first"), related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, verbose_name=_("second"), related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("decided by"),
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("two people")
        verbose_name_plural = _("two people")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="two_people_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
