"""The names of the world's languages in the reader's language, from Django's own catalogue."""

from django.conf import global_settings
from django.utils.translation import gettext

from rtcm.text import sort_key

# Regional variants (such as Brazilian Portuguese) say more than a record or a person means.
NAMES = {code: name for code, name in global_settings.LANGUAGES if "-" not in code}


def language_name(code: str) -> str:
    """The code itself where the catalogue has no name for it."""
    return gettext(NAMES[code]) if code in NAMES else code


def language_choices() -> list[tuple[str, str]]:
    named = [(code, language_name(code)) for code in NAMES]
    return sorted(named, key=lambda choice: sort_key(choice[1]))
