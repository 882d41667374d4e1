"""Keeps the secret part of a letter unreadable until the letter is sent.

A live code in the table of letters would let staff, or whoever reads a backup, into accounts.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MASK = "•••"


class Unreadable(ValueError):  # noqa: N818 - what it is, not an error of ours
    """The secret part, or its key, is gone: trying again cannot help."""


def seal(text: str) -> str:
    return keys().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    try:
        return keys().decrypt(token).decode()
    except InvalidToken:
        raise Unreadable("The secret part was sealed under another SECRET_KEY.") from None


def mask(text: str, secrets: list[str]) -> str:
    """Longest first, so that no tail of a longer secret stays; in its form inside an URL too."""
    forms = {form for secret in secrets for form in (secret, quote(secret), quote(secret, safe=""))}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, MASK)
    return text


def keys() -> MultiFernet:
    return derived(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def derived(*secret_keys: str) -> MultiFernet:
    """The first key seals; the older ones still open what waits to be sent."""
    return MultiFernet([Fernet(urlsafe_b64encode(stretch(key))) for key in secret_keys])


def stretch(key: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"rtcm.jobs letters").derive(key.encode())
