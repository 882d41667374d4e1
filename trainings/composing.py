"""The words of one certificate in each of its languages, and the sizes at which they fit."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from trainings import wording
from trainings.dates import date_span, full_date
from trainings.fitting import FINE, PLAIN, POINTS_PER_MM, TEXT, Fitted, fit_name, lines, width
from trainings.hours import in_words
from trainings.look import Look
from trainings.models import Certificate

# Millimetres, as in certificate.css.
NAME_ROOM = 240
WIDE, NARROW = 205, 112  # a statement alone on the page, and beside its translation
HEIGHT = {False: 87, True: 82}  # between heading and signatures, alone and in a pair
CREST = 5  # less of it under a logo in the middle
HEADING_ROOM = {True: 163, False: 220}  # between logos, and without any

# Points: what the texts have where there is room.
HEADING = {False: (26.0, 0.0), True: (21.0, 13.5)}  # alone, and of the two of a pair
LEAST_HEADING = 15.0
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


def heading_sizes(said: list[Words], look: Look) -> list[float]:
    """In points, per language: on one line where it can be read, else broken by the engine."""
    room = HEADING_ROOM[bool(look.logos)]
    return [
        min(largest, max(LEAST_HEADING * largest / 26, _one_line(each.heading, room)))
        for each, largest in zip(said, HEADING[len(said) > 1], strict=False)
    ]


def _one_line(text: str, room: float) -> float:
    spaced = width(text, FINE) + 0.021 * len(text)
    return int(2 * room * POINTS_PER_MM / spaced) / 2


def has_crest(look: Look) -> bool:
    """A logo stands in the middle, above the heading."""
    return len(look.logos) in {1, 3}


def sizes(said: list[Words], holder: str, look: Look) -> Sizes:
    """The title gives way first, then everything a little; the name stays the largest."""
    name = fit_name(holder, NAME_ROOM)
    room = (HEIGHT[len(said) > 1] - CREST * has_crest(look)) * POINTS_PER_MM
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
    before = sum(_count(each.before, TEXT, at.lead, NAME_ROOM) for each in said) * at.lead * 1.4
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
        (_count(text, family, size, room) * line + margin) * size
        for text, family, size, line, margin in parts
        if text
    )


def _count(text: str, family: str, size: float, room: float) -> int:
    """Lines that a text takes; a word that is broken takes more than one."""
    most = room * POINTS_PER_MM / size
    whole = lines(text, family, size, room)
    return sum(1 + int(width(line, family) / most) for line in whole)


def title_lines(each: Words, at: Sizes, pair: bool) -> tuple[str, ...]:
    return lines(each.title, TEXT, at.title, NARROW if pair else WIDE)
