"""The words of a certificate that staff may write, and the facts that may stand in them.

A placeholder is a name in braces, `{dates}`; nothing else in braces is allowed, and nothing of
what is filled in is ever read as a placeholder again.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainings.models import Certificate

PLACEHOLDERS = {
    "holder": gettext_lazy("name of the person"),
    "title": gettext_lazy("title of the training"),
    "dates": gettext_lazy("days of the training"),
    "place": gettext_lazy("place of the training"),
    "hours": gettext_lazy("hours in words"),
    "objectives": gettext_lazy("numbers of the objectives"),
    "number": gettext_lazy("number of the certificate"),
    "issued_on": gettext_lazy("day of issue"),
    "expires_on": gettext_lazy("last day of validity"),
}
# Each part of a tier's wording and how long it may be.
PARTS = {"heading": 80, "before": 160, "after": 200, "closing": 300}
ISSUER = 120
TIERS: list[str] = list(Certificate.Tier.values)
LANGUAGES = [code for code, _name in settings.LANGUAGES]

BRACES = re.compile(r"\{([^{}]*)\}")


def check(text: str) -> None:
    """Refuses what is no placeholder with a sentence that says what is wrong."""
    for name in BRACES.findall(text):
        if name not in PLACEHOLDERS:
            raise ValidationError(
                _("“%(written)s” is not a placeholder. Use only: %(known)s.")
                % {"written": f"{{{name}}}", "known": known()},
                code="placeholder",
            )
    if set(BRACES.sub("", text)) & set("{}"):
        raise ValidationError(
            _("A brace stands alone. Write a placeholder as %(example)s.") % {"example": "{dates}"},
            code="brace",
        )


def known() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """One pass: braces inside a fact stay what they are. Facts that are empty leave no gap."""
    said = BRACES.sub(lambda found: facts.get(found[1], ""), text)
    return " ".join(said.split())


def check_texts(texts: Mapping[str, Any]) -> None:
    """Every part of every language and tier, within its length; headings and issuers are there."""
    for code in LANGUAGES:
        _check_part(texts[code]["issuer"], ISSUER, needed=True)
        for tier in TIERS:
            for part, longest in PARTS.items():
                _check_part(texts[code][tier][part], longest, needed=part == "heading")


def _check_part(text: str, longest: int, *, needed: bool) -> None:
    if needed and not text.strip():
        raise ValidationError(_("Every language needs its heading and its issuer."), code="blank")
    if len(text) > longest:
        raise ValidationError(
            _("This text is longer than %(longest)s characters.") % {"longest": longest},
            code="long",
        )
    check(text)
