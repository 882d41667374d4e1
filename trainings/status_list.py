"""Which credentials hold no more: Bitstring Status Lists (W3C), built from the certificates.

A credential's place is drawn by lot, so that a list tells nothing about the order of issue.
"""

import gzip
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import Max
from django.utils import timezone

from trainings.issuer import W3C, as_jwt, issuer_address
from trainings.issuer_addresses import status_address
from trainings.issuer_keys import IssuerKey
from trainings.models import Certificate, Credential
from trainings.models.credential import LIST_SIZE

FRESH = timedelta(minutes=5)  # for so long may a verifier keep a list
HOLDS = timedelta(days=1)
GONE = [Certificate.State.REVOKED, Certificate.State.SUPERSEDED]
# So many taken places in a row: the list is about full, and the next one begins.
DRAWS = 20


def take_place(certificate: Certificate, size: int = LIST_SIZE) -> Credential:
    """The certificate's row with its place; the same one however often it is asked for."""
    newest = Credential.objects.aggregate(last=Max("status_list"))["last"] or 1
    for number in count(newest):
        for _draw in range(DRAWS):
            row = Credential(
                certificate_id=certificate.pk,
                status_list=number,
                status_index=secrets.randbelow(size),
            )
            Credential.objects.bulk_create([row], ignore_conflicts=True)
            kept = Credential.objects.filter(certificate=certificate).first()
            if kept:
                return kept
    raise AssertionError("count() has no end")


def entry(credential: Credential) -> dict[str, Any]:
    """What a credential says about where its status is found."""
    address = status_address(credential.status_list)
    return {
        "id": f"{address}#{credential.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(credential.status_index),
        "statusListCredential": address,
    }


def exists(number: int) -> bool:
    return Credential.objects.filter(status_list=number).exists()


def signed_list(number: int, key: IssuerKey) -> str:
    """The list as it stands now, as a signed VC-JWT."""
    address, now = status_address(number), timezone.now().replace(microsecond=0)
    return as_jwt(
        {
            "@context": [W3C],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer_address(),
            "validFrom": now.isoformat(),
            "validUntil": (now + HOLDS).isoformat(),
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "ttl": int(FRESH.total_seconds() * 1000),
                "encodedList": encoded(bits(number)),
            },
        },
        key,
    )


def bits(number: int) -> bytes:
    """One bit a place, the first place leftmost; 1 is revoked or superseded."""
    places = bytearray(LIST_SIZE // 8)
    gone = Credential.objects.filter(status_list=number, certificate__state__in=GONE)
    for index in gone.order_by().values_list("status_index", flat=True).iterator():
        places[index // 8] |= 0b1000_0000 >> index % 8
    return bytes(places)


def encoded(places: bytes) -> str:
    """GZIP, then base64url without padding, marked as such by multibase's `u`."""
    packed = gzip.compress(places, mtime=0)
    return f"u{urlsafe_b64encode(packed).decode().rstrip('=')}"
