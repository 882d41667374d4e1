"""Checking in by oneself, with the code that the screen of the room shows.

The code is a keyed hash over the session and a window of 30 seconds; the window before still
counts, so a code that was photographed and sent on works for a minute at most. Nothing is stored:
without this site's key no code can be computed, and attempts are counted (rtcm.accounts.limits).
"""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from trainings.attendance import DOORS_OPEN, PRESENT, Tap, take
from trainings.models import Application, Attendance, Session, Training
from trainings.models.certificate import ALPHABET
from trainings.personal_codes import tidy

SALT = "trainings.check_in"
WINDOW = 30  # seconds
PLACES = 8  # 39 bits for half a minute
ON_TIME = timedelta(minutes=10)  # who comes later has the minutes that were left
State = Application.State


def window_now() -> int:
    return int(time.time()) // WINDOW


def seconds_left() -> int:
    """Until the next code."""
    return WINDOW - int(time.time()) % WINDOW


def code_of(session: Session, window: int) -> str:
    """Eight symbols that people can type, such as `HR3MTXQ7`."""
    digest = salted_hmac(SALT, f"{session.pk}:{window}", algorithm="sha256").digest()
    number = int.from_bytes(digest[:16], "big")
    symbols = []
    for _place in range(PLACES):
        number, rest = divmod(number, len(ALPHABET))
        symbols.append(ALPHABET[rest])
    return "".join(symbols)


def is_open(session: Session) -> bool:
    """From half an hour before the session until its end."""
    return session.starts_at - DOORS_OPEN <= timezone.now() <= session.ends_at


def sessions_of(person: Any) -> list[Session]:
    """The sessions in which this person may check in just now."""
    today = timezone.now().date()  # a day more on both sides, whatever the zone of the place
    near = Session.objects.filter(
        Q(training__applications__state__in=(State.CONFIRMED, State.ATTENDED)),
        training__applications__person=person,
        on__range=(today - timedelta(days=1), today + timedelta(days=1)),
        training__status=Training.Status.PUBLISHED,
    )
    return [session for session in near.select_related("training").distinct() if is_open(session)]


def check_in(person: Any, code: str, *, by: Any, online: bool = False) -> Attendance:
    """Marks this person present in the session whose code this is. Harmless twice."""
    open_now = sessions_of(person)
    if not open_now:
        raise ValidationError(
            _(
                "None of your sessions is open for check-in just now. It opens 30 minutes before "
                "a session and closes at its end."
            ),
            code="closed",
        )
    session = _session_of(open_now, tidy(code))
    if session is None:
        raise ValidationError(
            _(
                "This code has run out or belongs to another session. Please use the one that "
                "the screen shows now."
            ),
            code="wrong",
        )
    return _mark(session, person, by=by, online=online)


def _session_of(sessions: Iterable[Session], code: str) -> Session | None:
    now = window_now()
    for session in sessions:
        for window in (now, now - 1):
            if constant_time_compare(code, code_of(session, window)):
                return session
    return None


def _mark(session: Session, person: Any, *, by: Any, online: bool) -> Attendance:
    application = session.training.applications.live().get(person=person)
    known = application.attendance.filter(session=session).first()
    if known is None:
        presence = PRESENT[_is_online(session.training, online)]
        left = session.ends_at - timezone.now()
        late = timezone.now() > session.starts_at + ON_TIME
        minutes = min(session.minutes, int(left.total_seconds() // 60)) if late else None
        wish = Tap(application.pk, presence, minutes, seen="")
        take(session, [wish], by=by, by_self=True)
        known = application.attendance.get(session=session)
    if known.presence not in PRESENT:
        raise ValidationError(
            _("You are marked as absent from this session; please speak to the coordinator."),
            code="absent",
        )
    return known


def _is_online(training: Training, wished: bool) -> bool:
    if training.mode == Training.Mode.HYBRID:
        return wished
    return training.mode == Training.Mode.ONLINE
