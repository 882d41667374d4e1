"""The sittings of a training."""

from datetime import datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainings.models.training import Training


class Session(models.Model):
    """One sitting of a training: a local day with local times (Source of the zone: Training)."""

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=200)
    on = models.DateField(_("day"))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    room = models.CharField(_("room"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="session_ends_after_start",
                violation_error_message=_("A session must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m} {self.starts:%H:%M} {self.title}"

    @property
    def starts_at(self) -> datetime:
        return self._moment(self.starts)

    @property
    def ends_at(self) -> datetime:
        return self._moment(self.ends)

    def _moment(self, local: time) -> datetime:
        return datetime.combine(self.on, local, tzinfo=self.training.zone)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
