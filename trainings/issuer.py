"""The issuer's public face: its profile, and the documents that it signs."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from trainings.issuer_addresses import absolute, issuer_address
from trainings.issuer_keys import IssuerKey, published, sign

W3C = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def name_and_address() -> dict[str, Any]:
    """As a credential names its issuer, in the active language."""
    return {
        "id": issuer_address(),
        "type": ["Profile"],
        "name": _("Regional Training Centre on Migration"),
        "url": settings.SITE_ORIGIN,
    }


def profile() -> dict[str, Any]:
    """The document at the issuer's address: an Open Badges profile that lists its keys."""
    issuer, keys = issuer_address(), published()
    methods = [
        {
            "id": key.jwk["kid"],
            "type": "JsonWebKey",
            "controller": issuer,
            "publicKeyJwk": key.jwk,
        }
        for key in keys
    ]
    return {
        "@context": [W3C, OPEN_BADGES],
        **name_and_address(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
        "jwks_uri": absolute("jwks"),
    }


def key_set() -> dict[str, Any]:
    return {"keys": [key.jwk for key in published()]}


def as_jwt(credential: dict[str, Any], key: IssuerKey) -> str:
    """The credential as a signed VC-JWT: its own members, and the claims that repeat them."""
    claims = {
        **credential,
        "iss": issuer_address(),
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": _numeric(credential["validFrom"]),
    }
    if "validUntil" in credential:
        claims["exp"] = _numeric(credential["validUntil"])
    text = json.dumps(claims, ensure_ascii=False, separators=(",", ":"))
    return sign(text.encode(), key)


def _numeric(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
