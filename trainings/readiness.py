"""What is missing before a training can be published, and what would still be good to have."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from trainings.models import Session, Training
from trainings.models.clock import why_skipped, why_twice


@dataclass(frozen=True)
class Check:
    """`advice` is "" where nothing is missing; `must`: without it, publishing is refused."""

    title: str
    advice: str
    must: bool = False


def checks(training: Training) -> list[Check]:
    sessions = list(training.sessions.prefetch_related("trainers"))
    for session in sessions:
        session.training = training
    return [
        Check(_("Dates"), _dates(training), must=True),
        Check(_("Times of the sessions"), _times(training, sessions), must=True),
        Check(_("Deadline"), _deadline(training)),
        Check(_("Seats"), _seats(training)),
        Check(_("Sessions"), _sessions(training, sessions)),
        Check(_("Place and links"), _place(training, sessions)),
        Check(_("Trainers"), _trainers(training, sessions)),
        Check(_("Modules and objectives"), _content(training)),
        Check(_("Translations"), _translations(training)),
    ]


def missing(training: Training) -> list[Check]:
    """What publishing is refused for."""
    return [check for check in checks(training) if check.must and check.advice]


def clock_notes(training: Training) -> list[str]:
    """Explanations, not faults: times that come twice because clocks are put back."""
    return [
        f"{session.title}: {twice}"
        for session in training.sessions.all()
        for at in (session.starts, session.ends)
        if (twice := why_twice(session.on, at, training.zone))
    ]


def _dates(training: Training) -> str:
    today = timezone.localdate(timezone=training.zone)
    if training.starts_on < today and not training.is_historic:
        return _("The first day is in the past.")
    if training.date_precision != Training.Precision.DAY and not training.is_historic:
        return _("Give the exact days.")
    return ""


def _times(training: Training, sessions: list[Session]) -> str:
    for session in sessions:
        if not training.starts_on <= session.on <= training.ends_on:
            return _("“%(session)s” is not on a day of the training.") % {"session": session.title}
        for at in (session.starts, session.ends):
            if skipped := why_skipped(session.on, at, training.zone):
                return f"{session.title}: {skipped}"
    return ""


def _deadline(training: Training) -> str:
    if training.closes_at is None:
        return _("Without a deadline, people can apply until the start.")
    if training.closes_at <= timezone.now():
        return _("The deadline has passed, so nobody could apply.")
    return ""


def _seats(training: Training) -> str:
    return "" if training.capacity else _("Without a number of seats, everybody gets one.")


def _sessions(training: Training, sessions: list[Session]) -> str:
    if not sessions:
        return _("Plan at least one session.")
    days = (training.ends_on - training.starts_on).days + 1
    empty = days - len({session.on for session in sessions})
    return _("Days without a session: %(n)s.") % {"n": empty} if empty > 0 else ""


def _place(training: Training, sessions: list[Session]) -> str:
    if training.mode != Training.Mode.ONLINE and not (training.city and training.venue):
        return _("Say in which city and building it is.")
    linked = all(session.online_link for session in sessions)
    if training.mode != Training.Mode.IN_PERSON and not linked:
        return _("Some sessions have no online link.")
    return ""


def _trainers(training: Training, sessions: list[Session]) -> str:
    if training.trainers.exists() or any(session.trainers.all() for session in sessions):
        return ""
    return _("Nobody is named as a trainer.")


def _content(training: Training) -> str:
    if training.modules.exists() or training.extra_objectives.exists():
        return ""
    return _("Choose modules or objectives.")


def _translations(training: Training) -> str:
    untold = []
    for code in dict(settings.LANGUAGES):
        lacks = [
            str(Training._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in ("title", "summary", "description")
            if not getattr(training, build_localized_fieldname(name, code))
        ]
        if lacks:
            untold.append(f"{get_language_info(code)['name_translated']}: {', '.join(lacks)}")
    return "; ".join(untold)
