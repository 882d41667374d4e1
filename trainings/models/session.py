"""The sittings of a training."""

from datetime import datetime, time

from django.core.validators import URLValidator
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
    online_link = models.CharField(
        _("online link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Only accepted people see it, from one hour before until the end."),
    )
    channels = models.CharField(
        _("interpretation channels"),
        max_length=200,
        blank=True,
        help_text=_("Such as: 1 English, 2 Russian, 3 Azerbaijani."),
    )
    trainers = models.ManyToManyField(
        "experts.Expert", verbose_name=_("trainers"), related_name="sessions", blank=True
    )
    modules = models.ManyToManyField(
        "curriculum.Module", verbose_name=_("modules"), related_name="sessions", blank=True
    )

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
