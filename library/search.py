"""Finding items: one box for three languages, filters, and counts beside each choice.

Every piece of what was typed is looked up three ways: stemmed as English, stemmed as Russian, and
as the beginning of a folded word, which serves Azerbaijani and every spelling without diacritics.
"""

import re
from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Func, TextField, Value
from django.db.models.functions import Cast

from library.models import Item
from library.models.items import ItemQuerySet
from rtcm.text import fold

FACETS: dict[str, Any] = {
    "type": F("type"),
    "language": Func(F("languages"), function="unnest", set_returning=True),
    "objective": F("objectives"),
    "principle": F("principles"),
    "country": F("countries"),
}
STEMMED = ["english", "russian"]
PIECE = re.compile(r'(-?)(?:"([^"]+)"|(\S+))')
MOST_PIECES = 12
SHORTEST_STEM = 4


def search_query(typed: str) -> Any:
    """All pieces must occur, except those after a minus; None when there is nothing to look for."""
    wanted: list[Any] = []
    for minus, phrase, word in PIECE.findall(typed)[:MOST_PIECES]:
        readings = _phrase(phrase) if phrase else _word(word)
        if readings and minus:
            wanted.extend(~reading for reading in readings)
        elif readings:
            wanted.append(reduce(or_, readings))
    return reduce(and_, wanted) if wanted else None


def _phrase(text: str) -> list[SearchQuery]:
    plain = SearchQuery(fold(text), config="simple", search_type="phrase")
    return [*_stemmed(text), plain] if _tokens(text) else []


def _word(text: str) -> list[SearchQuery]:
    tokens = _tokens(text)
    if not tokens:
        return []
    # Only letters and digits are left, so nothing can be read as an operator.
    starts = " & ".join(f"{t}:*" if len(t) >= SHORTEST_STEM else t for t in tokens)
    return [*_stemmed(text), SearchQuery(starts, config="simple", search_type="raw")]


def _stemmed(text: str) -> list[SearchQuery]:
    return [SearchQuery(text, config=config, search_type="phrase") for config in STEMMED]


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def find(items: ItemQuerySet, typed: str) -> ItemQuerySet:
    """Those which match, with their rank; everything when nothing was typed."""
    query = search_query(typed)
    if query is None:
        found = items.none() if typed.strip() else items
        return found.annotate(rank=Value(0.0))
    return items.filter(search_vector=query).annotate(rank=SearchRank(F("search_vector"), query))


def in_order(items: ItemQuerySet, sort: str) -> ItemQuerySet:
    newest = [F("year").desc(nulls_last=True), "-pk"]
    orders: dict[str, list[Any]] = {
        "relevance": ["-rank", *newest],
        "newest": newest,
        "oldest": [F("year").asc(nulls_last=True), "pk"],
        "title": ["title_sort", "pk"],
    }
    return items.order_by(*orders[sort])


def facet_counts(narrowed: Callable[[str], ItemQuerySet]) -> dict[str, dict[str, int]]:
    """How many items each choice would leave, for every facet, in one question.

    `narrowed(facet)` are the items under all other filters, so that a reader can change a choice
    without undoing it first.
    """
    parts = [_counted(narrowed(facet), facet, value) for facet, value in FACETS.items()]
    found: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for facet, value, count in parts[0].union(*parts[1:], all=True):
        if value is not None:
            found[facet][value] = count
    return found


def _counted(items: ItemQuerySet, facet: str, value: Any) -> Any:
    # A fresh query around the keys: the joins of the filters must not narrow the counted values.
    keys = items.order_by().values("pk")
    rows = Item.objects.rewrite(False).filter(pk__in=keys)
    named = rows.annotate(
        facet=Value(facet, output_field=TextField()), value=Cast(value, TextField())
    )
    return named.values_list("facet", "value").annotate(found=Count("pk"))
