"""What verifiers elsewhere do with our credentials, by another library than the one that signs."""

import gzip
import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from jwcrypto import jwk, jws

HEADER = {"alg", "kid", "typ"}


def path_of(address: str) -> str:
    return address.removeprefix("http://localhost:8000")


def unpacked(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def header_of(token: str) -> dict[str, Any]:
    return json.loads(unpacked(token.split(".")[0]))


def payload_of(token: str) -> dict[str, Any]:
    return json.loads(unpacked(token.split(".")[1]))


def verified(token: str, keys: dict[str, Any]) -> dict[str, Any]:
    """The payload, if jwcrypto finds the key in a JWKS and the signature right; else it raises."""
    key = jwk.JWKSet.from_json(json.dumps(keys)).get_key(header_of(token)["kid"])
    assert key is not None, "the header names a key that is not published"
    signature = jws.JWS()
    signature.allowed_algs = ["ES256"]
    signature.deserialize(token, key)
    return json.loads(signature.payload)


def published(client) -> dict[str, Any]:
    return client.get("/.well-known/jwks.json").json()


def status_bit(client, status: dict[str, Any]) -> int:
    """The bit of a credential on its list, fetched and verified as a verifier does."""
    address = status["statusListCredential"]
    said = verified(client.get(path_of(address)).text, published(client))
    assert said["id"] == address
    assert "BitstringStatusListCredential" in said["type"]
    subject = said["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    assert subject["encodedList"][0] == "u"
    places = gzip.decompress(unpacked(subject["encodedList"][1:]))
    assert len(places) >= 16 * 1024
    index = int(status["statusListIndex"])
    return places[index // 8] >> (7 - index % 8) & 1


def swapped(text: str, at: int) -> str:
    """The same text with one character of base64url changed to another."""
    return text[:at] + ("B" if text[at] != "B" else "C") + text[at + 1 :]


invalid = pytest.raises(jws.InvalidJWSSignature)
