"""A design as the form of it begins: its newest version, or the centre's own words."""

from typing import Any

from trainings import look, wording
from trainings.models import CertificateDesign, DesignVersion


def typed(design: CertificateDesign | None, version: DesignVersion | None) -> dict[str, Any]:
    """Values per field of DesignForm."""
    if design is None or version is None:
        return _own()
    served = list(design.tiers.all())
    values: dict[str, Any] = {
        "name": design.name,
        "tiers": [each.tier for each in served],
        "default_for": [each.tier for each in served if each.is_default],
        "has_frame": version.has_frame,
        "background-kept": version.background_id,
        **_texts(version.texts),
    }
    for signatory in version.signatories.all():
        place = f"signatory{signatory.position}"
        values[f"{place}-kept"] = signatory.signature_id
        values |= _said(place, "name", signatory.names) | _said(place, "post", signatory.posts)
    for logo in version.logos.all():
        values[f"logo{logo.position}-kept"] = logo.picture_id
        values |= _said(f"logo{logo.position}", "name", logo.names)
    return values


def _own() -> dict[str, Any]:
    own = look.own()
    values = {"tiers": wording.TIERS, "has_frame": True, **_texts(own.texts)}
    for place, signatory in enumerate(own.signatories, start=1):
        values |= _said(f"signatory{place}", "post", signatory.posts)
    return values


def _texts(texts: dict[str, Any] | Any) -> dict[str, str]:
    values = {f"{code}-issuer": texts[code]["issuer"] for code in wording.LANGUAGES}
    for code in wording.LANGUAGES:
        for tier in wording.TIERS:
            for part in wording.PARTS:
                values[f"{code}-{tier}-{part}"] = texts[code][tier][part]
    return values


def _said(place: str, part: str, words: Any) -> dict[str, str]:
    return {f"{place}-{code}-{part}": words.get(code, "") for code in wording.LANGUAGES}
