"""A nomination: a focal point proposes somebody, with a signed letter."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtcm.accounts.models import FocalPoint, Person
from rtcm.accounts.models.fields import AddressField
from trainings.models.application import Application
from trainings.models.training import Training

LINK_DAYS = 30  # a link in a letter works that long; a new letter carries a new link


def new_key() -> str:
    """192 random bits: what makes a link in a letter impossible to guess."""
    return secrets.token_urlsafe(24)


def link_end() -> Any:
    return timezone.now() + timedelta(days=LINK_DAYS)


class NominationLetter(models.Model):
    """The signed letter that a focal point's nominations rest on."""

    training = models.ForeignKey(
        Training,
        models.PROTECT,
        verbose_name=_("training"),
        related_name="nomination_letters",
    )
    focal_point = models.ForeignKey(
        FocalPoint,
        models.PROTECT,
        verbose_name=_("focal point"),
        related_name="nomination_letters",
    )
    file = models.FileField(_("file"), upload_to="nominations", max_length=200)
    name = models.CharField(_("name of the file"), max_length=150)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("added by"),
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("nomination letter")
        verbose_name_plural = _("nomination letters")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class NominationQuerySet(models.QuerySet["Nomination"]):
    def within(self, focal_point: FocalPoint) -> "NominationQuerySet":
        """What this mandate may see: its own, and all from its institution or its country."""
        if focal_point.institution_id:
            return self.filter(
                Q(focal_point=focal_point) | Q(institution=focal_point.institution_id)
            )
        return self.filter(Q(focal_point=focal_point) | Q(country=focal_point.country_id))

    def live(self) -> "NominationQuerySet":
        return self.exclude(state__in=Nomination.ENDED)

    def arrived(self) -> "NominationQuerySet":
        """What the centre has seen: everything but drafts."""
        return self.exclude(state=Nomination.State.DRAFT)

    def for_lists(self) -> "NominationQuerySet":
        return self.select_related(
            "application", "person", "country", "institution", "letter", "replaced_by"
        )


class Nomination(models.Model):
    """What a focal point says of somebody stands here; who that is, `person` says once known.

    A verified address is known at once. Otherwise the nominee says so by following the link in
    the letter, or the focal point does for somebody without an address.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("nomination", "Draft")
        SENT = "sent", pgettext_lazy("nomination", "Sent")
        ACCEPTED = "accepted", pgettext_lazy("nomination", "Accepted")
        RETURNED = "returned", pgettext_lazy("nomination", "Returned")
        WAITLISTED = "waitlisted", pgettext_lazy("nomination", "On the waiting list")
        REPLACED = "replaced", pgettext_lazy("nomination", "Replaced")
        WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")

    ENDED = (State.REPLACED, State.WITHDRAWN)
    OPEN = (State.DRAFT, State.RETURNED)  # in the hands of the focal point
    ARRIVED = (State.SENT, State.ACCEPTED, State.WAITLISTED)  # in the hands of the centre

    training = models.ForeignKey(
        Training, models.PROTECT, verbose_name=_("training"), related_name="nominations"
    )
    focal_point = models.ForeignKey(
        FocalPoint, models.PROTECT, verbose_name=_("focal point"), related_name="nominations"
    )
    country = models.ForeignKey(
        "accounts.Country", models.PROTECT, verbose_name=_("country represented"), null=True
    )
    institution = models.ForeignKey(
        "accounts.Institution", models.PROTECT, verbose_name=_("institution"), null=True
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name=_("person"),
        related_name="nominations",
        null=True,
    )
    full_name = models.CharField(_("full name"), max_length=200)
    email = AddressField(_("e-mail address"), blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Person.Sex, blank=True)
    understands = ArrayField(
        models.CharField(max_length=8), verbose_name=_("languages understood"), default=list
    )
    note = models.TextField(_("note"), max_length=500, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"))
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    reason = models.TextField(_("reason"), blank=True, editable=False)
    letter = models.ForeignKey(
        NominationLetter,
        models.PROTECT,
        verbose_name=_("signed letter"),
        related_name="nominations",
        null=True,
        editable=False,
    )
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        verbose_name=_("application"),
        related_name="nomination",
        null=True,
        editable=False,
    )
    replaced_by = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name=_("replaced by"),
        related_name="stands_for",
        null=True,
        editable=False,
    )
    on_paper = models.BooleanField(_("consented on paper"), default=False, editable=False)
    link_key = models.CharField(
        _("key of the link"), max_length=40, unique=True, default=new_key, editable=False
    )
    link_until = models.DateTimeField(_("link works until"), null=True, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "email"],
                condition=~Q(email="") & ~Q(state__in=("replaced", "withdrawn")),
                name="nominated_once_by_email",
                violation_error_message=_(
                    "Somebody with this e-mail address is nominated for this training already."
                ),
            ),
            models.UniqueConstraint(
                fields=["training", "person"],
                condition=Q(person__isnull=False) & ~Q(state__in=("replaced", "withdrawn")),
                name="nominated_once",
                violation_error_message=_("This person is nominated for this training already."),
            ),
        ]
        indexes = [
            models.Index(fields=["training", "focal_point", "rank"], name="nomination_list"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} — {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDED

    @property
    def awaits_form(self) -> bool:
        """Sent, and nobody has filled in the application form yet."""
        return self.state in self.ARRIVED and self.application_id is None
