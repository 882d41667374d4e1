"""The training, root of everything that happens around it."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtcm.text import fold
from trainings.models.querysets import TrainingQuerySet
from trainings.models.schedule import Schedule

ADULT = 18  # years


class Training(Schedule):
    """One event with dates, people and (where it has limits) seats.

    Dates are local to `time_zone`. `starts_on`/`ends_on` of a past event may be known only to the
    month or the year: `date_precision` says so, and the stored days are then that span's ends.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        TRAINING_OF_TRAINERS = "training_of_trainers", _("Training of trainers")
        ROLL_OUT = "roll_out", _("Roll-out session")
        WORKSHOP = "workshop", _("Workshop")
        AWARENESS_EVENT = "awareness_event", _("Awareness event")
        CONSULTATION = "consultation", _("Consultation")
        MEETING = "meeting", _("Meeting")
        STUDY_VISIT = "study_visit", _("Study visit")

    COUNTED = (Kind.TRAINING, Kind.TRAINING_OF_TRAINERS, Kind.ROLL_OUT, Kind.WORKSHOP)

    class Level(models.TextChoices):
        REGIONAL = "regional", _("Regional")
        NATIONAL = "national", _("National")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    class Route(models.TextChoices):
        OPEN = "open", _("Open: first come, first served")
        SELECTION = "selection", _("Selection by the centre")
        NOMINATION = "nomination", _("Nomination by institutions")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, default=Kind.TRAINING)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.REGIONAL)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )

    country = models.ForeignKey(
        "accounts.Country",
        models.PROTECT,
        verbose_name=_("host country"),
        related_name="hosted_trainings",
        null=True,
        blank=True,
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    working_languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
    interpretation_languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("interpretation languages"),
        default=list,
        blank=True,
    )

    target_groups = models.ManyToManyField(
        "curriculum.TargetGroup", verbose_name=_("for whom"), related_name="trainings", blank=True
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"),
        default=ADULT,
        validators=[MinValueValidator(14), MaxValueValidator(99)],
        help_text=_("Below 18, a guardian must consent for every minor."),
    )
    is_residential = models.BooleanField(
        _("residential"),
        default=False,
        help_text=_("Participants fill in a travel sheet; it is deleted 30 days afterwards."),
    )
    needs_passport = models.BooleanField(_("passport data for visa letters"), default=False)

    route = models.CharField(_("way in"), max_length=10, choices=Route, default=Route.OPEN)
    capacity = models.PositiveIntegerField(
        _("number of seats"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    women_target = models.PositiveSmallIntegerField(
        _("hoped-for share of women, per cent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("Shown on the selection board; it decides nothing by itself."),
    )

    modules = models.ManyToManyField(
        "curriculum.Module", verbose_name=_("modules"), related_name="trainings", blank=True
    )
    extra_objectives = models.ManyToManyField(
        "curriculum.Objective",
        verbose_name=_("objectives beyond those of the modules"),
        related_name="direct_trainings",
        blank=True,
    )
    trainers = models.ManyToManyField(
        "experts.Expert", verbose_name=_("trainers"), related_name="trainings", blank=True
    )
    participating_countries = models.ManyToManyField(
        "accounts.Country",
        verbose_name=_("participating countries"),
        related_name="trainings",
        blank=True,
    )
    rolled_out_from = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("rolled out from"),
        related_name="roll_outs",
        null=True,
        blank=True,
    )
    certificate_hours = models.DecimalField(
        _("hours on the certificate"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    certificate_design = models.ForeignKey(
        "trainings.CertificateDesign",
        models.PROTECT,
        verbose_name=_("design of its certificates"),
        related_name="trainings",
        null=True,
        editable=False,
    )
    certificate_languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("languages of its certificates"),
        size=2,
        default=list,
        editable=False,
        db_comment="none: each person's own",
    )
    reported_persons = models.PositiveIntegerField(_("reported head-count"), null=True, blank=True)
    note = models.TextField(_("note for staff"), blank=True)
    revision = models.PositiveIntegerField(
        editable=False, default=0, db_comment="SEQUENCE of its calendar entries; only ever grows"
    )
    is_historic = models.BooleanField(_("held before this portal"), default=False)
    is_demo = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    search_text = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="training_ends_after_start",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="training_capacity_positive",
                violation_error_message=_("A training needs at least one seat."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="training_closes_after_opening",
                violation_error_message=_("The deadline is before applications open."),
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on", "starts_on"], name="training_dates"),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="training_search_text"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        languages = ("az", "en", "ru")
        names = [f"{field}_{code}" for field in ("title", "summary", "city") for code in languages]
        self.search_text = fold(" ".join(getattr(self, name, None) or "" for name in names))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("trainings:training_page", args=[self.slug])

    @property
    def objective_numbers(self) -> list[int]:
        """Numbers of the objectives covered; a list asks `with_objectives()` for them first."""
        if not hasattr(self, "extra_numbers"):
            return Training.objects.with_objectives().get(pk=self.pk).objective_numbers
        annotated: Any = self
        return sorted(
            {*annotated.primary_numbers, *annotated.secondary_numbers, *annotated.extra_numbers}
        )

    @property
    def seats_left(self) -> int | None:
        """Free seats, or None where the training has no limit; needs `with_seats_taken()`."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.seats_taken)  # type: ignore[attr-defined]

    @property
    def counts_as_training(self) -> bool:
        return self.kind in self.COUNTED

    def why_closed(self, now: datetime | None = None) -> str:
        """A sentence saying why nobody can apply just now, or "" when they can."""
        now = now or timezone.now()
        if no_seats := self.why_no_seats(now):
            return no_seats
        if self.opens_at and now < self.opens_at:
            return str(_("Applications for this training are not open yet."))
        if self.closes_at and now > self.closes_at:
            return str(_("The deadline for applications has passed."))
        return ""

    def why_no_seats(self, now: datetime | None = None) -> str:
        """Why nobody can be given a seat, whether they applied in time or not; "" when they can."""
        if self.status == self.Status.CANCELLED:
            return str(_("This training is cancelled."))
        if self.status == self.Status.POSTPONED:
            return str(_("This training is postponed. New dates will be announced here."))
        over = self.joining_ends_at <= (now or timezone.now())
        if self.status != self.Status.PUBLISHED or self.is_historic or over:
            return str(_("Applications for this training are closed."))
        return ""
