"""The waiting list, which moves by itself: whoever is next and may have the seat is offered it.

A seat comes free by withdrawal, decline, expiry, more seats, a raised quota or, at the deadline,
by the end of the seats that “at least” quotas kept.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trainings import steps
from trainings.house import House
from trainings.models import Application, Quota, Training, place_of
from trainings.steps import State, move, offer_end

MANY = 1_000_000


def pass_on(root: Training, freed: int, by_quota: Quota | None = None) -> int:
    """Gives seats that came free to the next in line, and no others where the centre decides:
    there a free seat may be kept for somebody who is not decided on yet."""
    return move_up(root, None if root.route == Training.Route.OPEN else freed, by_quota=by_quota)


def move_up(
    root: Training,
    most: int | None = None,
    *,
    house: House | None = None,
    by_quota: Quota | None = None,
) -> int:
    """Offers free seats in order of arrival to those who may have one; the root is locked.

    `by_quota`: only to those whom this quota is about, where the centre decides.
    """
    if root.why_no_seats():
        return 0
    house = house or House(root)
    if not house.waits:
        return 0
    offered = 0
    while house.free != 0 and (most is None or offered < most):
        application = _next(root, house, by_quota if most is not None else None)
        if application is None:
            break
        seat = house.seat_for(application)
        application.training = root
        move(application, State.OFFERED, by=None, seat=seat, until=offer_end(root))
        house.take(seat or 0, application)
        offered += 1
    return offered


def _next(root: Training, house: House, by_quota: Quota | None) -> Application | None:
    """The first who waits and may sit. Somebody passed over may become next when a seat kept for
    two quotas is filled by one person, so every search starts at the front again."""
    waiting = root.applications.waiting_list().select_related("person__user", "institution")
    if not house.quotas and by_quota is None:
        return waiting.first()
    for application in waiting:
        wanted = by_quota is None or by_quota.covers(place_of(application))
        if wanted and house.refusal(application) is None:
            return application
    return None


@transaction.atomic
def fill(training: Training, most: int | None = None) -> int:
    """Offers whatever is free, after a training or its capacity changed; returns how many.

    `most`: how many seats came free; where the centre decides, no more than these are offered.
    """
    root = steps.lock(training.pk)
    return move_up(root) if most is None else pass_on(root, most)


def added(before: int | None, after: int | None) -> int:
    """How many seats more there are than before; without a limit, as many as anybody wants."""
    if before is None:
        return 0
    return MANY if after is None else max(0, after - before)


def expire_offers() -> int:
    """Ends offers nobody answered in time and moves the waiting lists up. Harmless twice.

    Offers of a cancelled or postponed training stay as they are: nobody can answer them now.
    """
    due = Application.objects.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    due = due.filter(training__status=Training.Status.PUBLISHED)
    trainings = due.order_by("training_id").values_list("training_id", flat=True).distinct()
    return sum(_expire_offers_of(training_id) for training_id in list(trainings))


@transaction.atomic
def _expire_offers_of(training_id: int) -> int:
    root = steps.lock(training_id)
    if root.status != Training.Status.PUBLISHED:
        return 0
    due = root.applications.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    late = list(due.select_related("person__user").order_by("pk"))
    for application in late:
        application.training = root
        move(application, State.EXPIRED, by=None)
    pass_on(root, len(late))
    return len(late)


def release_kept_seats() -> int:
    """At the deadline, gives the seats that “at least” quotas still kept to whoever waits.

    Harmless twice: what is released is marked. Returns the number of quotas released.
    """
    now = timezone.now()
    begins = Q(training__closes_at=None, training__starts_on__lte=now + timedelta(days=1))
    due = Quota.objects.filter(Q(training__closes_at__lte=now) | begins)
    due = due.filter(bound=Quota.Bound.AT_LEAST, released_at=None)
    due = due.filter(training__status=Training.Status.PUBLISHED).order_by("training_id")
    ids = list(due.values_list("training_id", flat=True).distinct())
    return sum(_release_of(training_id) for training_id in ids)


@transaction.atomic
def _release_of(training_id: int) -> int:
    root = steps.lock(training_id)
    if root.keeps_seats_until > timezone.now():
        return 0
    quotas = root.quotas.filter(bound=Quota.Bound.AT_LEAST, released_at=None)
    house = House(root)
    kept = sum(max(0, quota.number - house.taken(quota)) for quota in quotas)
    released = quotas.update(released_at=timezone.now())
    pass_on(root, min(kept, house.free or 0))
    return released
