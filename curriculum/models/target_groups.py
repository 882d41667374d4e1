"""For whom something is taught."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetGroup(models.Model):
    """A line of work: border officials, consular staff, social workers, trainers ..."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
