"""How trainings are found: what is public, what is next, what covers an objective."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from rtcm.text import fold


def _numbers_of_modules(model: Any, relation: str) -> ArraySubquery:
    rows = model.modules.through.objects.filter(
        training=OuterRef("pk"), **{f"module__{relation}__isnull": False}
    )
    return ArraySubquery(rows.values(f"module__{relation}").distinct())


class TrainingQuerySet(models.QuerySet):
    model: Any  # Training, which imports this module

    def visible_to(self, user: Any) -> "TrainingQuerySet":
        """Drafts are for those who may plan trainings; everybody sees the rest."""
        if user.is_staff and user.has_perm("trainings.view_training"):
            return self
        return self.published()

    def published(self) -> "TrainingQuerySet":
        return self.exclude(status=self.model.Status.DRAFT)

    def counted(self) -> "TrainingQuerySet":
        """Held events that figures may call trainings: no meetings, nothing cancelled."""
        return self.past().filter(kind__in=self.model.COUNTED, status=self.model.Status.PUBLISHED)

    def upcoming(self) -> "TrainingQuerySet":
        return self.filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "pk")

    def past(self) -> "TrainingQuerySet":
        return self.filter(ends_on__lt=timezone.localdate()).order_by("-starts_on", "-pk")

    def matching(self, words: str) -> "TrainingQuerySet":
        """Every word must occur in the stored folded text, whatever its diacritics or script."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def covering(self, objective: int) -> "TrainingQuerySet":
        through_modules = self.model.modules.through.objects.filter(
            Q(module__primary_objectives=objective) | Q(module__secondary_objectives=objective),
            training=OuterRef("pk"),
        )
        direct = self.model.extra_objectives.through.objects.filter(
            training=OuterRef("pk"), objective=objective
        )
        return self.filter(Exists(through_modules) | Exists(direct))

    def with_objectives(self) -> "TrainingQuerySet":
        """Annotates what `objective_numbers` reads, so that a list costs no query per row."""
        extra = self.model.extra_objectives.through.objects.filter(training=OuterRef("pk"))
        return self.annotate(
            primary_numbers=_numbers_of_modules(self.model, "primary_objectives"),
            secondary_numbers=_numbers_of_modules(self.model, "secondary_objectives"),
            extra_numbers=ArraySubquery(extra.values("objective_id")),
        )

    def with_seats_taken(self) -> "TrainingQuerySet":
        seats = self.model.applications.rel.related_model.objects.filter(
            training=OuterRef("pk"), seat_number__isnull=False
        )
        per_training = seats.order_by().values("training").annotate(n=Count("pk")).values("n")
        return self.annotate(seats_taken=Coalesce(Subquery(per_training), 0))

    def card_states(self) -> Any:
        """What a card is made of, row by row; equal states make equal cards."""
        return self.with_seats_taken().values_list("pk", "updated_at", "seats_taken")

    def for_cards(self) -> "TrainingQuerySet":
        return self.select_related("country").with_objectives().with_seats_taken()
