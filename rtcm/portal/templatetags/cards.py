"""{% card "trainings/_card.html" training=training … %}: a card, rendered once for all who see it.

A list page spends nine tenths of its time on cards that did not change. They are kept in this
process only, by language and by what they are made of: a record counts as its `updated_at`, rows
as their keys, all else as itself. So whatever changes without touching the record (seats left, a
deadline that passed, the objectives of a module) is given to the card by name. A card knows no
request and no user.
"""

from time import time
from typing import Any

from django import template
from django.db.models import Model, QuerySet
from django.template.loader import get_template
from django.utils.translation import get_language

register = template.Library()

KEPT = 4000
LIFE = 300  # seconds; the names of countries and objectives are nobody's updated_at
cards: dict[tuple[Any, ...], str] = {}  # what templates made: safe as it is


@register.simple_tag
def card(name: str, **made_of: Any) -> str:
    key = (name, get_language(), int(time() / LIFE), *map(state_of, made_of.values()))
    html = cards.get(key)
    if html is None:
        html = get_template(name).render(made_of)
        if len(cards) >= KEPT:
            cards.clear()
        cards[key] = html
    return html


def state_of(thing: Any) -> Any:
    if isinstance(thing, Model):
        return thing._meta.label, thing.pk, thing.updated_at  # type: ignore[attr-defined]
    if isinstance(thing, QuerySet):
        return thing.model._meta.label, *(row.pk for row in thing)
    if isinstance(thing, dict):
        return tuple(thing.items())
    return tuple(thing) if isinstance(thing, list) else thing
