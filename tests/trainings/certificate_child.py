"""Another process makes the same certificate: `python -m tests.trainings.certificate_child`.

Its columns come as JSON on standard input, the hash of the document goes to standard output; no
database is asked.
"""

import hashlib
import json
import os
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtcm.settings")
django.setup()

from trainings import certificate_pdf  # noqa: E402 - after setup
from trainings.models import Certificate  # noqa: E402

DATES = ("starts_on", "ends_on", "issued_on")


def certificate(columns: dict[str, Any]) -> Certificate:
    """An unsaved row; dates and hours come as texts."""
    dates = {name: date.fromisoformat(columns[name]) for name in DATES}
    return Certificate(**{**columns, **dates, "hours": Decimal(columns["hours"])})


if __name__ == "__main__":
    document = certificate_pdf.render(certificate(json.load(sys.stdin)))
    print(hashlib.sha256(document).hexdigest())  # noqa: T201
