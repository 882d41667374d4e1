"""{% card %}, {% card_of %}, {% card_list %}: pieces of a page, made once for all who see them.

A list page spends nine tenths of its time on cards that did not change. They are kept in this
process only, for a minute, by language and by what they are made of. A card knows no request and no
user, so it cannot hold anything of one reader.
"""

from time import time
from typing import Any

from django import template
from django.db.models import Model, QuerySet
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

KEPT = 4000
LIFE = 60  # seconds; a deadline passes and a country is renamed without touching the record
cards: dict[tuple[Any, ...], str] = {}  # what templates made: safe as it is


@register.simple_tag
def card(name: str, **made_of: Any) -> str:
    """One piece: a record counts as its `updated_at`, rows as their keys, all else as itself."""
    key = key_of(name, *map(state_of, made_of.values()))
    return cards.get(key) or keep(key, name, made_of)


@register.simple_tag
def card_of(name: str, record: Model | None, *states: Any, **asked: Any) -> str:
    """A piece about one record (or none yet); what else it shows is asked for only when rendered.

    So that else may be a minute late unless the record is saved with it, and everybody must see
    it alike but for `states`, such as a permission.
    """
    key = key_of(name, state_of(record), *map(state_of, states))
    named = {str(record._meta.model_name): record} if record else {}
    return cards.get(key) or keep(key, name, named | asked)


@register.simple_tag
def card_list(name: str, rows: Any, **same: Any) -> str:
    """The cards of these rows, each under the name of its model; "" when there are none.

    The rows themselves are not loaded: one light question asks what each card is made of
    (`card_states`, the key first), and only those not kept here are loaded with `for_cards`.
    """
    keys = {state[0]: key_of(name, state, *same.values()) for state in rows.card_states()}
    shown = {pk: cards.get(key) for pk, key in keys.items()}
    missing = [pk for pk, html in shown.items() if html is None]
    loaded = rows.model.objects.for_cards().in_bulk(missing) if missing else {}
    for pk, row in loaded.items():
        shown[pk] = keep(keys[pk], name, {row._meta.model_name: row, **same})
    return SafeString("".join(html for html in shown.values() if html is not None))


def key_of(name: str, *states: Any) -> tuple[Any, ...]:
    """Each piece has its own minutes, or all would be made again at the same moment."""
    key = (name, get_language(), *states)
    return (*key, int(time() / LIFE + hash(key) % 60 / 60))


def keep(key: tuple[Any, ...], name: str, made_of: dict[str, Any]) -> str:
    if len(cards) >= KEPT:
        cards.clear()
    cards[key] = html = get_template(name).render(made_of)
    return html


def state_of(thing: Any) -> Any:
    if isinstance(thing, Model):
        return thing._meta.label, thing.pk, getattr(thing, "updated_at", None)
    if isinstance(thing, QuerySet):
        return thing.model._meta.label, *(row.pk for row in thing)
    if isinstance(thing, dict):
        return tuple(thing.items())
    return tuple(thing) if isinstance(thing, list) else thing
