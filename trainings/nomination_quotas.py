"""How many somebody may nominate: the training's “at most” quotas, counted over nominations."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rtcm.accounts.models import FocalPoint, Institution
from trainings.models import Nomination, Place, Quota, Training


@dataclass(frozen=True)
class Share:
    """One quota as a focal point sees it: how many are sent, how many more may be."""

    quota: Quota
    used: int

    @property
    def left(self) -> int:
        return max(0, self.quota.number - self.used)


def place_of_nomination(nomination: Nomination) -> Place:
    kind = nomination.institution.kind if nomination.institution else Institution.Kind.OTHER
    return Place(nomination.country_id, nomination.institution_id, kind)


def all_shares(training: Training) -> list[Share]:
    """Every quota of the training, for those who decide."""
    quotas = list(training.quotas.select_related("country", "institution"))
    sent = _sent(training) if quotas else []
    return [Share(quota, _within(quota, sent)) for quota in quotas]


def shares(training: Training, focal_point: FocalPoint) -> list[Share]:
    """The quotas that a nomination under this mandate falls into."""
    return [share for share in all_shares(training) if _concerns(share.quota, focal_point)]


def _concerns(quota: Quota, focal_point: FocalPoint) -> bool:
    """A country's focal point may nominate from any institution there."""
    institution: Any = focal_point.institution
    if institution:
        country = focal_point.country_id or institution.country_id
        return quota.covers(Place(country, institution.pk, institution.kind))
    if quota.country_id:
        return quota.country_id == focal_point.country_id
    if quota.institution:
        return quota.institution.country_id == focal_point.country_id
    return True


def _sent(training: Training) -> list[Nomination]:
    arrived = training.nominations.filter(state__in=Nomination.ARRIVED)
    return list(arrived.select_related("institution"))


def _within(quota: Quota, nominations: list[Nomination]) -> int:
    return sum(quota.covers(place_of_nomination(nomination)) for nomination in nominations)


def refuse_beyond_quotas(
    root: Training, more: list[Nomination], without: Nomination | None = None
) -> None:
    """Call it with the training locked. `without`: whose place is being given to another."""
    quotas = root.quotas.select_related("country", "institution")
    sent = [nomination for nomination in _sent(root) if nomination != without]
    for quota in quotas.filter(bound=Quota.Bound.AT_MOST):
        wanted, used = _within(quota, more), _within(quota, sent)
        if wanted and used + wanted > quota.number:
            raise ValidationError(
                _(
                    "This is more than the quota allows. %(target)s: at most %(most)s, "
                    "%(used)s already sent, %(wanted)s more asked for. "
                    "Please withdraw some, then send again."
                )
                % {
                    "target": quota.target,
                    "most": quota.number,
                    "used": used,
                    "wanted": wanted,
                },
                code="quota",
            )
