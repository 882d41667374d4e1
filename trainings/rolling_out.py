"""Roll-outs: graduates of a training of trainers log what they taught at home.

A log makes a draft training; a coordinator's check publishes it, and only then does it count.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.models import Module
from rtcm.accounts.models import Country, FocalPoint, Person
from rtcm.text import slugify
from trainings.dates import date_span
from trainings.models import Certificate, Mentorship, ReachedGroup, RollOut, Training, TrainingStep
from trainings.telling import absolute, tell

GRADUATING = (Certificate.Tier.COMPLETION, Certificate.Tier.TRAINER)
TITLE_LENGTH = 200
State = RollOut.State


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody says of one roll-out; `reached` counts people by (type, sex)."""

    on: datetime.date
    country: Country
    city: str
    modules: Iterable[Module]
    hours: Decimal
    reached: Mapping[tuple[str, str], int]


def graduations() -> QuerySet[Certificate]:
    """The certificates that make somebody a graduate of a training of trainers."""
    return Certificate.objects.filter(
        state=Certificate.State.VALID,
        tier__in=GRADUATING,
        application__training__kind=Training.Kind.TRAINING_OF_TRAINERS,
    )


def graduates_of(training: Training) -> QuerySet[Person]:
    own = graduations().filter(application__training=training)
    return Person.objects.filter(pk__in=own.values("application__person"))


def graduations_open_to(user: Any) -> QuerySet[Certificate]:
    """Whose roll-outs this user may log: one's own, and a focal point's graduates'."""
    person = getattr(user, "person", None)
    if person is None:
        return graduations().none()
    speaks_for = FocalPoint.objects.current().filter(person=person)
    countries = speaks_for.filter(institution=None).values("country")
    whose = (
        Q(application__person=person)
        | Q(application__country__in=countries)
        | Q(application__institution__in=speaks_for.values("institution"))
    )
    found = graduations().filter(whose)
    return found.select_related("application__training", "application__person")


@transaction.atomic
def log(graduation: Certificate, told: Told, *, by: Any, token: uuid.UUID) -> RollOut:
    """Stores one roll-out, once per form; it waits for the centre's check."""
    known = RollOut.objects.filter(token=token).first()
    if known:
        if known.logged_by_id != by.pk:
            raise ValidationError(_("This form was already used. Please open it again."))
        return known
    if not graduations_open_to(by).filter(pk=graduation.pk).exists():
        raise ValidationError(
            _("Only a graduate of this training or their focal point can log its roll-outs.")
        )
    source = graduation.application.training
    _refuse_unless_true(source, told)
    training = Training.objects.create(
        slug=f"{slugify(source.slug, 60)}-{told.on:%Y%m%d}-{token.hex[:6]}",
        kind=Training.Kind.ROLL_OUT,
        level=Training.Level.NATIONAL,
        status=Training.Status.DRAFT,
        rolled_out_from=source,
        starts_on=told.on,
        ends_on=told.on,
        is_demo=source.is_demo,
        **_titles(source),
    )
    held_by = graduation.application.person
    roll_out = RollOut.objects.create(
        training=training, token=token, held_by=held_by, logged_by=by, hours=told.hours
    )
    _write_down(roll_out, told)
    return roll_out


def _titles(source: Training) -> dict[str, str]:
    titles = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            title = translation.gettext("Roll-out: %(title)s") % {"title": source.title}
        titles[f"title_{code}"] = title[:TITLE_LENGTH]
    return titles


def _refuse_unless_true(source: Training, told: Told) -> None:
    if told.on > timezone.localdate():
        raise ValidationError({"on": _("Log a roll-out after it was held, not before.")})
    if told.on < source.starts_on:
        raise ValidationError({"on": _("This day is before the training it rolls out.")})
    if not any(told.reached.values()):
        raise ValidationError(_("Write how many people took part, in at least one box."))
    taught = set(source.modules.values_list("pk", flat=True))
    if taught and not {module.pk for module in told.modules} <= taught:
        raise ValidationError({"modules": _("Choose topics of the training you graduated from.")})


