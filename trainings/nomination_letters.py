"""The letters around nominations: to nominees, to focal points, to successors."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from rtcm.accounts.models import Person
from rtcm.jobs.letters import known_language, write_letter
from trainings.dates import date_span, full_date
from trainings.emails import absolute
from trainings.models import HandOver, Nomination, NominationStep
from trainings.models.nomination import link_end, new_key


def language_of(nomination: Nomination) -> str:
    """The nominee's own choice, else one they understand, the focal point's before others."""
    if nomination.person and nomination.person.language:
        return known_language(nomination.person.language)
    theirs = nomination.focal_point.person.language
    if theirs in nomination.understands or not nomination.understands:
        return known_language(theirs)
    spoken = [code for code in nomination.understands if known_language(code) == code]
    return spoken[0] if spoken else known_language(theirs)


def link(nomination: Nomination) -> None:
    """A letter with a fresh link, unless the form is filled in or there is no address."""
    if nomination.application_id or not nomination.email:
        return
    nomination.link_key, nomination.link_until = new_key(), link_end()
    nomination.save(update_fields=["link_key", "link_until", "updated_at"])
    _invite(nomination)


def _invite(nomination: Nomination) -> None:
    """The nominee's letter with the link; its key is masked in what staff can read."""
    language = language_of(nomination)
    with translation.override(language):
        link = reverse("trainings:invited", args=[nomination.link_key])
        until: Any = nomination.link_until
        write_letter(
            "trainings/nominated",
            to=nomination.email,
            language=language,
            context=_facts(nomination)
            | {"url": absolute(link), "until": full_date(until), "by": _sender(nomination)},
            dedupe_key=f"nomination:{nomination.pk}:{nomination.link_key}",
            user=getattr(nomination.person, "user", None),
            secrets=[nomination.link_key],
        )


def _facts(nomination: Nomination) -> dict[str, Any]:
    training = nomination.training
    return {
        "name": nomination.full_name,
        "training": training.title,
        "dates": date_span(training),
        "place": training.city or training.get_mode_display(),
    }


def _sender(nomination: Nomination) -> str:
    return str(nomination.institution or nomination.country or nomination.focal_point.person)


def tell_nominee(kind: str, nomination: Nomination, step: NominationStep) -> None:
    if not nomination.email:
        return
    language = language_of(nomination)
    with translation.override(language):
        write_letter(
            kind,
            to=nomination.email,
            language=language,
            context=_facts(nomination) | {"reason": step.reason, "by": _sender(nomination)},
            dedupe_key=f"nomination:{nomination.pk}:step:{step.pk}:nominee",
            user=getattr(nomination.person, "user", None),
        )


def tell_focal_point(kind: str, nomination: Nomination, step: NominationStep) -> None:
    """What became of a nomination, to whoever holds the mandate now."""
    person = nomination.focal_point.person
    if not person.address:
        return
    language = known_language(person.language)
    with translation.override(language):
        link = reverse(
            "trainings:nomination_list", args=[nomination.focal_point_id, nomination.training.slug]
        )
        write_letter(
            kind,
            to=person.address,
            language=language,
            context=_facts(nomination)
            | {
                "reader": person.full_name,
                "reason": step.reason,
                "url": absolute(link),
            },
            dedupe_key=f"nomination:{nomination.pk}:step:{step.pk}",
            user=getattr(person, "user", None),
        )


def invite_successor(hand_over: HandOver, language: str) -> None:
    with translation.override(language):
        link = reverse("trainings:successor", args=[hand_over.link_key])
        write_letter(
            "trainings/hand_over",
            to=hand_over.email,
            language=language,
            context={
                "name": hand_over.name,
                "by": hand_over.focal_point.person.full_name,
                "mandate": mandate_name(hand_over.focal_point),
                "until": full_date(hand_over.link_until),
                "url": absolute(link),
            },
            dedupe_key=f"hand-over:{hand_over.pk}",
            secrets=[hand_over.link_key],
        )


def tell_predecessor(hand_over: HandOver, successor: Person) -> None:
    person = hand_over.focal_point.person
    if not person.address:
        return
    language = known_language(person.language)
    with translation.override(language):
        write_letter(
            "trainings/handed_over",
            to=person.address,
            language=language,
            context={
                "name": person.full_name,
                "successor": successor.full_name,
                "mandate": mandate_name(hand_over.focal_point),
                "url": absolute(reverse("trainings:nomination_desk")),
            },
            dedupe_key=f"handed-over:{hand_over.pk}",
            user=getattr(person, "user", None),
        )


def mandate_name(focal_point: Any) -> str:
    return str(focal_point.institution or focal_point.country)
