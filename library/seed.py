"""Real, well-known works the library starts with: records that point, no copied files."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from modeltranslation.utils import build_localized_fieldname

from library.models import Item

FACTS = Path(__file__).parent / "data" / "works.json"
TRANSLATED = ["title", "abstract"]
LINKED = ["objectives", "principles"]


@transaction.atomic
def load_library() -> int:
    """Add the works which are missing; a record that exists belongs to the librarians."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    known = set(Item.objects.values_list("slug", flat=True))
    missing = [work for work in facts["works"] if work["slug"] not in known]
    for work in missing:
        _add(work, facts["languages"])
    return len(missing)


def _add(work: dict[str, Any], languages: list[str]) -> None:
    contributors = work.pop("contributors")
    linked = {name: work.pop(name, []) for name in LINKED}
    texts = {
        build_localized_fieldname(name, language): text or None
        for name in TRANSLATED
        for language, text in zip(languages, work.pop(name), strict=True)
    }
    item = Item.objects.create(**work, **texts)
    for name, keys in linked.items():
        getattr(item, name).set(keys)
    for order, contributor in enumerate(contributors, start=1):
        item.contributors.create(order=order, **contributor)
    item.remember_names()
    item.publish()
