"""What was done with a training, by whom and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.training import Training


class TrainingStep(models.Model):
    """One deed of planning. Rows are only added: a trigger refuses the rest.

    `facts` holds what the deed changed, ready for JSON: the dates before and after, how many
    travel sheets a sweep deleted, which training a copy was made of.
    """

    class Deed(models.TextChoices):
        PUBLISHED = "published", _("Published")
        POSTPONED = "postponed", _("Postponed")
        MOVED = "moved", _("Moved to other dates")
        CANCELLED = "cancelled", _("Cancelled")
        COPIED = "copied", _("Copied from another training")
        SESSION_REMOVED = "session_removed", _("Session removed")
        CERTIFICATES_CHOSEN = "certificates", _("Design or languages of certificates chosen")
        TRAVEL_DELETED = "travel_deleted", _("Travel sheets deleted")

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="steps"
    )
    deed = models.CharField(_("deed"), max_length=16, choices=Deed)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("decided by"),
        null=True,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(_("what changed"), default=dict)
    revision = models.PositiveIntegerField(_("revision of the calendar"), default=0)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of planning")
        verbose_name_plural = _("steps of planning")
        ordering = ["pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.get_deed_display()
