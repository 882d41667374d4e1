"""How much the whole library holds, counted now and then."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """Made by library/counting.py; a library small enough to count on every page has none."""

    counted_at = models.DateTimeField(_("counted at"), auto_now_add=True)
    total = models.PositiveIntegerField(_("published works"))
    facets = models.JSONField(_("works per choice"))

    class Meta:
        verbose_name = _("tally of the library")
        verbose_name_plural = _("tallies of the library")

    def __str__(self) -> str:
        return f"{self.total}, {self.counted_at:%Y-%m-%d %H:%M}"

    @classmethod
    def current(cls) -> Any:
        return cls._default_manager.order_by("-pk").first()
