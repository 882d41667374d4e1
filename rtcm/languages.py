"""The names of the world's languages in the reader's language, and the reader's alphabet."""

from collections.abc import Iterable

from django.conf import global_settings, settings
from django.utils.translation import get_language, gettext

from rtcm.text import LATIN, sort_key

# Regional variants (such as Brazilian Portuguese) say more than a record or a person means.
NAMES = {code: name for code, name in global_settings.LANGUAGES if "-" not in code}


def language_name(code: str) -> str:
    """The code itself where the catalogue has no name for it."""
    return gettext(NAMES[code]) if code in NAMES else code


def language_choices() -> list[tuple[str, str]]:
    return alphabetical((code, language_name(code)) for code in NAMES)


def alphabetical(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices in the order of the reader's alphabet, which the database does not know."""
    alphabet = settings.ALPHABETS.get(get_language() or settings.LANGUAGE_CODE, LATIN)
    return sorted(choices, key=lambda choice: sort_key(choice[1], alphabet))
