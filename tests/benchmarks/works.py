"""The library of the benchmark: works in three languages with their makers and subjects."""

from typing import Any

from django.utils import timezone

from library.models import Contributor, Item
from tests.benchmarks.filling import (
    OWN,
    multiply,
    multiply_side_by_side,
    relate,
    some_country,
    some_module,
    some_name,
    some_text,
    without_indexes,
)
from tests.benchmarks.scales import Scale

RELATIONS: list[Any] = [Item.objectives, Item.principles, Item.modules, Item.countries]


def library(scale: Scale) -> None:
    """Every work has a first maker, every other one a second; two objectives, one principle."""
    count, key = scale.items, f"i + {OWN}"
    with without_indexes(Item, Contributor, *(relation.through for relation in RELATIONS)):
        works(scale)
        for place in (1, 2):
            multiply(
                Contributor(order=place),
                count // place,
                some_name(scale.names, f"i * 13 + {place}"),
                id=f"{OWN} + {(place - 1) * count} + i",
                item_id=f"{OWN} + i * {place}",
                name="n.name",
            )
        relate(Item.objectives.through, count, key, "i % 24")
        relate(Item.objectives.through, count, key, "(i + 1 + i % 22) % 24")
        relate(Item.principles.through, count, key, "chr(97 + i % 10)")
        relate(Item.modules.through, count // 3, f"i * 3 + {OWN}", some_module())
        relate(Item.countries.through, count // 2, f"i * 2 + {OWN}", some_country())


def works(scale: Scale) -> None:
    types = ", ".join(f"'{value}'" for value in Item.Type.values)
    multiply_side_by_side(
        Item(languages=["en"], publisher="Migration Policy House", published_at=timezone.now()),
        scale.items,
        some_text(scale.texts),
        slug="'work-' || i",
        type=f"(ARRAY[{types}])[1 + i % {len(Item.Type.values)}]",
        year="1985 + (i * 7) % 41",
        status="CASE WHEN i % 50 = 0 THEN 'draft' ELSE 'published' END",
        folded_title="t.folded_title || ' ' || u.folded_title",
        folded_text="t.folded",
        **wording(),
    )


def wording() -> dict[str, str]:
    """All have an English title, most an Azerbaijani, some a Russian one."""
    when = {"en": "true", "az": "i % 5 < 3", "ru": "i % 5 > 2"}
    columns = {}
    for code, has in when.items():
        texts = {
            "title": f"t.title_{code} || ': ' || lower(u.title_{code})",
            "abstract": f"t.{code}",
            "title_sort": f"left(t.sort_{code} || '00' || u.sort_{code}, 300)",
        }
        columns |= {
            f"{name}_{code}": f"CASE WHEN {has} THEN {sql} END" for name, sql in texts.items()
        }
        columns |= texts if code == "en" else {}
    return columns
