"""The nominee's side: following the link, filling in the form; and all of it on their behalf.

Who holds the link is who the focal point wrote to; it is followed signed in, and from then on
the nomination knows its person. For somebody without an address the focal point fills in the
form and attests that consent was given on paper.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.consents import decide
from rtcm.accounts.models import Consent, Person, PersonEmail
from rtcm.text import name_key
from trainings import applying, invitations, seats
from trainings import nomination_letters as letters
from trainings.forms import ApplicationForm
from trainings.models import Application, Nomination, NominationStep, Training
from trainings.nomination_quotas import refuse_beyond_quotas
from trainings.nominations import locked, move, new, record, refuse_twice

State = Nomination.State
HELD = (Application.State.OFFERED, Application.State.CONFIRMED)


def by_link(key: str) -> tuple[Nomination | None, str]:
    """The nomination behind a link, and why the link does not work; one of them is empty."""
    rows = Nomination.objects.select_related("training", "institution", "country", "application")
    nomination = rows.filter(link_key=key).exclude(link_until=None).first()
    if nomination is None:
        return None, "wrong"
    if nomination.has_ended:
        return None, "ended"
    if nomination.link_until and nomination.link_until <= timezone.now():
        return None, "expired"
    return nomination, ""


def awaited(training: Training, person: Person) -> Nomination | None:
    """The nomination of this person for this training that still waits for the form."""
    if not getattr(training, "has_nomination", True):
        return None
    waiting = training.nominations.filter(state=State.SENT, application=None)
    return waiting.filter(person=person).first()


@transaction.atomic
def claim(nomination: Nomination, person: Person, *, by: Any) -> Nomination:
    """Whoever follows the link says: this is me. The same person may say so again."""
    fresh = locked(nomination, (State.SENT,))
    if fresh.person_id == person.pk:
        return fresh
    if fresh.person_id is not None:
        raise ValidationError(
            _("This nomination is for somebody else. Please sign in as %(name)s.")
            % {"name": fresh.full_name},
            code="stranger",
        )
    _stand_for(fresh, person)
    fresh.person = person
    refuse_twice(fresh)
    fresh.save(update_fields=["person", "updated_at"])
    record(fresh, "claim", fresh.state, by=by)
    asked = fresh.training.applications.filter(person=person, state__in=applying.LIVE).first()
    if asked:  # they applied by themselves before
        attach(fresh, asked, by=by)
    return fresh


def _stand_for(nomination: Nomination, person: Person) -> None:
    """The person's profile and the nomination name the same country and institution."""
    if nomination.country_id and person.country_id not in (None, nomination.country_id):
        raise ValidationError(
            _(
                "You are nominated for %(country)s, and your profile names another country. "
                "Please correct your profile or ask your focal point to correct the nomination."
            )
            % {"country": nomination.country},
            code="country",
        )
    other = person.institution_id not in (None, nomination.institution_id)
    if nomination.institution_id and (other or person.institution_name):
        raise ValidationError(
            _(
                "You are nominated by %(institution)s, and your profile names another "
                "institution. Please correct your profile or ask your focal point to correct "
                "the nomination."
            )
            % {"institution": nomination.institution},
            code="institution",
        )
    _fill_in(nomination, person)


def _fill_in(nomination: Nomination, person: Person) -> None:
    """What the profile leaves open, the focal point has said."""
    person.country_id = person.country_id or nomination.country_id
    if not person.institution_name:
        person.institution_id = person.institution_id or nomination.institution_id
    person.post = person.post or nomination.post
    person.sex = person.sex or nomination.sex
    person.save()


def why_closed(training: Training, person: Person) -> str:
    """Why this person cannot fill in the form; a nominee can, as long as there may be seats, and
    so can whoever holds an invitation."""
    if awaited(training, person):
        return training.why_no_seats()
    return invitations.why_closed(training, person)


def submit(form: ApplicationForm, *, by: Any, language: str) -> Application:
    """Whatever form comes in: a nominee's goes to their nomination, and the centre decides."""
    nomination = awaited(form.training, form.person)
    if nomination:
        return complete(nomination, form, by=by, language=language)
    way = invitations.way_in(form.training, form.person)
    return applying.submit(form.training, form.person, form, by=by, language=language, **way)


@transaction.atomic
def complete(
    nomination: Nomination, form: ApplicationForm, *, by: Any, language: str
) -> Application:
    """The nominee's form comes in; the centre decides on it."""
    fresh = locked(nomination, (State.SENT,))
    person: Any = fresh.person
    application = applying.submit(
        fresh.training, person, form, by=by, language=language, nominated=True
    )
    return attach(fresh, application, by=by)


def attach(nomination: Nomination, application: Application, *, by: Any) -> Application:
    """The nomination and the application know each other; call it in one transaction."""
    if nomination.application_id != application.pk:
        nomination.application = application
        nomination.save(update_fields=["application", "updated_at"])
        record(nomination, "complete", nomination.state, by=by)
    return application


