"""What those who select think of an applicant."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application

LONGEST_NOTE = 2_000


class ReviewNote(models.Model):
    """One remark of one reviewer; others read it beside their own, nobody rewrites it."""

    application = models.ForeignKey(
        Application, models.CASCADE, verbose_name=_("application"), related_name="review_notes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("written by"),
        null=True,
        related_name="+",
    )
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("reviewer's note")
        verbose_name_plural = _("reviewers' notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
