"""Travel sheets and addresses of calendars."""

import datetime
from typing import Any

from rtcm.accounts.models import User
from tests import make
from trainings.models import Application, CalendarFeed, TravelSheet


def travel_sheet(of: Application | None = None, **fields: Any) -> TravelSheet:
    """Of somebody confirmed, for the days of their training."""
    of = of or make.application(make.training(is_residential=True), state="confirmed")
    dull = {"arrives_on": of.training.starts_on, "departs_on": of.training.ends_on}
    dull |= {"arrives_at": datetime.time(9), "emergency_name": "A sister"}
    dull |= {"emergency_phone": "+994 12 000 00 00", "passport_number": "C1234567"}
    return TravelSheet.objects.create(application=of, **(dull | fields))


def gate_objects(owner: User) -> dict[str, Any]:
    """What the table of addresses calls “seat” and “feed”."""
    seat = make.application(make.training(is_residential=True), owner.person, "confirmed")
    return {"seat": seat.pk, "feed": CalendarFeed.objects.all().give(owner.person).token}
