"""Looking at certificates before there are any: pages as pictures, made by a child process.

WeasyPrint takes seconds to import, and a page that goes wrong must not take the web along.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Length, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person, record_reads
from trainings.issuing import HOLDER_LENGTH, LANGUAGES, texts_of
from trainings.look import Look
from trainings.models import Training

SECONDS = 45
NOTHING = {"title": "—", "place": ""}
# One of each script that names come in, and the longest that fits into the column.
INVENTED = [
    "Şəhriyar İsmayıl oğlu Əliyev",
    "Юлия Щербакова-Железнова",
    "გიორგი მაჩაბელი",
    "Անահիտ Սարգսյան",
    "عائشة عبد الرحمن الهاشمي",
    "Abdurrahman-Mohammadjon Fayzullozoda Sharofiddinovich Bekmuhammedova-Yo‘ldoshxo‘jayeva Qi.",
]


@dataclass(frozen=True)
class Sheet:
    """One page as a PNG, as base64."""

    holder: str
    png: str


def sheets(
    look: Look,
    *,
    tier: str,
    languages: list[str],
    names: list[str],
    training: Training | None = None,
) -> list[Sheet]:
    """A page per name, of this training or the newest; refuses where they could not be drawn."""
    columns = {"tier": tier, "language": languages[0], "languages": languages, **_of(training)}
    asked = json.dumps(
        {"look": look.as_json(), "rows": [{**columns, "holder": name} for name in names]}
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "trainings.preview_child"],
            input=asked.encode(),
            cwd=settings.BASE_DIR,
            env={**os.environ, "SITE_ORIGIN": settings.SITE_ORIGIN},
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as failure:
        raise ValidationError(
            _("The pages could not be drawn. Nothing is lost; please try again."), code="preview"
        ) from failure
    drawn = json.loads(done.stdout)
    return [Sheet(name, png) for name, png in zip(names, drawn, strict=True)]


def names_for(people: QuerySet[Person], reader: Any) -> list[str]:
    """The shortest and the longest real name, and one of each script; the reading is on record."""
    named = people.annotate(
        printed=Coalesce(NullIf("certificate_name", Value("")), F("full_name")),
        length=Length("printed"),
    ).filter(length__gt=0, length__lte=HOLDER_LENGTH)
    ends = [named.order_by("length", "pk").first(), named.order_by("-length", "pk").first()]
    real = list({person.pk: person for person in ends if person}.values())
    record_reads(reader, real, "preview of certificates")
    return [*(person.name_for_certificate for person in real), *INVENTED]


def _of(training: Training | None) -> dict[str, Any]:
    """The other columns of a certificate that nobody has."""
    published = Training.objects.filter(status=Training.Status.PUBLISHED)
    training = training or published.select_related("country").order_by("-starts_on").first()
    today = timezone.localdate()
    return {
        "number": "RTCM-0000-000000",
        "code": "A" * 27,
        "texts": texts_of(training) if training else dict.fromkeys(LANGUAGES, NOTHING),
        "starts_on": (training.starts_on if training else today).isoformat(),
        "ends_on": (training.ends_on if training else today).isoformat(),
        "issued_on": today.isoformat(),
        "hours": "24",
        "objectives": training.objective_numbers if training else [],
    }
