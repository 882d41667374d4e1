"""The centre's real past, as far as it is publicly known: loaded once, never invented upon."""

import csv
from calendar import monthrange
from datetime import date
from pathlib import Path

from django.db import transaction

from curriculum.models import Objective
from rtcm.accounts.models import Country
from rtcm.text import slugify
from trainings.models import Training

FACTS = Path(__file__).parent / "data" / "history.csv"
GENERAL = 0


@transaction.atomic
def load_history() -> int:
    """Adds the events of data/history.csv that are not there yet; returns how many.

    An event is known by its address, so staff may correct everything else. An unknown head-count
    stays unknown; dates known to the month fill the span of their months.
    """
    with FACTS.open(encoding="utf-8", newline="") as lines:
        return sum(_load(row) for row in csv.DictReader(lines))


def _load(row: dict[str, str]) -> bool:
    start, end = _span(row)
    slug = slugify(f"{row['title_en']} {start:%Y-%m}", 80)
    training, created = Training.objects.get_or_create(
        slug=slug, defaults={**_fields(row), "starts_on": start, "ends_on": end}
    )
    if created:
        codes = [code for code in row["countries"].split(";") if code]
        training.participating_countries.set(Country.objects.filter(iso2__in=codes))
        training.extra_objectives.set(Objective.objects.filter(number__in=_numbers(row)))
    return created


def _span(row: dict[str, str]) -> tuple[date, date]:
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    if row["precision"] == Training.Precision.MONTH:
        start = start.replace(day=1)
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return start, end


def _numbers(row: dict[str, str]) -> list[int]:
    return [
        GENERAL if number == "general" else int(number)
        for number in row["objectives"].split(";")
        if number
    ]


def _fields(row: dict[str, str]) -> dict[str, object]:
    copied = ("title_az", "title_en", "title_ru", "city_az", "city_en", "city_ru", "kind", "mode")
    online = row["mode"] == Training.Mode.ONLINE
    return {
        **{name: row[name] for name in copied},
        "date_precision": row["precision"],
        "level": Training.Level.NATIONAL if row["countries"] == "AZ" else Training.Level.REGIONAL,
        "country_id": None if online else "AZ",
        "status": Training.Status.PUBLISHED,
        "reported_persons": int(row["persons"]) if row["persons"] else None,
        "note": row["note"],
        "is_historic": True,
    }
