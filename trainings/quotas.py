"""Setting the quotas of a training, and letting in whom they held back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trainings import steps
from trainings.models import Quota, Training
from trainings.waiting import pass_on

Bound = Quota.Bound


@transaction.atomic
def set_quotas(training: Training, wanted: list[Quota]) -> int:
    """Replaces the quotas of a training by these and moves the list up; returns the offers made.

    A raised or removed “at most”, and a lowered or removed “at least”, lets people in whom it
    held back. Lowering throws nobody out.
    """
    root = steps.lock(training.pk)
    _refuse_nonsense(root, wanted)
    before = {quota.key: quota for quota in root.quotas.all()}
    after = {quota.key: quota for quota in wanted}
    root.quotas.exclude(pk__in=[old.pk for key, old in before.items() if key in after]).delete()
    for key, quota in after.items():
        if key in before:
            root.quotas.filter(pk=before[key].pk).update(number=quota.number)
        else:
            quota.pk, quota.training = None, root
            quota.save()
    return sum(
        pass_on(root, room, by_quota=quota if quota.bound == Bound.AT_MOST else None)
        for quota, room in _loosened(root, before, after)
    )


def _refuse_nonsense(root: Training, wanted: list[Quota]) -> None:
    for quota in wanted:
        quota.clean_fields(exclude=["training"])
        if (
            sum(
                bool(getattr(quota, name))
                for name in ("country_id", "institution_id", "institution_kind")
            )
            != 1
        ):
            raise ValidationError(
                _("Choose a country, an institution or a kind of institution: one of the three.")
            )
    if len({quota.key for quota in wanted}) < len(wanted):
        raise ValidationError(_("The same quota stands there twice."))
    kept = sum(quota.number for quota in wanted if quota.bound == Bound.AT_LEAST)
    if root.capacity is not None and kept > root.capacity:
        raise ValidationError(
            _("These quotas keep %(kept)s seats, but the training has only %(capacity)s.")
            % {"kept": kept, "capacity": root.capacity}
        )
    _refuse_contradictions(wanted)


def _refuse_contradictions(wanted: list[Quota]) -> None:
    most = {quota.key[1:]: quota.number for quota in wanted if quota.bound == Bound.AT_MOST}
    for quota in wanted:
        if quota.bound == Bound.AT_LEAST and quota.number > most.get(quota.key[1:], quota.number):
            raise ValidationError(
                _("%(target)s: “at least” is more than “at most”.") % {"target": quota.target}
            )


def _loosened(
    root: Training, before: dict[Any, Quota], after: dict[Any, Quota]
) -> list[tuple[Quota, int]]:
    """The quotas that hold back less than before, each with how many people more it lets in."""
    found = []
    for key, old in before.items():
        new = after.get(key)
        if old.bound == Bound.AT_LEAST:
            room = old.number - (new.number if new else 0)
        elif new:
            room = new.number - old.number
        else:
            room = root.applications.waiting_list().count()
        if room > 0:
            found.append((old, room))
    return found
