"""The demo's curriculum: written for the demo, because the real module list is not public."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from curriculum.models import Edition, Module

FACTS = Path(__file__).parent / "data" / "demo_modules.json"


@transaction.atomic
def load_demo_modules() -> Edition:
    """One edition in force with its modules; a second call changes nothing."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    languages = facts["languages"]
    edition, created = Edition.objects.get_or_create(
        code=facts["edition"]["code"],
        defaults={"is_demo": True, **in_each("title", facts["edition"]["title"], languages)},
    )
    if not created:
        return edition
    # Never push a real edition aside for an invented one.
    if not Edition.objects.in_force().exists():
        edition.put_in_force(timezone.localdate())
    by_code: dict[str, Module] = {}
    for order, row in enumerate(facts["modules"], start=1):
        by_code[row["code"]] = _add_module(edition, order, row, languages)
    for row in facts["modules"]:
        by_code[row["code"]].prerequisites.set([by_code[code] for code in row["after"]])
    return edition


def in_each(field: str, texts: list[str], languages: list[str]) -> dict[str, str]:
    """{"title_en": …, "title_az": …}: one text per language, in the given order."""
    return {
        build_localized_fieldname(field, language): text
        for language, text in zip(languages, texts, strict=True)
    }


def _add_module(edition: Edition, order: int, row: dict[str, Any], languages: list[str]) -> Module:
    module = Module.objects.create(
        edition=edition,
        order=order,
        is_demo=True,
        **{name: row[name] for name in ["code", "slug", "level", "hours"]},
        **in_each("title", row["title"], languages),
        **in_each("summary", row["summary"], languages),
    )
    module.primary_objectives.set(row["primary"])
    module.secondary_objectives.set(row["secondary"])
    module.principles.set(row["principles"])
    for place, texts in enumerate(row["topics"], start=1):
        module.topics.create(order=place, **in_each("title", texts, languages))
    for place, texts in enumerate(row["outcomes"], start=1):
        module.outcomes.create(order=place, **in_each("text", texts, languages))
    return module
