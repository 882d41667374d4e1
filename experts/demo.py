"""The demo's experts: invented people, flagged, with profiles in three languages."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from curriculum.demo import in_each
from experts.models import DEFAULT_VISIBILITY, Expert
from rtcm.accounts.models import Country, Person

FACTS = Path(__file__).parent / "data" / "demo_experts.json"


@transaction.atomic
def load_demo_experts(dilara: Person) -> None:
    """Dilara's profile and eleven more; whoever has a profile already keeps it."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    _add(dilara, facts["dilara"], facts["languages"])
    for row in facts["experts"]:
        _add(_person(row, facts["languages"][0]), row, facts["languages"])


def _person(row: dict[str, Any], language: str) -> Person:
    """Nobody who signs in: the name of a real user is never taken over."""
    known = Person.objects.filter(full_name=row["name"], is_demo=True, user=None).first()
    return known or Person.objects.create(
        full_name=row["name"],
        certificate_name=row["certificate_name"],
        country_id=row["country"],
        post=row["post"],
        language=language,
        is_demo=True,
    )


def _add(person: Person, row: dict[str, Any], languages: list[str]) -> None:
    if Expert.objects.filter(person=person).exists():
        return
    expert = Expert.objects.all().start(person)
    texts = in_each("headline", row["headline"], languages)
    texts |= in_each("biography", row["biography"], languages)
    for name, text in texts.items():
        setattr(expert, name, text)
    expert.is_demo = True
    expert.modes = row["modes"]
    expert.visibility = DEFAULT_VISIBILITY | row["visibility"]
    expert.save()
    expert.countries.set(Country.objects.filter(pk__in=row["countries"]))
    for area in row["areas"]:
        expert.areas.create(**area)
    for language in row["languages"]:
        expert.languages.create(**language)
    expert.submit()
    if row["state"] == Expert.State.PUBLISHED:
        expert.publish(by=None)
