"""The cascade: what graduates of a training of trainers taught at home, and whom they reached."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Institution, Person
from trainings.models.training import Training


class RollOutQuerySet(models.QuerySet["RollOut"]):
    def belonging_to(self, user: Any) -> "RollOutQuerySet":
        """What one held or logged oneself."""
        if not user.is_authenticated:
            return self.none()
        held = Q(held_by=user.person_id) if user.person_id else Q()
        return self.filter(held | Q(logged_by=user))

    def counted(self) -> "RollOutQuerySet":
        return self.filter(state=RollOut.State.CHECKED)


class RollOut(models.Model):
    """The log of one roll-out session. Its training stays a draft until a coordinator checked it:
    dates, place and modules stand there, people reached in its `reached_groups`."""

    class State(models.TextChoices):
        LOGGED = "logged", _("Waiting for the centre's check")
        CHECKED = "checked", _("Checked")
        RETURNED = "returned", _("Returned with a question")

    training = models.OneToOneField(
        Training, models.CASCADE, primary_key=True, related_name="log", verbose_name=_("training")
    )
    token = models.UUIDField(_("form token"), unique=True, default=uuid.uuid4, editable=False)
    held_by = models.ForeignKey(
        Person, models.PROTECT, related_name="roll_outs", verbose_name=_("held by")
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("logged by"),
    )
    logged_at = models.DateTimeField(_("logged"), auto_now_add=True)
    hours = models.DecimalField(
        _("academic hours"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.LOGGED, editable=False
    )
    reason = models.TextField(_("question of the centre"), blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    objects = RollOutQuerySet.as_manager()

    class Meta:
        verbose_name = _("log of a roll-out")
        verbose_name_plural = _("logs of roll-outs")
        ordering = ["-pk"]
        permissions = [("check_roll_outs", _("Can check roll-outs"))]

    def __str__(self) -> str:
        return f"{self.training} — {self.get_state_display()}"


class ReachedGroup(models.Model):
    """So many people of one sex from one type of institution; names are never asked."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Women")
        MALE = "male", _("Men")
        UNKNOWN = "unknown", _("Not stated")

    training = models.ForeignKey(
        Training, models.CASCADE, related_name="reached_groups", verbose_name=_("training")
    )
    sex = models.CharField(_("sex"), max_length=7, choices=Sex)
    institution_kind = models.CharField(
        _("type of institution"), max_length=20, choices=Institution.Kind
    )
    persons = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("people reached")
        verbose_name_plural = _("people reached")
        ordering = ["training", "institution_kind", "sex"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "sex", "institution_kind"],
                name="reached_group_once",
                violation_error_message=_("These people are counted already."),
            ),
            models.CheckConstraint(
                condition=Q(persons__gt=0),
                name="reached_group_has_people",
                violation_error_message=_("Write how many people, or leave it out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_institution_kind_display()}, {self.get_sex_display()}: {self.persons}"


class Mentorship(models.Model):
    """Who stands by a graduate who runs roll-outs."""

    training = models.ForeignKey(
        Training, models.CASCADE, related_name="mentorships", verbose_name=_("training")
    )
    graduate = models.ForeignKey(
        Person, models.CASCADE, related_name="mentored_in", verbose_name=_("graduate")
    )
    mentor = models.ForeignKey(
        Person, models.CASCADE, related_name="mentors_in", verbose_name=_("mentor")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    at = models.DateTimeField(_("assigned"), auto_now_add=True)

    class Meta:
        verbose_name = _("mentor of a graduate")
        verbose_name_plural = _("mentors of graduates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "graduate"],
                name="one_mentor_each",
                violation_error_message=_("This graduate has a mentor already."),
            ),
            models.CheckConstraint(
                condition=~Q(graduate=models.F("mentor")),
                name="nobody_is_their_own_mentor",
                violation_error_message=_("Nobody can be their own mentor."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} → {self.graduate}"
