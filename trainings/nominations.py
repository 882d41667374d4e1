"""What a focal point does with nominations, from the first name to the signed list.

Each verb locks the training first, as those of seats.py do, and writes its step and its letters
in the same transaction. Somebody enters as what the focal point says of them; who that is, is
known when a verified address says so, or when the nominee or the focal point completes the form
(see nominees.py). What the centre decides stands in nominated.py.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from rtcm.accounts.models import FocalPoint, Person
from trainings import nomination_letters as letters
from trainings import seats, steps
from trainings.models import HandOver, Nomination, NominationLetter, NominationStep, Training
from trainings.nomination_quotas import refuse_beyond_quotas

State = Nomination.State
ABOUT = ("full_name", "email", "post", "sex", "understands", "note")


def mandates(user: Any) -> Any:
    """The mandates this user nominates under now: not ended, not handed over."""
    current = FocalPoint.objects.current().filter(person__user=user)
    handed = HandOver.objects.filter(state=HandOver.State.ACCEPTED).values("focal_point")
    return current.exclude(pk__in=handed).select_related("person", "country", "institution")


def nominable() -> Any:
    """Trainings that take nominations just now, the next one first."""
    routes = (Training.Route.NOMINATION, Training.Route.SELECTION)
    coming = Training.objects.published().upcoming().filter(route__in=routes)
    return [training for training in coming if not training.why_closed()]


def locked(nomination: Nomination, allowed: Sequence[str]) -> Nomination:
    """The nomination as it is now, its training locked; refuses a state that moved on."""
    root = steps.lock(nomination.training_id)
    rows = Nomination.objects.select_for_update(of=("self",))
    fresh = rows.select_related(
        "application", "focal_point__person__user", "person__user", "institution", "country"
    ).get(pk=nomination.pk)
    fresh.training = root
    if fresh.state not in allowed:
        raise ValidationError(
            _("This is no longer possible: the nomination's status is “%(state)s”.")
            % {"state": fresh.get_state_display()},
            code="moved",
        )
    return fresh


def record(
    nomination: Nomination, verb: str, before: str, *, by: Any, reason: str = ""
) -> NominationStep:
    return NominationStep.objects.create(
        nomination=nomination,
        verb=verb,
        from_state=before,
        to_state=nomination.state,
        by=by,
        reason=reason,
    )


def move(
    nomination: Nomination, verb: str, to: str, *, by: Any, reason: str = ""
) -> NominationStep:
    """Writes the new state with its step; the last reason is kept beside the state."""
    before = nomination.state
    nomination.state, nomination.reason = to, reason
    nomination.save()
    return record(nomination, verb, before, by=by, reason=reason)


def _refuse_closed(training: Training) -> None:
    if closed := training.why_closed():
        raise ValidationError(closed, code="closed")


@transaction.atomic
def add(
    training: Training, focal_point: FocalPoint, nominees: Iterable[dict[str, Any]], *, by: Any
) -> list[Nomination]:
    """All of them or, when one cannot be added, none: drafts at the end of the list."""
    root = steps.lock(training.pk)
    _refuse_closed(root)
    last = _own(root, focal_point).order_by("-rank").values_list("rank", flat=True).first() or 0
    return [
        _add_one(root, focal_point, nominee, rank=last + place, by=by)
        for place, nominee in enumerate(nominees, start=1)
    ]


def _own(training: Training, focal_point: FocalPoint) -> Any:
    return training.nominations.filter(focal_point=focal_point)


def _add_one(
    root: Training, focal_point: FocalPoint, nominee: dict[str, Any], *, rank: int, by: Any
) -> Nomination:
    nomination = new(root, focal_point, nominee, rank=rank)
    nomination.save()
    record(nomination, "add", "", by=by)
    return nomination


def new(
    root: Training, focal_point: FocalPoint, nominee: dict[str, Any], *, rank: int
) -> Nomination:
    """Not saved yet; refuses somebody who is nominated for this training already."""
    institution = focal_point.institution or nominee.get("institution")
    nomination = Nomination(
        training=root,
        focal_point=focal_point,
        country=focal_point.country or (institution.country if institution else None),
        institution=institution,
        rank=rank,
        **{name: nominee[name] for name in ABOUT if name in nominee},
    )
    nomination.person = known_by(nomination.email)
    refuse_twice(nomination)
    return nomination


def known_by(email: str) -> Person | None:
    """Whoever has proven that this address is theirs."""
    proven = Person.objects.filter(emails__email=email, emails__verified_at__isnull=False)
    return proven.first() if email else None


def refuse_twice(nomination: Nomination) -> None:
    others = Nomination.objects.live().filter(training=nomination.training_id)
    others = others.exclude(pk=nomination.pk)
    same_email = nomination.email and others.filter(email=nomination.email).exists()
    same = nomination.person_id and others.filter(person=nomination.person_id).exists()
    if same_email or same:
        raise ValidationError(
            _("%(name)s is nominated for this training already.") % {"name": nomination.full_name},
            code="twice",
        )


@transaction.atomic
def change(nomination: Nomination, nominee: dict[str, Any], *, by: Any) -> Nomination:
    """Corrects what is said of somebody while the list is in the focal point's hands."""
    fresh = locked(nomination, Nomination.OPEN)
    if fresh.application_id and nominee.get("email", fresh.email) != fresh.email:
        raise ValidationError(
            _("The form of this nominee is filled in already, so the address stays."),
            code="completed",
        )
    for name in ABOUT:
        setattr(fresh, name, nominee.get(name, getattr(fresh, name)))
    if "institution" in nominee and not fresh.focal_point.institution_id:
        fresh.institution = nominee["institution"]
    if not fresh.application_id:
        fresh.person = known_by(fresh.email)
    refuse_twice(fresh)
    fresh.save()
    record(fresh, "change", fresh.state, by=by)
    return fresh


