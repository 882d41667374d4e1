"""Which seats of one training are free, and for whom: its capacity and its quotas.

Read with the training locked. A seat kept by an “at least” quota is free only for those it is
kept for, until the deadline. Several such quotas keep their seats one beside the other, although
one person might fill two of them: that way every promise can be kept, whoever comes.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import Institution
from trainings.models import Place, Quota, Training, place_of

Bound = Quota.Bound
UNLISTED = Institution.Kind.OTHER
GLANCE = """
    SELECT
        ARRAY(SELECT seat_number FROM trainings_application
              WHERE training_id = %(pk)s AND seat_number IS NOT NULL),
        EXISTS(SELECT FROM trainings_application
               WHERE training_id = %(pk)s AND state = 'waitlisted'),
        EXISTS(SELECT FROM trainings_quota WHERE training_id = %(pk)s)
"""  # written out, because everybody who applies waits for it while the training is locked


class House:
    """The seats of a training, by number, with the place each of their holders comes from."""

    def __init__(self, root: Training) -> None:
        self.capacity = root.capacity
        taken, self.waits, has_quotas = self._glance(root)
        quotas = root.quotas.select_related("country", "institution")
        self.quotas = list(quotas) if has_quotas else []
        keeps = root.keeps_seats_until > timezone.now()
        self.keeping = [
            quota for quota in self.quotas if quota.bound == Bound.AT_LEAST and keeps
            and quota.released_at is None
        ]  # fmt: skip
        nowhere = Place(None, None, UNLISTED)
        self.seats = self._places(root) if self.quotas else dict.fromkeys(taken, nowhere)

    @staticmethod
    def _glance(root: Training) -> tuple[list[int], bool, bool]:
        """The seats that are taken, whether somebody waits and whether there are quotas."""
        with connection.cursor() as cursor:
            cursor.execute(GLANCE, {"pk": root.pk})
            return cursor.fetchone()

    @staticmethod
    def _places(root: Training) -> dict[int, Place]:
        columns = ("seat_number", "country_id", "institution_id", "institution__kind")
        rows = root.applications.seated().order_by().values_list(*columns)
        return {
            seat: Place(country, institution, kind or UNLISTED)
            for seat, country, institution, kind in rows
            if seat
        }

    @property
    def free(self) -> int | None:
        """How many seats are free, none below zero; None where the training has no limit."""
        return None if self.capacity is None else max(0, self.capacity - len(self.seats))

    @property
    def overhang(self) -> int:
        """How many hold a seat beyond a capacity that was lowered; nobody is thrown out."""
        return 0 if self.capacity is None else max(0, len(self.seats) - self.capacity)

    def taken(self, quota: Quota) -> int:
        return sum(quota.covers(place) for place in self.seats.values())

    def kept(self, quota: Quota) -> int:
        """Seats this quota still keeps back."""
        return max(0, quota.number - self.taken(quota)) if quota in self.keeping else 0

    def refusal(self, who: Any) -> ValidationError | None:
        """Why no seat is free for this person or application, or None when one is."""
        if self.free == 0:
            return ValidationError(_("No seat is free in this training."), code="full")
        return self._refusal_by_quota(place_of(who)) if self.quotas else None

    def _refusal_by_quota(self, place: Place) -> ValidationError | None:
        for quota in self.quotas:
            most = quota.bound == Bound.AT_MOST and quota.covers(place)
            if most and self.taken(quota) >= quota.number:
                said = _("The quota is used up: %(quota)s.") % {"quota": quota}
                return ValidationError(said, code="quota")
        kept = {quota: self.kept(quota) for quota in self.keeping}
        if self.free is None or any(kept[quota] and quota.covers(place) for quota in kept):
            return None
        if self.free <= sum(kept.values()):
            said = _("The seats that are free are kept until the deadline for others: %(quotas)s.")
            names = "; ".join(str(quota) for quota, number in kept.items() if number)
            return ValidationError(said % {"quotas": names}, code="kept")
        return None

    def seat_for(self, who: Any) -> int | None:
        """The lowest free seat number, None when no seat is free for this one.

        Unlimited trainings number their seats too (after the highest), so that the database's
        own guard, one holder per number, covers both.
        """
        if self.refusal(who):
            return None
        if self.capacity is None:
            return max(self.seats, default=0) + 1
        return next(seat for seat in range(1, self.capacity + 1) if seat not in self.seats)

    def take(self, number: int, who: Any) -> None:
        self.seats[number] = place_of(who) if self.quotas else Place(None, None, UNLISTED)

    def leave(self, number: int | None) -> None:
        if number is not None:
            self.seats.pop(number, None)
