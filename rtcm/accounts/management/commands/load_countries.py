import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from modeltranslation.utils import build_localized_fieldname

from rtcm.accounts.models import Country

# Names from Unicode CLDR, a few put as the United Nations write them.
COUNTRIES = Path(__file__).parents[2] / "data" / "countries.json"


class Command(BaseCommand):
    help = "Adds the countries that are missing. What staff have edited stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = json.loads(COUNTRIES.read_text(encoding="utf-8"))
        before = Country.objects.count()
        Country.objects.bulk_create([_country(row) for row in rows], ignore_conflicts=True)
        self.stdout.write(f"{Country.objects.count() - before} countries added")


def _country(row: dict[str, Any]) -> Country:
    fields: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            fields |= {build_localized_fieldname(name, code): value[code] for code in value}
        else:
            fields[name] = value
    return Country(**fields)
