"""What we teach: editions of the Regional Curriculum and their modules."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from curriculum.models.compact import Objective, Principle


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self) -> "EditionQuerySet":
        return self.filter(status=Edition.Status.IN_FORCE)


class Edition(models.Model):
    """One version of the Regional Curriculum; at most one is in force."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    in_force_since = models.DateField(_("in force since"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="in_force"),
                name="one_edition_in_force",
                violation_error_message=_("Another edition is already in force."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def put_in_force(self, today: datetime.date) -> None:
        """Supersede whichever edition is in force and take its place."""
        everything = Edition.objects.select_for_update().order_by("pk")
        list(everything.values_list("pk"))  # two directors at once queue here
        Edition.objects.in_force().exclude(pk=self.pk).update(status=self.Status.SUPERSEDED)
        self.status, self.in_force_since = self.Status.IN_FORCE, today
        self.save(update_fields=["status", "in_force_since", "updated_at"])


class ModuleQuerySet(models.QuerySet["Module"]):
    def published(self) -> "ModuleQuerySet":
        return self.filter(edition__status=Edition.Status.IN_FORCE)

    def visible_to(self, user: Any) -> "ModuleQuerySet":
        """Everybody reads what is or was in force; staff of the curriculum read drafts too."""
        if user is not None and user.has_perm("curriculum.view_module"):
            return self
        return self.filter(edition__status__in=[Edition.Status.IN_FORCE, Edition.Status.SUPERSEDED])

    def covering(self, objective: "Objective | int") -> "ModuleQuerySet":
        number = objective if isinstance(objective, int) else objective.number
        through = [Module.primary_objectives.through, Module.secondary_objectives.through]
        covered = [t._default_manager.filter(objective=number).values("module") for t in through]
        return self.filter(Q(pk__in=covered[0]) | Q(pk__in=covered[1]))

    def card_states(self) -> Any:
        """What a card is made of, row by row; equal states make equal cards."""
        return self.values_list("pk", "updated_at")

    def for_cards(self) -> "ModuleQuerySet":
        return self.prefetch_related("primary_objectives", "secondary_objectives")


class Module(models.Model):
    """A unit of the curriculum: what is taught, to what end, in how many hours."""

    class Level(models.TextChoices):
        INTRODUCTORY = "introductory", pgettext_lazy("level of a module", "introductory")
        INTERMEDIATE = "intermediate", pgettext_lazy("level of a module", "intermediate")
        ADVANCED = "advanced", pgettext_lazy("level of a module", "advanced")

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="modules", verbose_name=_("edition")
    )
    code = models.CharField(_("code"), max_length=20)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    level = models.CharField(
        _("level"), max_length=20, choices=Level.choices, default=Level.INTRODUCTORY
    )
    hours = models.DecimalField(
        _("academic hours"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(0.5)],
        help_text=_("One academic hour is 45 minutes."),
    )
    primary_objectives = models.ManyToManyField(
        Objective, related_name="primary_modules", verbose_name=_("primary objectives")
    )
    secondary_objectives = models.ManyToManyField(
        Objective,
        related_name="secondary_modules",
        blank=True,
        verbose_name=_("secondary objectives"),
    )
    principles = models.ManyToManyField(
        Principle, related_name="modules", blank=True, verbose_name=_("guiding principles")
    )
    prerequisites = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="leads_to",
        blank=True,
        verbose_name=_("prerequisites"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_demo = models.BooleanField(_("demo record"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="module_code_once_per_edition",
                violation_error_message=_("This edition already has a module with this code."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0),
                name="module_hours_positive",
                violation_error_message=_("A module takes more than zero hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:module_page", args=[self.slug])

    @property
    def objective_numbers(self) -> list[int]:
        both = [*self.primary_objectives.all(), *self.secondary_objectives.all()]
        return sorted({objective.number for objective in both})

    def check_prerequisites(self, prerequisites: Iterable["Module"]) -> None:
        """Refuse a set of prerequisites that would lead back to this module."""
        wanted = {module.pk for module in prerequisites}
        if self.pk in wanted:
            raise ValidationError(_("A module cannot be its own prerequisite."))
        if self.pk and self.pk in _all_before(wanted):
            raise ValidationError(_("These prerequisites lead back to this module."))


def _all_before(modules: set[int]) -> set[int]:
    """Every module which must come before one of these, however far back."""
    steps = Module.objects.filter(prerequisites__isnull=False)
    edges = steps.order_by().values_list("pk", "prerequisites")
    before: dict[int, set[int]] = {}
    for later, earlier in edges:
        before.setdefault(later, set()).add(earlier)
    found: set[int] = set()
    waiting = list(modules)
    while waiting:
        for earlier in before.get(waiting.pop(), set()) - found:
            found.add(earlier)
            waiting.append(earlier)
    return found


class Topic(models.Model):
    """What a module talks about, in order."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("title"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class LearningOutcome(models.Model):
    """What a participant is able to do after the module."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="outcomes")
    text = models.CharField(_("text"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