@transaction.atomic
def rank(nomination: Nomination, *, up: bool, by: Any) -> Nomination:
    """One place up or down among the living nominations of the same focal point."""
    alive = [state for state in State if state not in Nomination.ENDED]
    fresh = locked(nomination, alive)
    rows = list(_own(fresh.training, fresh.focal_point).live())
    place = rows.index(fresh)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return fresh
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, start=1):
        if row.rank != number:
            Nomination.objects.filter(pk=row.pk).update(rank=number)
    record(fresh, "rank", fresh.state, by=by, reason=f"{place + 1} → {other + 1}")
    return fresh


def attach(
    training: Training, focal_point: FocalPoint, file: ContentFile, *, name: str, by: Any
) -> NominationLetter:
    """Keeps the signed letter; the next sending of the list rests on it."""
    letter = NominationLetter(
        training=training, focal_point=focal_point, name=name[:150], added_by=by
    )
    letter.file.save(file.name or "letter", file, save=False)
    letter.save()
    return letter


@transaction.atomic
def send(training: Training, focal_point: FocalPoint, *, by: Any) -> int:
    """Sends every draft and every returned nomination of the list; returns how many.

    After the deadline only what the centre returned can be sent again.
    """
    root = steps.lock(training.pk)
    rows = _own(root, focal_point).filter(state__in=Nomination.OPEN).select_for_update()
    if root.why_closed():
        rows = rows.filter(state=State.RETURNED)
    ready = list(rows)
    letter = root.nomination_letters.filter(focal_point=focal_point).first()
    _refuse_unready(root, ready, letter)
    refuse_beyond_quotas(root, ready)
    for nomination in ready:
        nomination.training, nomination.focal_point = root, focal_point
        nomination.letter = letter
        move(nomination, "send", State.SENT, by=by)
        letters.link(nomination)
    return len(ready)


def _refuse_unready(
    root: Training, ready: list[Nomination], letter: NominationLetter | None
) -> None:
    if not ready and root.why_closed():
        raise ValidationError(root.why_closed(), code="closed")
    if no_seats := root.why_no_seats():
        raise ValidationError(no_seats, code="over")
    if not ready:
        raise ValidationError(_("There is nobody to send: add the nominees first."), code="none")
    if letter is None:
        raise ValidationError(
            _("Please attach the signed letter first; the nominations rest on it."), code="letter"
        )


@transaction.atomic
def remind(nomination: Nomination, *, by: Any) -> None:
    """The letter to the nominee once more, with a new link; the old one stops working."""
    fresh = locked(nomination, (State.SENT,))
    if not fresh.awaits_form or not fresh.email:
        raise ValidationError(_("There is no form to remind of."), code="nothing")
    record(fresh, "remind", fresh.state, by=by)
    letters.link(fresh)


@transaction.atomic
def withdraw(nomination: Nomination, *, by: Any, reason: str = "") -> Nomination:
    """The nomination ends, and with it the application and the seat, if there is one."""
    fresh = locked(nomination, [*Nomination.OPEN, *Nomination.ARRIVED])
    told = fresh.state != State.DRAFT
    if told and not reason.strip():
        raise ValidationError(_("Please give a reason."), code="reason")
    step = move(fresh, "withdraw", State.WITHDRAWN, by=by, reason=reason.strip())
    application = fresh.application
    if application and application.state not in application.ENDED:
        seats.withdraw(application, by=by, reason=reason.strip())
    elif told:
        letters.tell_nominee("trainings/nomination_withdrawn", fresh, step)
    return fresh
