"""The words of one certificate in each of its languages, and the sizes at which they fit."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from trainings import wording
from trainings.dates import date_span, full_date
from trainings.fitting import PLAIN, POINTS_PER_MM, TEXT, Fitted, fit_name, lines
from trainings.hours import in_words
from trainings.look import Look
from trainings.models import Certificate

# Millimetres, as in certificate.css.
NAME_ROOM = 240
WIDE, NARROW = 205, 112  # a statement alone on the page, and beside its translation
HEIGHT = {False: 90, True: 84}  # between heading and signatures, alone and in a pair

# Points: what the texts have where there is room.
TITLE, LEAST_TITLE, LEAD, FACTS, CLOSING = 18.0, 13.0, 12.5, 10.5, 11.0
SHRUNK = [step / 20 for step in range(20, 7, -1)]


@dataclass(frozen=True)
class Words:
    """What the document says in one language; every text is plain."""

    language: str
    issuer: str
    heading: str
    before: str
    after: str
    closing: str
    title: str
    title_language: str
    facts: str
    issued: str
    objectives: str
    check: str


@dataclass(frozen=True)
class Sizes:
    """In points."""

    name: Fitted
    title: float
    lead: float
    facts: float
    closing: float


def words(certificate: Certificate, look: Look, language: str) -> Words:
    with translation.override(language):
        facts = _facts(certificate, language)
        said = {
            part: wording.filled(text, facts)
            for part, text in look.texts[language][certificate.tier].items()
        }
        dated = [facts["dates"], facts["place"], facts["hours"]]
        return Words(
            language=language,
            issuer=wording.filled(look.texts[language]["issuer"], facts),
            title=facts["title"],
            title_language=certificate.texts[language].get("language", language),
            facts=" · ".join(part for part in dated if part),
            issued=_issued(facts),
            objectives=_objectives(facts["objectives"]),
            check=_check(),
            **said,
        )


def _facts(certificate: Certificate, language: str) -> dict[str, str]:
    """What the placeholders stand for (wording.PLACEHOLDERS), in the active language."""
    texts = certificate.texts[language]
    numbers = (str(number) for number in sorted(certificate.objectives) if number)
    hours = certificate.hours
    until = certificate.expires_on
    return {
        "holder": certificate.holder,
        "title": texts["title"],
        "dates": date_span(certificate),
        "place": texts["place"],
        "hours": in_words(hours, certificate.hours_kind) if hours else "",
        "objectives": ", ".join(numbers),
        "number": certificate.number,
        "issued_on": full_date(certificate.issued_on),
        "expires_on": full_date(until) if until else "",
    }


def _issued(facts: dict[str, str]) -> str:
    said = {"number": facts["number"], "date": facts["issued_on"], "until": facts["expires_on"]}
    if said["until"]:
        return _("Certificate %(number)s, issued on %(date)s, valid until %(until)s") % said
    return _("Certificate %(number)s, issued on %(date)s") % said


def _objectives(numbers: str) -> str:
    if not numbers:
        return ""
    return _("Objectives of the Global Compact for Migration: %(objectives)s") % {
        "objectives": numbers
    }


def _check() -> str:
    site = f"{settings.SITE_ORIGIN}{reverse('trainings:certificate_check')}"
    return _("Check it at %(address)s with the code") % {"address": site}


def sizes(said: list[Words], holder: str) -> Sizes:
    """The title gives way first, then everything a little; the name stays the largest."""
    name = fit_name(holder, NAME_ROOM)
    room = HEIGHT[len(said) > 1] * POINTS_PER_MM
    for title in (TITLE - step / 2 for step in range(int(2 * (TITLE - LEAST_TITLE)) + 1)):
        full = Sizes(name, title, LEAD, FACTS, CLOSING)
        if _height(said, full) <= room:
            return full
    for share in SHRUNK:
        small = _scaled(name, share)
        if _height(said, small) <= room:
            return small
    return small


def _scaled(name: Fitted, share: float) -> Sizes:
    smaller = Fitted(name.lines, max(name.size * share, min(name.size, 18.0)))
    return Sizes(smaller, LEAST_TITLE * share, LEAD * share, FACTS * share, CLOSING * share)


def _height(said: list[Words], at: Sizes) -> float:
    """In points; margins and line heights as in certificate.css."""
    room = NARROW if len(said) > 1 else WIDE
    before = sum(lines(each.before, TEXT, at.lead, NAME_ROOM) for each in said) * at.lead * 1.4
    name = (len(at.name.lines) * 1.15 + 0.46) * at.name.size
    return before + name + max(_statement(each, at, room) for each in said)


def _statement(each: Words, at: Sizes, room: float) -> float:
    parts: list[tuple[str, Any, float, float, float]] = [
        (each.after, TEXT, at.lead, 1.4, 0),
        (each.title, TEXT, at.title, 1.3, 0.45),
        (each.facts, PLAIN, at.facts, 1.4, 1.05),
        (each.closing, TEXT, at.closing, 1.4, 0.8),
    ]
    return sum(
        (lines(text, family, size, room) * line + margin) * size
        for text, family, size, line, margin in parts
        if text
    )