@transaction.atomic
def complete_on_paper(
    nomination: Nomination,
    form: ApplicationForm,
    *,
    attested: bool,
    certificate_name: str,
    by: Any,
) -> Application:
    """The focal point fills in the form for somebody without an address."""
    fresh = locked(nomination, (State.SENT,))
    if fresh.email:
        raise ValidationError(
            _("%(name)s has an e-mail address and fills in the form.") % {"name": fresh.full_name},
            code="has_email",
        )
    if fresh.application:
        return fresh.application
    fresh.person = person_of(fresh, attested=attested, certificate_name=certificate_name)
    fresh.on_paper = True
    fresh.save(update_fields=["person", "on_paper", "updated_at"])
    record(fresh, "consent_on_paper", fresh.state, by=by)
    form.person = fresh.person
    return complete(fresh, form, by=by, language=letters.language_of(fresh))


def person_of(nomination: Nomination, *, attested: bool, certificate_name: str) -> Person:
    """The person whom the focal point speaks for, made of what the nomination says."""
    if not attested:
        raise ValidationError(
            _("Please confirm that the consent is signed on paper."), code="consent"
        )
    person = nomination.person or unsaved_person(nomination, certificate_name)
    person.save()
    decide(person, Consent.Purpose.PROCESSING, given=True)
    return person


def unsaved_person(nomination: Nomination, certificate_name: str = "") -> Person:
    return Person(
        full_name=nomination.full_name,
        certificate_name=certificate_name,
        post=nomination.post,
        sex=nomination.sex,
        language=letters.language_of(nomination),
        country_id=nomination.country_id,
        institution_id=nomination.institution_id,
        is_demo=nomination.training.is_demo,
    )


@transaction.atomic
def replace(
    nomination: Nomination,
    nominee: dict[str, Any],
    *,
    reason: str,
    by: Any,
    attested: bool = False,
    certificate_name: str = "",
) -> Nomination:
    """Somebody else in the same place of the list and, where there is one, in the same seat."""
    old = locked(nomination, Nomination.ARRIVED)
    if not reason.strip():
        raise ValidationError(_("Please give a reason."), code="reason")
    step = move(old, "replace", State.REPLACED, by=by, reason=reason.strip())
    fresh = new(old.training, old.focal_point, nominee, rank=old.rank)
    refuse_beyond_quotas(old.training, [fresh])
    fresh.letter = old.letter
    fresh.save()
    record(fresh, "stand_in", "", by=by, reason=reason.strip())
    old.replaced_by = fresh
    old.save(update_fields=["replaced_by", "updated_at"])
    if old.application and old.application.state in HELD:
        _take_seat(old, fresh, step, by=by, attested=attested, certificate_name=certificate_name)
    else:
        _take_place(old, fresh, step, by=by)
    return fresh


def _take_place(old: Nomination, fresh: Nomination, step: NominationStep, *, by: Any) -> None:
    """No seat yet: the new nominee gets a letter and fills in the form like everybody."""
    application = old.application
    if application and application.state not in Application.ENDED:
        seats.withdraw(application, by=by, reason=step.reason)
    else:
        letters.tell_nominee("trainings/nomination_withdrawn", old, step)
    move(fresh, "send", State.SENT, by=by)
    letters.link(fresh)


def _take_seat(
    old: Nomination,
    fresh: Nomination,
    step: NominationStep,
    *,
    by: Any,
    attested: bool,
    certificate_name: str,
) -> None:
    """Offered at once under the same number; the letter of the offer tells the new nominee."""
    if fresh.email:
        fresh.person = fresh.person or _addressed(fresh, certificate_name)
        _stand_for(fresh, fresh.person)
    else:
        fresh.person = person_of(fresh, attested=attested, certificate_name=certificate_name)
        fresh.on_paper = True
    refuse_twice(fresh)
    held: Any = old.application
    fresh.application = seats.replace(
        held,
        fresh.person,
        by=by,
        token=uuid.uuid4(),
        language=letters.language_of(fresh),
        reason=step.reason,
    )
    move(fresh, "accept", State.ACCEPTED, by=by)


def _addressed(nomination: Nomination, certificate_name: str) -> Person:
    """A person with that address, entered for this nomination or known under the same name."""
    known = Person.objects.filter(emails__email=nomination.email).first()
    if known and name_key(known.full_name) != name_key(nomination.full_name):
        raise ValidationError(
            _("The address %(email)s belongs to somebody of another name. Please check it.")
            % {"email": nomination.email},
            code="address",
        )
    if known:
        return known
    person = unsaved_person(nomination, certificate_name)
    person.save()
    PersonEmail.objects.create(person=person, email=nomination.email)
    return person


@transaction.atomic
def answer_for(nomination: Nomination, *, confirms: bool, by: Any) -> Application:
    """Says yes or no to an offered seat for somebody who cannot sign in."""
    fresh = locked(nomination, Nomination.ARRIVED)
    application = fresh.application
    if application is None or hasattr(application.person, "user"):
        raise ValidationError(
            _("%(name)s answers the offer.") % {"name": fresh.full_name}, code="own"
        )
    verb = seats.confirm if confirms else seats.decline
    record(fresh, "confirm" if confirms else "decline", fresh.state, by=by)
    return verb(application, by=by)
