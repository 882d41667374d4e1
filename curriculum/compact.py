"""Brings the Compact's objectives and principles into the database."""

import json
from pathlib import Path
from typing import Any

from django.db import models, transaction

from curriculum.models import Objective, Principle

FACTS = Path(__file__).parent / "data" / "gcm.json"


@transaction.atomic
def load_gcm() -> int:
    """Add what is missing and fill what is empty; what staff have written stays theirs."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    written = sum(_fill(Objective, row) for row in facts["objectives"])
    return written + sum(_fill(Principle, row) for row in facts["principles"])


def _fill(model: type[models.Model], facts: dict[str, Any]) -> bool:
    key = model._meta.pk.name
    row, created = model._default_manager.get_or_create(**{key: facts[key]}, defaults=facts)
    if created:
        return True
    empty = [name for name, value in facts.items() if value and getattr(row, name) in (None, "")]
    for name in empty:
        setattr(row, name, facts[name])
    if empty:
        row.save(update_fields=empty)
    return bool(empty)
