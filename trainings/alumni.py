"""Alumni: being listed, writing to each other through the centre, answering its calls."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.consents import decide
from rtcm.accounts.models import Consent, Person
from trainings.dates import date_span, full_date
from trainings.models import (
    AlumniProfile,
    Application,
    Call,
    CallAnswer,
    Mentorship,
    RelayLetter,
    Training,
)
from trainings.models.training import ADULT
from trainings.telling import absolute, tell

LETTERS_A_DAY = 10
LONGEST = 2_000


def took_part(person: Person | None) -> bool:
    """An alumnus is who attended something of the centre."""
    attended = Application.objects.filter(person=person, state=Application.State.ATTENDED)
    return person is not None and attended.exists()


def is_listed(person: Person) -> bool:
    return AlumniProfile.objects.listed().filter(person=person).exists()


def is_surely_adult(person: Person) -> bool:
    """By the year of birth, else because a training attended takes adults only."""
    if person.birth_year:
        return person.birth_year <= timezone.localdate().year - ADULT - 1
    attended = Application.objects.filter(person=person, state=Application.State.ATTENDED)
    return attended.filter(training__minimum_age__gte=ADULT).exists()


@transaction.atomic
def join(person: Person, *, shows: list[str], about: str) -> AlumniProfile:
    """Lists somebody, or changes what they show; their consent is recorded."""
    if not took_part(person):
        raise ValidationError(_("The list is for people who attended a training of the centre."))
    if not is_surely_adult(person):
        raise ValidationError(
            _("Only adults are listed. If you are one, write your year of birth in your profile.")
        )
    decide(person, Consent.Purpose.ALUMNI, given=True)
    return AlumniProfile.objects.update_or_create(
        person=person, defaults={"shows": shows, "about": about.strip()}
    )[0]


@transaction.atomic
def leave(person: Person) -> None:
    """Takes somebody out of the list, with all they wrote for it."""
    decide(person, Consent.Purpose.ALUMNI, given=False)
    AlumniProfile.objects.filter(person=person).delete()


def may_write(sender: Person, recipient: Person) -> bool:
    """To who is listed, as an alumnus; to one's mentor or graduate; to who wrote before."""
    if sender == recipient:
        return False
    pair = Q(graduate=sender, mentor=recipient) | Q(graduate=recipient, mentor=sender)
    wrote = RelayLetter.objects.filter(sender=recipient, recipient=sender)
    return (
        (took_part(sender) and is_listed(recipient))
        or Mentorship.objects.filter(pair).exists()
        or wrote.exists()
    )


@transaction.atomic
def write(sender: Person, recipient: Person, text: str) -> RelayLetter:
    """Passes a letter on; neither side learns the other's address."""
    if not may_write(sender, recipient):
        raise ValidationError(_("You cannot write to this person through the centre."))
    if not recipient.address:
        raise ValidationError(_("This person has no e-mail address we could write to."))
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=sender.pk)
    since = timezone.now() - datetime.timedelta(days=1)
    if RelayLetter.objects.filter(sender=sender, at__gt=since).count() >= LETTERS_A_DAY:
        raise ValidationError(
            _("You have written %(n)s letters within a day. Please go on tomorrow.")
            % {"n": LETTERS_A_DAY},
            code="often",
        )
    letter = RelayLetter.objects.create(sender=sender, recipient=recipient, text=text)
    tell(
        "alumni_letter",
        recipient,
        lambda: {
            "sender": sender.full_name,
            "text": text,
            "url": absolute(reverse("trainings:write_to", args=[sender.pk])),
        },
        key=f"relay:{letter.pk}",
    )
    return letter


@transaction.atomic
def call_for_trainers(
    training: Training, *, text: str, closes_on: datetime.date, by: Any
) -> tuple[Call, int]:
    """Asks every listed alumnus by letter; returns the call and how many were asked."""
    if closes_on < timezone.localdate():
        raise ValidationError(_("Choose a day that is not over yet."))
    if training.is_past or training.status == Training.Status.CANCELLED:
        raise ValidationError(_("This training is over or cancelled: it needs no more trainers."))
    call = Call.objects.create(training=training, text=text, closes_on=closes_on, opened_by=by)
    listed = AlumniProfile.objects.listed().values("person")
    people = Person.objects.filter(pk__in=listed).select_related("user")
    facts = {"text": text}
    asked = [
        tell("call", person, lambda: facts | _about(call), key=f"call:{call.pk}:{person.pk}")
        for person in people.prefetch_related("emails")
    ]
    return call, sum(asked)


def _about(call: Call) -> dict[str, str]:
    return {
        "training": call.training.title,
        "dates": date_span(call.training),
        "until": full_date(call.closes_on),
        "url": absolute(reverse("trainings:call_page", args=[call.pk])),
    }


@transaction.atomic
def answer(call: Call, person: Person, text: str) -> CallAnswer:
    if not took_part(person):
        raise ValidationError(_("The list is for people who attended a training of the centre."))
    if not call.is_open:
        raise ValidationError(_("This call is closed. Thank you for your interest."))
    if call.answers.filter(person=person).exists():
        raise ValidationError(_("You have answered this call already."))
    given = CallAnswer.objects.create(call=call, person=person, text=text.strip())
    tell("call_answered", person, lambda: _about(call), key=f"call-answer:{given.pk}")
    return given


@transaction.atomic
def settle(given: CallAnswer, state: str, *, by: Any) -> CallAnswer:
    """Chooses somebody who offered to train, or thanks them; they get one letter."""
    if state not in {CallAnswer.State.CHOSEN, CallAnswer.State.THANKED}:
        raise ValidationError(_("Choose or thank."))
    changed = CallAnswer.objects.filter(pk=given.pk, state=CallAnswer.State.OFFERED).update(
        state=state
    )
    given.refresh_from_db()
    if not changed:
        raise ValidationError(_("This answer is settled already."))
    tell(
        f"call_{state}",
        given.person,
        lambda: _about(given.call),
        key=f"call-answer:{given.pk}:{state}",
    )
    return given
