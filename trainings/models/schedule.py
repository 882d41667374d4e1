"""When something is held, in which time zone, and when people may apply for it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is not a time zone."), params={"name": name})


class HoursKind(models.TextChoices):
    """How minutes are told as hours; the name is printed, because 24 of one are 18 of the other."""

    ACADEMIC = "academic", _("Academic hours of 45 minutes")
    CLOCK = "clock", _("Clock hours of 60 minutes")


class Schedule(models.Model):
    """The dates of a training. Days are local to `time_zone`, moments are absolute."""

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    date_precision = models.CharField(
        _("dates known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Baku", validators=[check_time_zone]
    )
    opens_at = models.DateTimeField(_("applications open"), null=True, blank=True)
    closes_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    offer_days = models.PositiveSmallIntegerField(
        _("days to answer an offer"), default=7, validators=[MinValueValidator(1)]
    )

    hours_kind = models.CharField(
        _("hours are told as"), max_length=8, choices=HoursKind, default=HoursKind.ACADEMIC
    )

    class Meta:
        abstract = True

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.starts_on, time.min, tzinfo=self.zone)

    @property
    def is_past(self) -> bool:
        return self.ends_on < timezone.localdate(timezone=self.zone)

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def joining_ends_at(self) -> datetime:
        """Until when people may still come in: the start, or a later deadline where one is set
        (a course that runs for weeks may take people while it runs), never after the end."""
        after = datetime.combine(self.ends_on, time.max, tzinfo=self.zone)
        return min(after, max(self.starts_at, self.closes_at or self.starts_at))

    @property
    def keeps_seats_until(self) -> datetime:
        """The deadline for applications: until then “at least” quotas keep their seats."""
        return self.closes_at or self.joining_ends_at
