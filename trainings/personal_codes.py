"""A person's short code in one training: it stands on the badge and on the joining page.

With it people open a test or check in without a password. It is derived, not stored: the
application's number (four symbols or more) and six symbols of a keyed hash over it and its
secret form token, 29 bits that cannot be computed without this site's key. Every page that takes
a code counts the attempts (rtcm.accounts.limits), and a code opens nothing but that training's
tests and check-in. A new SECRET_KEY makes new codes.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from trainings.models import Application
from trainings.models.certificate import ALPHABET

SALT = "trainings.personal_codes"
NUMBER_PLACES = 4
PROOF_PLACES = 6
MOST_PLACES = 20


def code_of(application: Application) -> str:
    """Such as `AAKW-HR3MTX`."""
    number = _symbols(application.pk).rjust(NUMBER_PLACES, ALPHABET[0])
    return f"{number}-{_proof(application)}"


def application_of(code: str) -> Application | None:
    """Whose code this is, however it was typed; in any state, so check the one you need."""
    typed = tidy(code)
    number, proof = typed[:-PROOF_PLACES], typed[-PROOF_PLACES:]
    if len(number) < NUMBER_PLACES or len(typed) > MOST_PLACES:
        return None
    pk = _number(number)
    if pk > 2**63 - 1:  # more than a key can hold
        return None
    found = Application.objects.select_related("person", "training").filter(pk=pk).first()
    if found is None or not constant_time_compare(proof, _proof(found)):
        return None
    return found


def tidy(code: str) -> str:
    """Small letters, spaces and dashes do not matter."""
    return "".join(symbol for symbol in code.upper() if symbol in ALPHABET)


def _proof(application: Application) -> str:
    said = f"{application.pk}:{application.token}"
    digest = salted_hmac(SALT, said, algorithm="sha256").digest()
    number = int.from_bytes(digest[:16], "big") % len(ALPHABET) ** PROOF_PLACES
    return _symbols(number).rjust(PROOF_PLACES, ALPHABET[0])


def _symbols(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, len(ALPHABET))
        found = ALPHABET[rest] + found
    return found


def _number(symbols: str) -> int:
    number = 0
    for symbol in symbols:
        number = number * len(ALPHABET) + ALPHABET.index(symbol)
    return number
