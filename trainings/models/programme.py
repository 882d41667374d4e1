"""What happens within a session: the items of its programme and what there is to read."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library.models import Item
from trainings.models.session import Session


class ProgrammeItem(models.Model):
    """One line of the programme; who speaks is a name on it and needs no account."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        LECTURE = "lecture", _("Lecture")
        DISCUSSION = "discussion", _("Discussion")
        GROUP_WORK = "group_work", _("Group work")
        EXERCISE = "exercise", _("Exercise")
        TEST = "test", _("Test")
        VISIT = "visit", _("Visit")
        REGISTRATION = "registration", _("Registration of participants")
        BREAK = "break", _("Break")
        LUNCH = "lunch", _("Lunch")
        CLOSING = "closing", _("Closing")
        OTHER = "other", _("Other")

    PAUSES = (Kind.BREAK, Kind.LUNCH)

    session = models.ForeignKey(
        Session, models.CASCADE, verbose_name=_("session"), related_name="programme"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.LECTURE)
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("A break or a lunch needs none."),
    )
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    speakers = models.CharField(
        _("speakers"),
        max_length=300,
        blank=True,
        help_text=_("Names and posts, separated by semicolons. They need no account."),
    )

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="programme_item_ends_after_start",
                violation_error_message=_("A programme item must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M} {self.title or self.get_kind_display()}"

    @property
    def is_pause(self) -> bool:
        return self.kind in self.PAUSES


class SessionMaterialQuerySet(models.QuerySet["SessionMaterial"]):
    def shown_to(self, *visibilities: str) -> "SessionMaterialQuerySet":
        """Of published works only: a draft of the library is nobody's reading yet."""
        public = self.filter(visibility__in=visibilities, item__status=Item.Status.PUBLISHED)
        return public.select_related("item")


class SessionMaterial(models.Model):
    """An item of the e-library that belongs to a session, and who is shown it there.

    Who may open its files stays the library's own decision.
    """

    class Visibility(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        ACCEPTED = "accepted", _("accepted people only")
        TRAINERS = "trainers", _("certified trainers only")

    session = models.ForeignKey(
        Session, models.CASCADE, verbose_name=_("session"), related_name="materials"
    )
    item = models.ForeignKey(
        "library.Item",
        models.CASCADE,
        verbose_name=_("library item"),
        related_name="session_materials",
    )
    visibility = models.CharField(
        _("shown to"), max_length=10, choices=Visibility, default=Visibility.EVERYBODY
    )

    objects = SessionMaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "item"],
                name="a_material_once_a_session",
                violation_error_message=_("This material is already on the session's list."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)
