"""Draws certificates that do not exist: `python -m trainings.preview_child`, within limits.

Standard input: JSON with a `look` (look.Look) and `rows` (columns of certificates). Standard
output: a JSON list of PNGs in base64. No database is asked and nothing is fetched.
"""

import io
import json
import os
import resource
import sys
from base64 import b64encode
from datetime import date
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtcm.settings")
django.setup()

import pypdfium2  # noqa: E402 - after setup

from trainings.certificate_pdf import html, pdf  # noqa: E402
from trainings.look import Look  # noqa: E402
from trainings.models import Certificate  # noqa: E402

CPU_SECONDS = 30
MEMORY = 2 * 1024**3
SCALE = 1.25  # pixels per point: an A4 page is 1052 wide
DATES = ("starts_on", "ends_on", "issued_on")


def certificate(columns: dict[str, Any]) -> Certificate:
    """An unsaved row; dates and hours come as texts."""
    dates = {name: date.fromisoformat(columns[name]) for name in DATES}
    return Certificate(**{**columns, **dates, "hours": Decimal(columns["hours"])})


def png(document: bytes, scale: float = SCALE) -> bytes:
    with pypdfium2.PdfDocument(document) as opened:
        picture = opened[0].render(scale=scale).to_pil()
    target = io.BytesIO()
    picture.convert("RGB").quantize(128).save(target, "PNG", optimize=True)
    return target.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.load(sys.stdin)
    look = Look.from_json(asked["look"])
    rows = [certificate(columns) for columns in asked["rows"]]
    drawn = [png(pdf(html(row, look), row.number)) for row in rows]
    json.dump([b64encode(each).decode() for each in drawn], sys.stdout)


if __name__ == "__main__":
    main()
