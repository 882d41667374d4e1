"""Where the world finds what the issuer of credentials publishes; no language, one origin.

These addresses are signed into credentials and live as long as those: they must never change.
"""

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *arguments: object) -> str:
    return f"{settings.SITE_ORIGIN}{reverse(name, args=arguments)}"


def issuer_address() -> str:
    return absolute("credentials:issuer")


def key_address(thumbprint: str) -> str:
    return absolute("credentials:key", thumbprint)


def status_address(number: int) -> str:
    return absolute("credentials:status_list", number)


def credential_address(code: str) -> str:
    return absolute("credentials:credential", code)
