"""What people agree to, word for word. A changed text gets a new version."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import Consent, Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Text(NamedTuple):
    version: str
    words: "StrOrPromise"


TEXTS = {
    Consent.Purpose.PROCESSING: Text(
        "2026-11",
        _(
            "I agree that the centre keeps my name, post, institution and e-mail address to "
            "organise trainings, to issue certificates and to show that they are genuine. "
            "I can see, correct and download my data and ask for their erasure at any time."
        ),
    ),
    Consent.Purpose.ANNOUNCEMENTS: Text(
        "2026-11",
        _("I would like to receive letters about new trainings. I can stop them at any time."),
    ),
    Consent.Purpose.ALUMNI: Text(
        "2026-11",
        _(
            "I agree that other people who attended the centre's trainings, once signed in, find "
            "my name and what I chose to show in the list of alumni and can write to me through "
            "the centre, which keeps my address to itself. I can leave the list at any time."
        ),
    ),
}


def decision(purpose: str, given: bool) -> dict[str, object]:
    """The text as it stands now, in the language it was read in."""
    return {
        "purpose": str(purpose),
        "given": given,
        "text_version": TEXTS[Consent.Purpose(purpose)].version,
        "language": get_language() or "",
    }


def current(person: Person) -> dict[str, Consent]:
    """The latest decision for each purpose that has one."""
    return {consent.purpose: consent for consent in person.consents.latest_per_purpose()}


def decide(person: Person, purpose: str, given: bool) -> Consent | None:
    """Adds a row when the answer or the text is another than last time."""
    last = current(person).get(purpose)
    new = decision(purpose, given)
    if last and (last.given, last.text_version) == (given, new["text_version"]):
        return None
    return Consent.objects.create(person=person, **new)
