"""Handing a mandate over: the focal point who leaves names a successor."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import FocalPoint
from rtcm.accounts.models.fields import AddressField
from trainings.models.nomination import link_end, new_key


class HandOver(models.Model):
    """A focal point asks a successor to take the mandate over, by a link in a letter."""

    class State(models.TextChoices):
        OPEN = "open", _("Awaiting an answer")
        ACCEPTED = "accepted", _("Accepted")
        CANCELLED = "cancelled", _("Taken back")

    focal_point = models.ForeignKey(
        FocalPoint, models.CASCADE, verbose_name=_("focal point"), related_name="hand_overs"
    )
    name = models.CharField(_("successor's name"), max_length=200)
    email = AddressField(_("successor's e-mail address"))
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.OPEN, editable=False
    )
    link_key = models.CharField(
        _("key of the link"), max_length=40, unique=True, default=new_key, editable=False
    )
    link_until = models.DateTimeField(_("link works until"), default=link_end, editable=False)
    successor = models.ForeignKey(
        FocalPoint,
        models.SET_NULL,
        verbose_name=_("new focal point"),
        related_name="+",
        null=True,
        editable=False,
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["focal_point"],
                condition=Q(state="open"),
                name="one_open_hand_over",
                violation_error_message=_("A hand-over is under way already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.focal_point} → {self.name}"
