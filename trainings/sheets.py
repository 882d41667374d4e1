"""Sign-in sheets and name badges: what they say, frozen when they are ordered."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from rtcm.accounts.models import PersonalDataRead
from trainings import papers
from trainings.attendance import MARKABLE
from trainings.dates import date_span, full_date
from trainings.models import Application, Paper, Session, Training
from trainings.personal_codes import code_of

BLANK_ROWS = 5  # for those who come without an application


def order_sheet(training: Training, day: date, *, language: str, by: Any) -> Paper:
    """The sheet of one day: people in the order of names, a cell for each session to sign in."""
    sessions = training.sessions.filter(on=day).order_by("starts")
    if not sessions:
        raise ValidationError(_("No session is held on this day."), code="no_day")
    people = _people(training)
    with translation.override(language):
        footnotes: list[str] = []
        facts = {
            "title": _("Sign-in sheet"),
            "training": training.title,
            "day": full_date(day),
            "place": _place(training),
            "sessions": [
                f"{each.starts:%H:%M}–{each.ends:%H:%M} {each.title}" for each in sessions
            ],
            "people": [_row(each, footnotes) for each in people],
            "blank": list(range(len(people) + 1, len(people) + 1 + BLANK_ROWS)),
            "footnotes": footnotes,
        }
    _note_reading(people, by, "sign-in sheet")
    key = f"sign-in-sheet-{training.pk}-{day:%Y-%m-%d}"
    return papers.order("sheet", key=key, by=by, training=training, facts=facts, language=language)


def order_badges(training: Training, *, language: str, by: Any) -> Paper:
    """One badge for everybody with a seat, and for the trainers."""
    people = _people(training)
    with translation.override(language):
        badges = [_badge(each) for each in people]
        experts = training.trainers.select_related("person__country", "person__institution")
        badges += [_worn(each.person, role=_("Trainer")) for each in experts]
        facts = {
            "title": _("Name badges"),
            "training": f"{training.title}, {date_span(training)}",
            "people": badges,
        }
    if not badges:
        raise ValidationError(_("Nobody has a confirmed seat yet."), code="nobody")
    _note_reading(people, by, "name badges")
    key = f"badges-{training.pk}"
    return papers.order("badges", key=key, by=by, training=training, facts=facts, language=language)


def _people(training: Training) -> list[Application]:
    seated = training.applications.filter(state__in=MARKABLE)
    return list(
        seated.select_related("person", "institution", "country").order_by("person__name_sort")
    )


def _place(training: Training) -> str:
    place = [training.venue, training.city, str(training.country or "")]
    return ", ".join(part for part in place if part)


def _column(session: Session) -> str:
    return f"{session.starts:%H:%M}–{session.ends:%H:%M} {session.title}"


def _row(who: Any, footnotes: list[str]) -> dict[str, Any]:
    """`who` has a person's institution and country: an application, or a trainer's person."""
    return {
        "name": str(getattr(who, "person", who)),
        "institution": who.institution_label,
        "country": str(who.country or ""),
        "footnote": _footnote(who.country, footnotes),
    }


def _footnote(country: Any, footnotes: list[str]) -> int | None:
    """The number of the country's footnote on this paper; each stands there once."""
    if country is None or not country.footnote:
        return None
    if country.footnote not in footnotes:
        footnotes.append(country.footnote)
    return footnotes.index(country.footnote) + 1


def _badge(application: Application) -> dict[str, Any]:
    code = code_of(application)
    return _worn(application, role=_("Participant"), code=code, address=code)


def _worn(who: Any, **about: str) -> dict[str, Any]:
    """A badge is worn alone, so the footnote of its country stands on it."""
    row = _row(who, [])
    note = who.country.footnote if who.country else ""
    return row | about | {"note": note, "size": _size(row["name"])}


def _size(name: str) -> str:
    """The longest word must fit on one line, the whole name on three."""
    longest = max((len(word) for word in name.split()), default=0)
    if len(name) <= 26 and longest <= 13:
        return "short"
    return "medium" if len(name) <= 44 and longest <= 18 else "long"


def _note_reading(people: list[Application], by: Any, what: str) -> None:
    """Names that leave the portal on paper were read; people see how often."""
    PersonalDataRead.objects.bulk_create(
        PersonalDataRead(reader_id=by.pk, person_id=each.person_id, what=what)
        for each in people
        if by and getattr(by, "person_id", None) != each.person_id
    )
