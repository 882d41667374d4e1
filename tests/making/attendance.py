"""A session that is held just now, and people with seats in it."""

import datetime
from typing import Any

from django.utils import timezone

from tests import make
from trainings.models import Application, Session


def session_now(minutes: int = 120, begun: int = 60, **fields: Any) -> Session:
    """Begun `begun` minutes ago, in Baku, on one day whatever the clock says."""
    now = timezone.localtime()
    starts = now - datetime.timedelta(minutes=begun)
    ends = starts + datetime.timedelta(minutes=minutes)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = max(starts, midnight)
    ends = min(ends, midnight + datetime.timedelta(days=1, seconds=-1))
    columns = {name: fields.pop(name) for name in list(fields) if name not in {"title", "room"}}
    training = make.training(in_days=0, seats=columns.pop("seats", 20), **columns)
    return make.session(
        training, on=midnight.date(), starts=starts.time(), ends=ends.time(), **fields
    )


def seated(session: Session, *people: Any) -> list[Application]:
    return [make.application(session.training, person, "confirmed") for person in people]
