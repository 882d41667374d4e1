"""A training as the template of another one: everything planned, nobody in it."""

from collections.abc import Iterable
from copy import copy as shallow
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.text import slugify
from trainings import planning
from trainings.models import CompletionRule, Session, Test, Training, TrainingStep
from trainings.models.clock import later, why_skipped
from trainings.models.testing import new_token
from trainings.questions import copy_questions

RELATIONS = ("modules", "extra_objectives", "trainers", "participating_countries", "target_groups")
LONGEST_SLUG = 80


@transaction.atomic
def copy(training: Training, starts_on: date, *, by: Any) -> Training:
    """A draft on other days: the same sessions, programme, materials, form, quotas, tests,
    evaluations and completion rule.

    Rooms are taken over only where they are free on those days.
    """
    if starts_on < timezone.localdate(timezone=training.zone):
        raise ValidationError(_("Choose a day that is still to come."), code="past")
    source = Training.objects.get(pk=training.pk)
    shift = starts_on - source.starts_on
    new = _draft(source, starts_on, shift)
    for name in RELATIONS:
        getattr(new, name).set(getattr(source, name).all())
    for session in source.sessions.all():
        _copy_session(session, new, shift)
    copy_questions(source, new)
    for quota in source.quotas.all():
        _again(quota, training=new, released_at=None)
    for test in source.tests.all():
        _copy_test(test, new, shift)
    for survey in source.surveys.all():
        twin = _again(survey, training=new, opened_at=None, closes_at=None)
        _each_again(survey.own_questions.all(), survey=twin)
    _each_again(CompletionRule.objects.filter(training=source), training=new)
    planning.record(new, TrainingStep.Deed.COPIED, by=by, facts={"from": source.slug})
    return new


def _again(row: Any, **changes: Any) -> Any:
    """The same row once more, as Django's own manual copies one."""
    new = shallow(row)
    new._state = models.base.ModelState()
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    return new


def _each_again(rows: Iterable[Any], **changes: Any) -> None:
    for row in rows:
        _again(row, **changes)


def _draft(source: Training, starts_on: date, shift: timedelta) -> Training:
    return _again(
        source,
        slug=_free_slug(source, starts_on),
        status=Training.Status.DRAFT,
        starts_on=starts_on,
        ends_on=source.ends_on + shift,
        date_precision=Training.Precision.DAY,
        opens_at=source.opens_at and later(source.opens_at, shift, source.zone),
        closes_at=source.closes_at and later(source.closes_at, shift, source.zone),
        reported_persons=None,
        revision=0,
        is_historic=False,
        note="",
    )


def _free_slug(source: Training, starts_on: date) -> str:
    base = slugify(source.title, LONGEST_SLUG - 12) or "training"
    slug = f"{base}-{starts_on:%Y-%m}"
    taken = set(Training.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    while slug in taken:
        slug = f"{base}-{starts_on:%Y-%m}-{number}"
        number += 1
    return slug


def _copy_session(session: Session, new: Training, shift: timedelta) -> None:
    on = session.on + shift
    for at in (session.starts, session.ends):
        if skipped := why_skipped(on, at, new.zone):
            raise ValidationError(f"{session.title}: {skipped}", code="skipped")
    copied = Session(room=session.room, on=on, starts=session.starts, ends=session.ends)
    twin = _again(
        session,
        training=new,
        on=on,
        online_link="",  # each meeting has its own
        room=session.room if _is_free(copied) else "",
        holds_room=True,
    )
    twin.trainers.set(session.trainers.all())
    twin.modules.set(session.modules.all())
    _each_again([*session.programme.all(), *session.materials.all()], session=twin)


def _copy_test(test: Test, new: Training, shift: timedelta) -> None:
    """With a secret address of its own, open as long before or after the start as the first;
    retired questions stay behind."""
    twin = _again(
        test,
        training=new,
        token=new_token(),
        opens_at=later(test.opens_at, shift, new.zone),
        closes_at=later(test.closes_at, shift, new.zone),
    )
    _each_again(test.placed_questions.filter(question__is_retired=False), test=twin)


def _is_free(session: Session) -> bool:
    try:
        session.validate_constraints(exclude={"training"})
    except ValidationError:
        return False
    return True
