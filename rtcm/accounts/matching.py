"""Who a name may already be: suggestions with their reasons, which a person decides upon.

One matcher for imports, nominations, walk-ins and the merging of people. It never merges.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache, partial
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from rtcm.text import fold, name_key

LEAST = 0.6  # below it, a suggestion costs more attention than it saves
CANDIDATES = 40
ALIKE = 0.84  # two words spelled so alike are one word
# "son of", "daughter of", in every country that the centre works with.
SONS = {"oglu", "ogli", "ogly", "uglu", "oghlu", "uly", "uulu", "ulu", "bin", "ibn"}
OF = SONS | {"qizi", "kizi", "gizi", "kyzy", "kyzi"}
# Ivanovich, Ivanovna; Ilyich, Ilyinichna: endings that only a patronymic has.
PATRONYMIC = re.compile(r"\w{2,}(ov|ev|yev|iy)(ich|na)$|\w{3,}(inichna|ichna|lich|mich)$")


@dataclass(frozen=True)
class Suggestion:
    person: Person
    score: float
    why: list[str]


def likely(name: str, *, email: str = "", country: Any = None, limit: int = 5) -> list[Suggestion]:
    """People whom this name may mean, the likeliest first; an address decides over a name."""
    found = {person.pk: person for person in _candidates(name_key(name))}
    owners = set()
    if email:
        known = Person.objects.known_as(email.strip().lower()).select_related(*SHOWN)
        found |= {person.pk: person for person in known}
        owners = {person.pk for person in known}
    judged = (
        judge(name, person, country=country, same_email=person.pk in owners)
        for person in found.values()
    )
    likely = [suggestion for suggestion in judged if suggestion.score >= LEAST]
    return sorted(likely, key=lambda each: (-each.score, each.person.pk))[:limit]


SHOWN = ("country", "institution")


def _candidates(key: str) -> Iterable[Person]:
    """By the index of trigrams, which knows no order of words."""
    if not key:
        return []
    similar = Person.objects.filter(name_search__trigram_similar=key)
    ordered = similar.annotate(alike=TrigramSimilarity("name_search", key)).order_by("-alike", "pk")
    return ordered.select_related(*SHOWN)[:CANDIDATES]


def judge(
    name: str, person: Person, *, country: Any = None, same_email: bool = False
) -> Suggestion:
    """How likely the name means this person, from 0 to 1, and why, in words."""
    score, why = max(
        (alike(name, other) for other in _names(person)), key=lambda judgement: judgement[0]
    )
    code = getattr(country, "pk", country)
    if code and person.country_id:
        same = code == person.country_id
        score += 0.1 if same else -0.1
        why = [*why, _("the same country") if same else _("another country")]
    if same_email:
        score, why = max(score, 1.0), [_("the same e-mail address"), *why]
    return Suggestion(person, round(min(max(score, 0.0), 1.0), 2), why)


def _names(person: Person) -> list[str]:
    names = [person.full_name, person.certificate_name, person.other_script_name]
    return [each for each in names if each]


def alike(one: str, other: str) -> tuple[float, list[str]]:
    """How alike two names are, without regard to spelling, order and patronymics."""
    first, second = words(one), words(other)
    if not first or not second:
        return 0.0, []
    if first == second:
        same = fold(one) == fold(other)
        return 0.9, [_("the same name") if same else _("the same name, spelled otherwise")]
    if sorted(first) == sorted(second):
        return 0.88, [_("the same name in another order")]
    return _partly(_without_patronymic(one), _without_patronymic(other))


def words(name: str) -> list[str]:
    """The words of a name as every spelling writes them, "son of" left out."""
    return [name_key(word) for word in _spelled(name) if word not in OF and name_key(word)]


def _spelled(name: str) -> list[str]:
    return re.sub(r"[^\w\s]", " ", fold(name.replace("-", " "))).split()


def _without_patronymic(name: str) -> list[str]:
    spelled = _spelled(name)
    # Before "son of" stands the father's name.
    kept = [
        word
        for word, following in zip(spelled, [*spelled[1:], ""], strict=True)
        if not ({word, following} & OF or PATRONYMIC.fullmatch(word))
    ]
    return [name_key(word) for word in kept if name_key(word)]


def _partly(first: list[str], second: list[str]) -> tuple[float, list[str]]:
    """Word against word, each taken once, the most alike first."""
    few, many = sorted([first, second], key=len)
    if not few:
        return 0.0, []
    if sorted(few) == sorted(many):
        return 0.85, [_("the same name without the patronymic")]
    rest, marks = list(many), []
    for word in sorted(few, key=len, reverse=True):
        best = max(rest, key=partial(_same_word, word))
        marks.append(_same_word(word, best))
        rest.remove(best)
    score = 0.85 * sum(marks) / len(marks) - 0.06 * len(rest)
    if len(few) == 1 and len(many) > 1:
        score = min(score, 0.5)  # one word alone says too little
    if min(marks) < 0.5:
        score = min(score, 0.55)
    return score, [_("most of the name")] if rest else [_("a very similar name")]


@lru_cache(maxsize=20_000)
def _same_word(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.75 if one[0] == other[0] else 0.0  # an initial
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= ALIKE else ratio / 2
