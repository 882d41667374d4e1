"""An application: one person asking for one seat, and the trail of what became of it."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.models.training import Training


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """One's own; all of them for those who may read applications."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("trainings.view_application"):
            return self
        return self.belonging_to(user)

    def belonging_to(self, user: Any) -> "ApplicationQuerySet":
        return self.filter(person__user=user) if user.is_authenticated else self.none()

    def live(self) -> "ApplicationQuerySet":
        return self.exclude(state__in=Application.ENDED)

    def next_first(self) -> "ApplicationQuerySet":
        """What comes next, then what is over, the latest of it first."""
        over = Q(training__ends_on__lt=timezone.localdate())
        coming = When(~over, then="training__starts_on")
        return self.order_by(Case(coming), "-training__starts_on", "-pk")

    def seated(self) -> "ApplicationQuerySet":
        return self.filter(seat_number__isnull=False)

    def waiting_list(self) -> "ApplicationQuerySet":
        """Who waits, in the order in which they arrived."""
        return self.filter(state=Application.State.WAITLISTED).order_by("pk")


class Application(models.Model):
    """Institution, country and post are frozen as they were on the day of applying.

    `seat_number` is the database's own guard against overselling: a seat number exists once per
    training, and exactly the states that hold a seat have one.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        WAITLISTED = "waitlisted", _("On the waiting list")
        OFFERED = "offered", _("Seat offered")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Not selected")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Offer expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ATTENDED = "attended", _("Attended")
        ABSENT = "absent", _("Absent")

    SEATED = (State.OFFERED, State.CONFIRMED, State.ATTENDED, State.ABSENT)
    ENDED = (State.DECLINED, State.EXPIRED, State.WITHDRAWN)

    training = models.ForeignKey(
        Training, models.PROTECT, verbose_name=_("training"), related_name="applications"
    )
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, verbose_name=_("person"), related_name="applications"
    )
    token = models.UUIDField(_("form token"), unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(_("status"), max_length=10, choices=State, editable=False)
    seat_number = models.PositiveIntegerField(_("seat"), null=True, editable=False)
    offered_until = models.DateTimeField(_("answer expected by"), null=True, editable=False)
    language = models.CharField(_("language of letters"), max_length=8, default="en")
    certificate_languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("languages of the certificate"),
        size=2,
        default=list,
        editable=False,
        db_comment="none: as the training says",
    )
    understands = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("languages understood well enough to follow a training"),
        default=list,
        blank=True,
    )
    motivation = models.TextField(_("motivation"), max_length=2_000, blank=True)
    supervisor_name = models.CharField(_("supervisor's name"), max_length=200, blank=True)
    supervisor_email = models.EmailField(_("supervisor's e-mail"), blank=True)
    country = models.ForeignKey(
        "accounts.Country", models.PROTECT, verbose_name=_("country represented"), null=True
    )
    institution = models.ForeignKey(
        "accounts.Institution",
        models.PROTECT,
        verbose_name=_("institution"),
        null=True,
        blank=True,
    )
    institution_name = models.CharField(_("institution (not listed)"), max_length=200, blank=True)
    post = models.CharField(_("job title"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("arrived"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["pk"]
        permissions = [("select_applicants", _("Can select applicants"))]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                condition=~Q(state__in=("declined", "expired", "withdrawn")),
                name="one_live_application",
                violation_error_message=_("This person has already applied for this training."),
            ),
            models.UniqueConstraint(
                fields=["training", "seat_number"],
                condition=Q(seat_number__isnull=False),
                name="a_seat_is_held_once",
                violation_error_message=_("This seat is already taken."),
            ),
            models.CheckConstraint(
                condition=Q(
                    seat_number__isnull=False,
                    state__in=("offered", "confirmed", "attended", "absent"),
                )
                | Q(seat_number__isnull=True)
                & ~Q(state__in=("offered", "confirmed", "attended", "absent")),
                name="seat_goes_with_state",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | Q(offered_until__isnull=True) & ~Q(state="offered"),
                name="an_offer_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["training", "state", "id"], name="application_queue"),
            models.Index(
                fields=["offered_until"], condition=Q(state="offered"), name="application_offers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} — {self.get_state_display()}"

    @property
    def institution_label(self) -> str:
        return str(self.institution) if self.institution else self.institution_name

    @property
    def version(self) -> str:
        """Changes with every step."""
        return self.updated_at.isoformat()

    @property
    def can_be_withdrawn(self) -> bool:
        """Before the start, by the person; an offer is declined instead."""
        live = {self.State.SUBMITTED, self.State.WAITLISTED, self.State.CONFIRMED}
        return self.state in live and not self.training.has_started


class Transition(models.Model):
    """What happened to an application, by whom and why; rows are only ever added."""

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="transitions"
    )
    from_state = models.CharField(
        pgettext_lazy("state before", "from"),
        max_length=10,
        choices=Application.State,
        blank=True,
    )
    to_state = models.CharField(
        pgettext_lazy("state after", "to"), max_length=10, choices=Application.State
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("decided by"),
        null=True,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
