"""Who was there, session by session."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application
from trainings.models.session import Session


class Attendance(models.Model):
    """One mark: one application in one session. Minutes follow the session unless said."""

    class Presence(models.TextChoices):
        IN_ROOM = "in_room", _("In the room")
        ONLINE = "online", _("Online")
        ABSENT = "absent", _("Absent")

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="attendance"
    )
    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name=_("session"), related_name="attendance"
    )
    presence = models.CharField(_("presence"), max_length=8, choices=Presence)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("marked by"),
        null=True,
        related_name="+",
    )
    by_self = models.BooleanField(_("checked in by themselves"), default=False)
    tap = models.UUIDField(
        default=uuid.uuid4,
        editable=False,
        db_comment="the tap that wrote it: who saw this one may write, the same again is no news",
    )
    at = models.DateTimeField(_("time"), auto_now=True)

    class Meta:
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["application", "session"], name="one_mark_a_session"),
        ]

    def __str__(self) -> str:
        return self.get_presence_display()
