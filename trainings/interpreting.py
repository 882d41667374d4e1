"""Who would not understand the working languages, and who interprets for them.

An interpreter is in one place at a time: `book` looks at the real moments of every session that
the interpreter is booked for, with the interpreter locked. Sessions may move afterwards; then
`clashes` finds what no longer fits.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rtcm.languages import language_name
from trainings.dates import full_date
from trainings.models import Application, Booking, Interpreter, Session, Training

DAY = datetime.timedelta(days=1)  # no two zones are further apart on the calendar
Pair = tuple[str, str]


@dataclass(frozen=True)
class Need:
    """People who need interpretation between two languages."""

    pair: Pair
    people: list[Application]

    @property
    def label(self) -> str:
        return pair_name(self.pair)


@dataclass(frozen=True)
class Needs:
    """`lost` understand no working language at all; `unasked` never said what they understand."""

    pairs: list[Need]
    lost: list[Application]
    unasked: list[Application]


def pair_name(pair: Pair) -> str:
    return f"{language_name(pair[0])} ↔ {language_name(pair[1])}"


def in_order(first: str, second: str) -> Pair:
    return (first, second) if first < second else (second, first)


def needs_of(training: Training) -> Needs:
    """For everybody with a seat; the same in every session of the training."""
    seated = training.applications.filter(state__in=Application.SEATED)
    people = list(seated.select_related("person").order_by("person__name_sort", "pk"))
    asked = [row for row in people if row.understands]
    working = training.working_languages
    groups: dict[Pair, list[Application]] = {}
    for spoken in working:
        apart = [row for row in asked if spoken not in row.understands]
        for row, target in _targets(apart, training):
            groups.setdefault(in_order(spoken, target), []).append(row)
    return Needs(
        pairs=[Need(pair, groups[pair]) for pair in sorted(groups)],
        lost=[row for row in asked if working and not set(row.understands) & set(working)],
        unasked=[row for row in people if not row.understands],
    )


def _targets(apart: list[Application], training: Training) -> Iterable[tuple[Application, str]]:
    """Into which language for each of them: one that is in the room anyway, else the one that
    serves most of the rest, so that few booths serve many."""
    present = [*training.working_languages, *training.interpretation_languages]
    left = []
    for row in apart:
        known = next((code for code in present if code in row.understands), None)
        if known:
            yield row, known
        else:
            left.append(row)
    while left:
        votes = Counter(code for row in left for code in row.understands)
        best = min(votes, key=lambda code: (-votes[code], code))
        for row in left:
            if best in row.understands:
                yield row, best
        left = [row for row in left if best not in row.understands]


def lock(interpreter_id: int) -> Interpreter:
    """The interpreter, locked until the end of the transaction."""
    return Interpreter.objects.select_for_update(no_key=True).get(pk=interpreter_id)


@transaction.atomic
def book(session: Session, interpreter: Interpreter, pair: Pair, *, by: Any) -> Booking:
    locked = lock(interpreter.pk)
    first, second = in_order(*pair)
    if not locked.is_active:
        raise ValidationError(_("%(name)s can no longer be booked.") % {"name": locked.name})
    if not locked.pairs.filter(first=first, second=second).exists():
        raise ValidationError(
            _("%(name)s does not interpret %(pair)s.")
            % {"name": locked.name, "pair": pair_name((first, second))}
        )
    if session.training.status == Training.Status.CANCELLED:
        raise ValidationError(_("This training is cancelled."))
    for other in _bookings_near(locked, session):
        if other.session_id == session.pk:
            raise ValidationError(_("This interpreter is already booked for the session."))
        if overlap(other.session, session):
            raise ValidationError(_taken(locked, other.session), code="clash")
    return Booking.objects.create(
        session=session, interpreter=locked, first=first, second=second, booked_by=by
    )


def _taken(interpreter: Interpreter, session: Session) -> str:
    return _("%(name)s is booked for “%(training)s” on %(day)s, %(starts)s–%(ends)s.") % {
        "name": interpreter.name,
        "training": session.training.title,
        "day": full_date(session.on),
        "starts": f"{session.starts:%H:%M}",
        "ends": f"{session.ends:%H:%M}",
    }


def overlap(one: Session, other: Session) -> bool:
    """By the moments themselves: two trainings may be in different time zones."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _bookings_near(interpreter: Interpreter, session: Session) -> Any:
    near = interpreter.bookings.filter(session__on__range=(session.on - DAY, session.on + DAY))
    standing = near.exclude(session__training__status=Training.Status.CANCELLED)
    return standing.select_related("session__training")


def clashes(training: Training) -> dict[int, str]:
    """Bookings of this training whose interpreter is elsewhere then, with a sentence each."""
    own = list(
        Booking.objects.filter(session__training=training).select_related(
            "session__training", "interpreter"
        )
    )
    if not own:
        return {}
    days = [row.session.on for row in own]
    others = list(
        Booking.objects.filter(
            interpreter__in={row.interpreter_id for row in own},
            session__on__range=(min(days) - DAY, max(days) + DAY),
        )
        .exclude(session__training__status=Training.Status.CANCELLED)
        .select_related("session__training")
    )
    return {
        row.pk: _taken(row.interpreter, other.session)
        for row in own
        for other in others
        if other.pk != row.pk
        and other.interpreter_id == row.interpreter_id
        and overlap(other.session, row.session)
    }


def release(booking: Booking) -> None:
    booking.delete()
