"""Judges what anybody hands in: is it the centre's, unchanged, and does it still hold?

The signature decides, with the keys that are published; nothing is fetched, whatever a document
names. Only what it does not sign is asked of the database: whether it was taken back since.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from trainings.credentials import claims
from trainings.guardians import checked_by_anybody
from trainings.issuer_addresses import issuer_address
from trainings.issuer_keys import signed_by
from trainings.models import Certificate
from trainings.reading import Found, credentials_in, is_pdf

KIND = "OpenBadgeCredential"


@dataclass(frozen=True)
class Verdict:
    """`standing` is that of a certificate (valid, expired, superseded, revoked), or one of
    forged, foreign, unlisted (signed by us, and unknown to this database) and none.

    `whole` says of a PDF whether it is byte for byte one that the centre made.
    """

    standing: str
    facts: dict[str, Any] = field(default_factory=dict)
    certificate: Certificate | None = None
    whole: bool | None = None


def verdict_on(content: bytes) -> Verdict:
    """Refuses with a sentence what cannot be read at all."""
    stored = _stored(content) if is_pdf(content) else None
    if stored:
        return _of_certificate(stored, whole=True)
    whole = False if is_pdf(content) else None
    verdicts = [_judged(found, whole) for found in credentials_in(content)]
    return verdicts[0] if verdicts else Verdict("none", whole=whole)


def _stored(content: bytes) -> Certificate | None:
    """Whose document this is, also as an earlier renderer made it. One question for each table:
    asked together, they would be answered without their indexes."""
    digest, known = hashlib.sha256(content).hexdigest(), checked_by_anybody()
    return (
        known.filter(sha256=digest).first()
        or known.filter(archive_copy__sha256=digest).first()
        or known.filter(renderings__sha256=digest).first()
    )


def _judged(found: Found, whole: bool | None) -> Verdict:
    try:
        said = claims(found.token)
    except (ValueError, RecursionError):
        return Verdict("none", whole=whole)
    if not signed_by(found.token):
        ours = said.get("iss") == issuer_address()
        return Verdict("forged" if ours else "foreign", whole=whole)
    if KIND not in said.get("type", []):
        return Verdict("none", whole=whole)
    if found.shown is not None and found.shown != said:
        return Verdict("forged", whole=whole)
    return _of_credential(said, whole)


def _of_credential(said: dict[str, Any], whole: bool | None) -> Verdict:
    number = said["credentialSubject"]["licenseNumber"]
    certificate = checked_by_anybody().filter(number=number).first()
    kept = getattr(certificate, "credential", None)
    if certificate and kept and kept.jwt and claims(kept.jwt)["jti"] == said["jti"]:
        return _of_certificate(certificate, whole)
    until = parse_datetime(said.get("validUntil", ""))
    over = until is not None and until < timezone.now()
    return Verdict("expired" if over else "unlisted", _facts_signed(said), whole=whole)


def _of_certificate(certificate: Certificate, whole: bool | None) -> Verdict:
    return Verdict(certificate.standing, _facts_kept(certificate), certificate, whole)


def _facts_kept(certificate: Any) -> dict[str, Any]:
    return {
        "holder": "" if certificate.of_minor else certificate.holder,
        "number": certificate.number,
        "issued_on": certificate.issued_on,
    }


def _facts_signed(said: dict[str, Any]) -> dict[str, Any]:
    subject = said["credentialSubject"]
    (identity,) = subject["identifier"]
    return {
        "holder": identity["identityHash"] if identity["identityType"] == "name" else "",
        "number": subject["licenseNumber"],
        "title": said["name"],
        "issued_on": timezone.localdate(datetime.fromisoformat(said["validFrom"])),
    }
