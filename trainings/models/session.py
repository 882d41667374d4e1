"""The sittings of a training, and those that were taken off it."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainings.models.clock import minutes_between, moment_of, why_skipped
from trainings.models.training import Training


def _local(name: str) -> CombinedExpression:
    """Day and clock time as the room's own clock shows them; a room is in one time zone."""
    return CombinedExpression(F("on"), "+", F(name), output_field=models.DateTimeField())


# Rooms are told apart by their names alone, whoever's training it is. Checked at the end of a
# statement, so that all sessions of a training can move by a day at once.
ROOM_IS_FREE = ExclusionConstraint(
    name="room_is_free",
    expressions=[
        (Lower("room"), "="),
        (
            Func(
                _local("starts"),
                _local("ends"),
                function="tsrange",
                output_field=DateTimeRangeField(),
            ),
            "&&",
        ),
    ],
    condition=Q(holds_room=True) & ~Q(room=""),
    violation_error_code="room",
    deferrable=Deferrable.IMMEDIATE,
    violation_error_message=_(
        "Another session is in this room at that time. Choose another time or room, or name the "
        "room more exactly, such as “Caspian Hotel, hall 2”."
    ),
)


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
    holds_room = models.BooleanField(
        editable=False, default=True, db_comment="False while its training is called off"
    )
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
            ROOM_IS_FREE,
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m} {self.starts:%H:%M} {self.title}"

    def clean(self) -> None:
        """What a form refuses: a day outside the training, a time that does not exist."""
        if self.on is None or self.starts is None or self.ends is None:
            return
        training: Any = getattr(self, "training", None)
        if training and training.starts_on and training.ends_on:
            self._check_day(training)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Forms leave hidden columns out, and a rule about a room would not be asked then. What
        is refused is said beside its field, where a form has that field."""
        left_out = set(exclude or ()) - {"holds_room"}
        try:
            super().validate_constraints(exclude=left_out)
        except ValidationError as refusal:
            said: dict[str, list[Any]] = {}
            for error in refusal.error_dict["__all__"]:
                field = "room" if error.code == "room" else "ends"
                said.setdefault("__all__" if field in left_out else field, []).append(error)
            raise ValidationError(said) from refusal

    def _check_day(self, training: Training) -> None:
        if not training.starts_on <= self.on <= training.ends_on:
            raise ValidationError(
                {"on": gettext("This day is not one of the days of the training.")}, code="day"
            )
        for name in ("starts", "ends"):
            if skipped := why_skipped(self.on, getattr(self, name), training.zone):
                raise ValidationError({name: skipped}, code="skipped")

    @property
    def starts_at(self) -> datetime:
        return moment_of(self.on, self.starts, self.training.zone)

    @property
    def ends_at(self) -> datetime:
        return moment_of(self.on, self.ends, self.training.zone)

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)


class RemovedEvent(models.Model):
    """A calendar entry that people may hold and that is no more: a session taken off a published
    training, or the whole span once sessions are planned (without times). Calendars take an entry
    out only when they are told its UID again, as cancelled."""

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="removed_events"
    )
    uid = models.CharField("UID", max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    on = models.DateField(_("day"))
    starts = models.TimeField(_("starts"), null=True)
    ends = models.TimeField(_("ends"), null=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("removed calendar entry")
        verbose_name_plural = _("removed calendar entries")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.uid
