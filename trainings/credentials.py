"""A certificate's credential: signed once, kept, and shown as what was signed.

ECDSA takes a random number, so a second signature would be another credential. Whoever writes
`jwt` first has signed; a worker that comes later, or again after a death, finds it written.
"""

import json
from base64 import urlsafe_b64decode
from typing import Any

from django.utils import timezone

from rtcm.jobs.models import Job, owe
from trainings.issuer import as_jwt
from trainings.issuer_keys import IssuerKey, signer
from trainings.models import Certificate, Credential
from trainings.open_badge import badge
from trainings.status_list import take_place


def sign_certificate(certificate: Certificate) -> Credential | None:
    """The signed credential of a certificate; None while there is neither one nor a key."""
    signed = Credential.objects.filter(certificate=certificate).exclude(jwt="").first()
    key = signer()
    if signed or key is None:
        return signed
    credential = take_place(certificate)
    return keep(credential, as_jwt(badge(certificate, credential), key), key)


def keep(credential: Credential, jwt: str, key: IssuerKey) -> Credential:
    """Writes the signature where there is none yet; returns the row with the one that counts."""
    unsigned = Credential.objects.filter(pk=credential.pk, jwt="")
    unsigned.update(jwt=jwt, key_id=key.id, signed_at=timezone.now())
    credential.refresh_from_db()
    return credential


def document(credential: Credential) -> bytes:
    """The credential as JSON that can be read: what was signed, beside the proof that it was."""
    shown = {**claims(credential.jwt), "proof": {"type": "JwtProof2020", "jwt": credential.jwt}}
    return json.dumps(shown, ensure_ascii=False, indent=2).encode() + b"\n"


def claims(jwt: str) -> dict[str, Any]:
    """What a compact JWS says, unverified. Raises ValueError where it says nothing readable."""
    _header, payload, _signature = jwt.split(".")
    said = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    if not isinstance(said, dict):
        raise ValueError("The payload is no object.")
    return said


def owe_archive(certificate: Certificate) -> Job:
    """Owes the archive copy, with the credential in it if one can be signed by then."""
    return _owe(certificate.pk, f"archive:{certificate.number}")


def owe_signatures(key: IssuerKey) -> int:
    """Owes the credentials that are not signed yet; returns how many. Harmless twice."""
    unsigned = Certificate.objects.exclude(credential__jwt__gt="").order_by("pk")
    rows = unsigned.values_list("pk", "number").iterator()
    return sum(bool(_owe(pk, f"credential:{number}:{key.id}")) for pk, number in rows)


def forget_signatures(key_id: str) -> int:
    """Forgets what a key has signed, after it was stolen; returns how many credentials."""
    return Credential.objects.filter(key_id=key_id).delete()[1].get("trainings.Credential", 0)


def _owe(pk: int, dedupe_key: str) -> Job:
    return owe("archive", dedupe_key, payload={"certificate": pk}, queue=Job.Queue.DOCUMENTS)
