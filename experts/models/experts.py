"""Who can teach it: the Regional Expert Network, one profile per person."""

import itertools
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from curriculum.models import Objective
from experts.models.visibility import (
    EVERYTHING,
    Visibility,
    as_levels,
    default_visibility,
    shown,
    shows,
)
from rtcm.accounts.models import Country, Person
from rtcm.accounts.models.fields import KeyField
from rtcm.identifiers import check_orcid
from rtcm.text import fold, name_key, slugify

MOST_WORDS = 10


def is_network_member(user: Any) -> bool:
    """Members are the people behind published profiles."""
    if not user.is_authenticated:
        return False
    return Expert.objects.published().filter(person__user=user).exists()


def viewing_levels(viewer: Any) -> list[str]:
    return as_levels(viewer, member=is_network_member(viewer))


class ExpertQuerySet(models.QuerySet["Expert"]):
    def published(self) -> "ExpertQuerySet":
        return self.filter(state=Expert.State.PUBLISHED)

    def visible_to(self, user: Any) -> "ExpertQuerySet":
        if user is None or not user.is_authenticated:
            return self.published()
        if user.has_perm("experts.view_expert"):
            return self
        return self.filter(Q(state=Expert.State.PUBLISHED) | Q(person__user=user))

    def showing(self, name: str, levels: list[str]) -> "ExpertQuerySet":
        return self.filter(shows(name, levels))

    def covering(self, objective: Objective | int) -> "ExpertQuerySet":
        """Experts whose area this is; areas that are not public do not count."""
        number = objective if isinstance(objective, int) else objective.number
        return self.filter(areas__objective=number).showing("areas", [Visibility.PUBLIC])

    def matching(self, words: str) -> "ExpertQuerySet":
        """Every word in the name, however it is spelled, or in the headline."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            key, plain = name_key(word), fold(word)
            here = Q(folded_headline__contains=plain) if plain else Q()
            if len(key) > 1 or len(plain) == 1:  # "zzzz" sounds like one z: no name was meant
                here |= Q(person__name_search__contains=key)
            found = found.filter(here) if key else found
        return found

    def card_states(self) -> Any:
        """What a card is made of, row by row; equal states make equal cards."""
        return self.values_list("pk", "updated_at", "person__updated_at")

    def for_cards(self) -> "ExpertQuerySet":
        return self.with_person().prefetch_related("areas")

    def with_person(self) -> "ExpertQuerySet":
        return self.select_related("person__country", "person__institution")

    def start(self, person: Person) -> "Expert":
        """An unsaved draft for this person, under an address nobody has yet."""
        root = slugify(person.certificate_name or person.full_name)
        taken = set(self.filter(slug__startswith=root).values_list("slug", flat=True))
        numbered = (f"{root}-{number}" for number in itertools.count(2))
        slug = next(slug for slug in itertools.chain([root], numbered) if slug not in taken)
        return Expert(person=person, slug=slug)

    def by_name(self) -> "ExpertQuerySet":
        return self.order_by("person__name_sort", "pk")


class Expert(models.Model):
    """A profile in the Network: written by the expert, published by the centre."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        PUBLISHED = "published", _("published")
        SUSPENDED = "suspended", _("suspended")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("hybrid")

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="expert", verbose_name=_("person")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    headline = models.CharField(_("headline"), max_length=150, blank=True)
    biography = models.TextField(_("biography"), max_length=4000, blank=True)
    photo = models.ImageField(_("photo"), upload_to="experts", blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True, validators=[check_orcid])
    modes = ArrayField(
        models.CharField(max_length=20, choices=Mode.choices),
        verbose_name=_("ways of training"),
        default=list,
        blank=True,
    )
    countries = models.ManyToManyField(
        Country,
        related_name="experienced_experts",
        blank=True,
        verbose_name=_("countries of experience"),
    )
    visibility = models.JSONField(_("visibility"), default=default_visibility, blank=True)
    folded_headline = KeyField(source="every_headline", make=fold, max_length=500)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        indexes = [models.Index(fields=["state"], name="expert_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="expert_published_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    def get_absolute_url(self) -> str:
        return reverse("experts:expert_page", args=[self.slug])

    @property
    def objective_numbers(self) -> list[int]:
        """For rings on cards, which everybody sees: nothing when the areas are not public."""
        if "areas" not in self.public_fields:
            return []
        return sorted({area.objective_id for area in self.areas.all()})

    @property
    def public_fields(self) -> frozenset[str]:
        return shown(self.visibility, [Visibility.PUBLIC])

    @property
    def every_headline(self) -> str:
        names = [build_localized_fieldname("headline", code) for code in AVAILABLE_LANGUAGES]
        return " ".join(getattr(self, name) or "" for name in names).strip()

    def visible_fields(self, viewer: Any) -> frozenset[str]:
        """What this viewer sees of this profile: the one rule for pages and for JSON."""
        if self.belongs_to(viewer):
            return EVERYTHING
        return shown(self.visibility, viewing_levels(viewer))

    def belongs_to(self, viewer: Any) -> bool:
        return viewer.is_authenticated and self.person_id == viewer.person_id

    def submit(self) -> None:
        if not self.every_headline:
            raise ValidationError(_("Write a headline first, then send the profile for review."))
        if not self.areas.exists():
            raise ValidationError(_("Name at least one area of expertise first."))
        self._move([self.State.DRAFT], self.State.SUBMITTED, submitted_at=timezone.now())

    def publish(self, by: Any) -> None:
        before = [self.State.DRAFT, self.State.SUBMITTED, self.State.SUSPENDED]
        self._move(before, self.State.PUBLISHED, by=by, published_at=timezone.now())

    def return_with_reason(self, reason: str, by: Any) -> None:
        self._move([self.State.SUBMITTED], self.State.DRAFT, by=by, reason=_given(reason))

    def suspend(self, reason: str, by: Any) -> None:
        self._move([self.State.PUBLISHED], self.State.SUSPENDED, by=by, reason=_given(reason))

    @transaction.atomic
    def _move(
        self, before: Sequence[str], after: str, *, by: Any = None, reason: str = "", **dates: Any
    ) -> None:
        """Compare and set, so that two decisions at once cannot both be taken."""
        rows = Expert.objects.filter(pk=self.pk, state__in=before)
        if not rows.update(state=after, updated_at=timezone.now(), **dates):
            self.refresh_from_db(fields=["state"])
            raise ValidationError(
                _("This is not possible while the profile is: %(state)s.")
                % {"state": self.get_state_display()}
            )
        Decision.objects.create(
            expert=self, from_state=self.state, to_state=after, reason=reason, by=by
        )
        self.refresh_from_db(fields=["state", *dates])


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Give a reason: the expert will read it."))
    return reason.strip()


class Decision(models.Model):
    """One change of a profile's state, and why."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="decisions")
    from_state = models.CharField(
        pgettext_lazy("state before", "from"), max_length=20, choices=Expert.State.choices
    )
    to_state = models.CharField(
        pgettext_lazy("state after", "to"), max_length=20, choices=Expert.State.choices
    )
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
