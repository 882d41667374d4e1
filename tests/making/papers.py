"""Papers as they would be ordered."""

from typing import Any

from tests import make
from trainings import papers
from trainings.models import Paper

PERSON = {"name": "Amina Karimova", "institution": "Migration Service", "country": "Azerbaijan"}
SHEET = {
    "title": "Sign-in sheet",
    "training": "Key concepts",
    "day": "25 May 2026",
    "sessions": ["09:00 – 12:00"],
    "people": [PERSON],
}


def paper(**fields: Any) -> Paper:
    """A sign-in sheet, ordered; columns can be overridden afterwards."""
    dull = {"key": "sheet-1", "by": None, "language": "en", "training": make.training()}
    facts = fields.pop("facts", SHEET)
    columns = {name: fields.pop(name) for name in ("path", "ordered_at") if name in fields}
    made = papers.order(fields.pop("kind", "sheet"), facts=facts, **(dull | fields))
    Paper.objects.filter(pk=made.pk).update(**columns)
    made.refresh_from_db()
    return made
