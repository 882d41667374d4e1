"""Handing a mandate over: the letter to the successor, and what happens when they accept."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import FocalPoint
from trainings import nomination_letters as letters
from trainings.models import HandOver, Nomination, NominationLetter
from trainings.nominations import record

State = HandOver.State


@transaction.atomic
def hand_over(focal_point: FocalPoint, *, name: str, email: str, language: str) -> HandOver:
    """Asks the successor by a letter; until they accept, nothing changes."""
    root = FocalPoint.objects.select_for_update(of=("self",)).get(pk=focal_point.pk)
    _open(root).filter(link_until__lte=timezone.now()).update(state=State.CANCELLED)
    if _open(root).exists():
        raise ValidationError(_("A hand-over is under way already."), code="twice")
    if root.person.emails.filter(email=email.strip().lower()).exists():
        raise ValidationError(_("This is your own address."), code="self")
    made = HandOver.objects.create(focal_point=root, name=name, email=email)
    letters.invite_successor(made, language)
    return made


def _open(focal_point: FocalPoint) -> Any:
    return HandOver.objects.filter(focal_point=focal_point, state=State.OPEN)


def cancel(focal_point: FocalPoint) -> bool:
    """Takes the question back; the link in the letter stops working."""
    return _open(focal_point).update(state=State.CANCELLED) > 0


def by_link(key: str) -> tuple[HandOver | None, str]:
    """The hand-over behind a link, and why the link does not work; one of them is empty."""
    rows = HandOver.objects.select_related("focal_point__person", "focal_point__institution")
    found = rows.filter(link_key=key).first()
    if found is None:
        return None, "wrong"
    if found.state != State.OPEN:
        return None, "ended"
    if found.link_until <= timezone.now():
        return None, "expired"
    return found, ""


@transaction.atomic
def take_over(offered: HandOver, user: Any) -> FocalPoint:
    """Ends the old mandate, begins the new one and moves along what is not decided yet."""
    fresh = HandOver.objects.select_for_update(of=("self",)).get(pk=offered.pk)
    if fresh.state != State.OPEN or fresh.link_until <= timezone.now():
        raise ValidationError(_("This link is used or has expired."), code="ended")
    person = user.person
    proven = person and person.emails.filter(email=fresh.email, verified_at__isnull=False)
    if not proven or not proven.exists():
        raise ValidationError(
            _("Please sign in with the address that the letter was sent to."), code="stranger"
        )
    old = FocalPoint.objects.select_for_update(of=("self",)).get(pk=fresh.focal_point_id)
    new = _begin(old, person)
    fresh.state, fresh.successor = State.ACCEPTED, new
    fresh.save()
    _move_along(old, new, by=user)
    letters.tell_predecessor(fresh, person)
    return new


def _begin(old: FocalPoint, person: Any) -> FocalPoint:
    """Yesterday was the last day of the old mandate; today, if it only began today."""
    today = timezone.localdate()
    if old.ends_on and old.ends_on < today:
        raise ValidationError(_("This mandate has ended already."), code="ended")
    old.ends_on = max(old.starts_on, today - timedelta(days=1))
    old.save(update_fields=["ends_on"])
    return FocalPoint.objects.create(
        person=person, country=old.country, institution=old.institution, starts_on=today
    )


def _move_along(old: FocalPoint, new: FocalPoint, *, by: Any) -> None:
    coming = Nomination.objects.live().filter(
        focal_point=old, training__ends_on__gte=timezone.localdate()
    )
    for nomination in coming.select_for_update():
        nomination.focal_point = new
        nomination.save(update_fields=["focal_point", "updated_at"])
        record(nomination, "hand_over", nomination.state, by=by)
    letters_kept = NominationLetter.objects.filter(
        focal_point=old, training__ends_on__gte=timezone.localdate()
    )
    letters_kept.update(focal_point=new)