def _write_down(roll_out: RollOut, told: Told) -> None:
    training = roll_out.training
    training.starts_on = training.ends_on = told.on
    training.country = told.country
    for code, _name in settings.LANGUAGES:  # as it was typed: nobody translates a village
        setattr(training, f"city_{code}", told.city)
    training.certificate_hours = roll_out.hours
    training.save()
    training.modules.set(told.modules)
    training.participating_countries.set([told.country])
    training.reached_groups.all().delete()
    ReachedGroup.objects.bulk_create(
        ReachedGroup(training=training, institution_kind=kind, sex=sex, persons=persons)
        for (kind, sex), persons in told.reached.items()
        if persons
    )


def _locked(roll_out: RollOut, allowed: tuple[str, ...]) -> RollOut:
    rows = RollOut.objects.select_for_update(of=("self",)).select_related("training", "held_by")
    fresh = rows.get(pk=roll_out.pk)
    if fresh.state not in allowed:
        raise ValidationError(
            _("This is no longer possible: the roll-out's status is “%(state)s”.")
            % {"state": fresh.get_state_display()},
            code="moved",
        )
    return fresh


@transaction.atomic
def correct(roll_out: RollOut, told: Told, *, by: Any) -> RollOut:
    """Until it is checked, whoever held or logged it may put a mistake right."""
    fresh = _locked(roll_out, (State.LOGGED, State.RETURNED))
    if not RollOut.objects.belonging_to(by).filter(pk=fresh.pk).exists():
        raise ValidationError(_("Only who held or logged this roll-out can change it."))
    source = fresh.training.rolled_out_from
    if source:
        _refuse_unless_true(source, told)
    fresh.hours = told.hours
    fresh.state = State.LOGGED
    fresh.reason = ""
    fresh.save(update_fields=["hours", "state", "reason"])
    _write_down(fresh, told)
    return fresh


@transaction.atomic
def check(roll_out: RollOut, *, by: Any) -> RollOut:
    """From now on it is public and counts."""
    fresh = _locked(roll_out, (State.LOGGED,))
    fresh.training.status = Training.Status.PUBLISHED
    fresh.training.save(update_fields=["status", "updated_at"])
    TrainingStep.objects.create(training=fresh.training, deed=TrainingStep.Deed.PUBLISHED, by=by)
    return _decide(fresh, State.CHECKED, by=by)


@transaction.atomic
def give_back(roll_out: RollOut, *, by: Any, reason: str) -> RollOut:
    fresh = _locked(roll_out, (State.LOGGED,))
    if not reason.strip():
        raise ValidationError(_("Please say what should be put right; the graduate reads it."))
    return _decide(fresh, State.RETURNED, by=by, reason=reason.strip())


def _decide(roll_out: RollOut, state: str, *, by: Any, reason: str = "") -> RollOut:
    roll_out.state, roll_out.reason = state, reason
    roll_out.decided_by, roll_out.decided_at = by, timezone.now()
    roll_out.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    training = roll_out.training
    tell(
        f"roll_out_{state}",
        roll_out.held_by,
        lambda: {
            "training": training.title,
            "dates": date_span(training),
            "reason": reason,
            "url": absolute(reverse("trainings:my_roll_outs")),
        },
        key=f"roll-out:{roll_out.pk}:{state}:{roll_out.decided_at:%Y%m%d%H%M%S%f}",
    )
    return roll_out


@transaction.atomic
def assign_mentor(training: Training, graduate: Person, mentor: Person, *, by: Any) -> Mentorship:
    """Gives a graduate a mentor, or another one; both are told once."""
    if graduate == mentor:
        raise ValidationError(_("Nobody can be their own mentor."))
    if not graduates_of(training).filter(pk=graduate.pk).exists():
        raise ValidationError(_("A mentor is for graduates of this training."))
    Training.objects.select_for_update(no_key=True).get(pk=training.pk)
    known = Mentorship.objects.filter(training=training, graduate=graduate).first()
    if known and known.mentor_id == mentor.pk:
        return known
    Mentorship.objects.filter(training=training, graduate=graduate).delete()
    mentorship = Mentorship.objects.create(
        training=training, graduate=graduate, mentor=mentor, by=by
    )
    for kind, reader, other in (("mentor", graduate, mentor), ("mentee", mentor, graduate)):
        tell(
            f"{kind}_assigned",
            reader,
            lambda other=other: {
                "other": other.full_name,
                "training": training.title,
                "url": absolute(reverse("trainings:write_to", args=[other.pk])),
            },
            key=f"mentorship:{mentorship.pk}:{kind}",
        )
    return mentorship
