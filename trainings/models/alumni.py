"""Alumni: what each shows of themselves, letters between them, and calls for trainers.

Whether somebody is listed is their latest consent (purpose "alumni"), and nothing else.
"""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Consent, Person
from trainings.models.application import Application
from trainings.models.training import ADULT, Training


class AlumniQuerySet(models.QuerySet["AlumniProfile"]):
    def listed(self) -> "AlumniQuerySet":
        """Attended something, agreed to be listed, and surely of age."""
        decided = Consent.objects.filter(
            person=OuterRef("person"), purpose=Consent.Purpose.ALUMNI
        ).order_by("-at", "-pk")
        took_part = Application.objects.filter(
            person=OuterRef("person"), state=Application.State.ATTENDED
        )
        born = timezone.localdate().year - ADULT - 1
        grown_up = Q(person__birth_year__lte=born) | Q(
            Exists(took_part.filter(training__minimum_age__gte=ADULT)),
            person__birth_year__isnull=True,
        )
        agreed = self.annotate(agrees=Subquery(decided.values("given")[:1]))
        return agreed.filter(grown_up, Exists(took_part), agrees=True)

    def matching(self, words: str) -> "AlumniQuerySet":
        return self.filter(person__in=Person.objects.matching(words).values("pk"))


class AlumniProfile(models.Model):
    """What somebody shows to other alumni; the name always, the rest as ticked."""

    class Shown(models.TextChoices):
        COUNTRY = "country", _("country")
        INSTITUTION = "institution", _("institution")
        POST = "post", _("job title")
        TRAININGS = "trainings", _("trainings attended, with their objectives")

    person = models.OneToOneField(
        Person,
        models.CASCADE,
        primary_key=True,
        related_name="alumni_profile",
        verbose_name=_("person"),
    )
    shows = ArrayField(
        models.CharField(max_length=12, choices=Shown),
        verbose_name=_("shown to other alumni"),
        default=list,
        blank=True,
    )
    about = models.CharField(_("about me"), max_length=500, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = AlumniQuerySet.as_manager()

    class Meta:
        verbose_name = _("alumni profile")
        verbose_name_plural = _("alumni profiles")

    def __str__(self) -> str:
        return self.person.full_name


class RelayLetter(models.Model):
    """A letter between two people of the cascade; neither sees the other's address."""

    sender = models.ForeignKey(
        Person, models.CASCADE, related_name="letters_sent", verbose_name=_("sender")
    )
    recipient = models.ForeignKey(
        Person, models.CASCADE, related_name="letters_received", verbose_name=_("recipient")
    )
    text = models.TextField(_("text"), max_length=2_000)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("letter between alumni")
        verbose_name_plural = _("letters between alumni")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["sender", "-at"], name="relay_letter_sender")]

    def __str__(self) -> str:
        return f"{self.sender} → {self.recipient}"


class CallQuerySet(models.QuerySet["Call"]):
    def open(self, on: datetime.date | None = None) -> "CallQuerySet":
        return self.filter(closes_on__gte=on or timezone.localdate())


class Call(models.Model):
    """The centre looks for alumni who train in one of its trainings."""

    training = models.ForeignKey(
        Training, models.CASCADE, related_name="calls", verbose_name=_("training")
    )
    text = models.TextField(_("what is asked"), max_length=2_000)
    closes_on = models.DateField(_("answers until"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for alumni as trainers")
        verbose_name_plural = _("calls for alumni as trainers")
        ordering = ["closes_on", "pk"]
        permissions = [("manage_calls", _("Can call for alumni as trainers"))]

    def __str__(self) -> str:
        return f"{self.training}: {self.closes_on}"

    @property
    def is_open(self) -> bool:
        return self.closes_on >= timezone.localdate()


class CallAnswer(models.Model):
    class State(models.TextChoices):
        OFFERED = "offered", _("Offered to train")
        CHOSEN = "chosen", _("Chosen")
        THANKED = "thanked", _("Thanked")

    call = models.ForeignKey(Call, models.CASCADE, related_name="answers", verbose_name=_("call"))
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="call_answers", verbose_name=_("person")
    )
    text = models.TextField(_("what they offer"), max_length=2_000)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.OFFERED, editable=False
    )
    at = models.DateTimeField(_("answered"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer to a call")
        verbose_name_plural = _("answers to calls")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"],
                name="one_answer_to_a_call",
                violation_error_message=_("You have answered this call already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    def concerns(self, user: Any) -> bool:
        return bool(user.person_id) and user.person_id == self.person_id
