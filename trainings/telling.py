"""One letter to one person about the cascade, alumni or a mentor; no address, no letter."""

from typing import Any

from django.conf import settings
from django.utils import translation

from rtcm.accounts.models import Person
from rtcm.jobs.letters import known_language, write_letter


def language_of(person: Person) -> str:
    """The language somebody's letters are written in."""
    user = getattr(person, "user", None)
    return known_language(person.language or (user.language if user else ""))


def tell(kind: str, person: Person, facts: Any, *, key: str) -> bool:
    """Owes the letter `kind`; `facts` is asked in the reader's language. Whether it is owed."""
    if not person.address:
        return False
    language = language_of(person)
    with translation.override(language):
        write_letter(
            f"trainings/{kind}",
            to=person.address,
            language=language,
            context={"name": person.full_name, **facts()},
            dedupe_key=key,
            user=getattr(person, "user", None),
        )
    return True


def absolute(path: str) -> str:
    return f"{settings.SITE_ORIGIN}{path}"
