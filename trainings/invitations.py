"""Writing personal invitations, taking them back, and what a link opens."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from rtcm.jobs.letters import write_letter
from trainings.dates import date_span, moment
from trainings.emails import absolute
from trainings.models import Invitation, Training
from trainings.models.invitation import SIGNER

MOST_LINES = 300
LONGEST_DAYS = 90
WRITTEN = re.compile(r"^(?:(?P<name>[^<>,;]*?)[\s,;]*<)?\s*(?P<email>[^\s<>,;]+@[^\s<>,;]+)\s*>?$")


@transaction.atomic
def invite(
    training: Training, lines: str, *, days: int, language: str, by: Any
) -> list[Invitation]:
    """One invitation a line, `address` or `Name <address>`; all of them or, with one wrong line,
    none. Each is owed its letter with the link."""
    root = Training.objects.select_for_update(no_key=True).get(pk=training.pk)
    if no_seats := root.why_no_seats():
        raise ValidationError(no_seats)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError(_("An invitation is valid for 1 to %(most)s days.") % {
            "most": LONGEST_DAYS
        })  # fmt: skip
    guests = _read(root, lines)
    over = root.invitations.filter(email__in=guests, revoked_at=None)
    over.update(revoked_at=timezone.now())
    until = _last_moment(root, days)
    return [_write(root, name, email, language, until, by) for email, name in guests.items()]


def _last_moment(root: Training, days: int) -> datetime:
    day = timezone.localdate(timezone=root.zone) + timedelta(days=days)
    end = datetime.combine(day, time(23, 59, 59), tzinfo=root.zone)
    return min(end, root.joining_ends_at)


def _read(root: Training, lines: str) -> dict[str, str]:
    """Names by address; every line that cannot be meant is named in the refusal."""
    invited = set(root.invitations.standing().values_list("email", flat=True))
    guests: dict[str, str] = {}
    errors: list[str] = []
    written = [(n, line.strip()) for n, line in enumerate(lines.splitlines(), 1) if line.strip()]
    for number, line in written[: MOST_LINES + 1]:
        email, name, wrong = _read_line(line)
        if not wrong and (email in invited or email in guests):
            wrong = _("This address is invited already.")
        if wrong:
            errors.append(_("Line %(n)s (%(line)s): %(why)s") % {
                "n": number, "line": line[:80], "why": wrong,
            })  # fmt: skip
        guests[email] = name
    if not written:
        errors.append(_("Write at least one e-mail address."))
    if len(written) > MOST_LINES:
        errors = [_("Please invite at most %(most)s people at a time.") % {"most": MOST_LINES}]
    if errors:
        raise ValidationError(errors)
    return guests


def _read_line(line: str) -> tuple[str, str, str]:
    """The address, the name and what is wrong with them."""
    found = WRITTEN.match(line)
    email = found["email"].lower() if found else ""
    name = (found["name"] or "").strip(" \"'") if found else ""
    try:
        validate_email(email)
    except ValidationError:
        return email, name, _("Write an address, or a name and the address in <>.")
    if len(name) > 200 or len(email) > 254:
        return email, name, _("This is too long.")
    return email, name, ""


def _write(
    root: Training, name: str, email: str, language: str, until: datetime, by: Any
) -> Invitation:
    invitation = Invitation.objects.create(
        training=root, name=name, email=email, language=language, expires_at=until, invited_by=by
    )
    with translation.override(language):
        link = invitation.get_absolute_url()
        context = {
            "name": name or _("colleague"),
            "training": root.title,
            "dates": date_span(root),
            "place": root.city or root.get_mode_display(),
            "answer_by": moment(until, root.zone),
            "url": absolute(link),
        }
        write_letter(
            "trainings/invited",
            to=email,
            language=language,
            context=context,
            dedupe_key=f"invitation:{invitation.pk}",
            secrets=[link.rstrip("/").rpartition("/")[2]],
        )
    return invitation


def revoke(invitation: Invitation) -> None:
    """Takes an invitation back; an application already made with it stays."""
    standing = Invitation.objects.filter(pk=invitation.pk, revoked_at=None)
    if standing.update(revoked_at=timezone.now()) != 1:
        raise ValidationError(_("This invitation was taken back already."))


def opened(link: str, person: Person | None) -> Invitation:
    """What a link opens for this person; a refusal says why it opens nothing."""
    try:
        code = SIGNER.unsign(link)
    except signing.BadSignature:
        code = ""
    invitation = Invitation.objects.select_related("training").filter(code=code).first()
    if invitation is None:
        raise ValidationError(
            _("This link is not complete or not ours. Please copy it whole from the letter."),
            code="wrong",
        )
    _refuse_if_over(invitation, person)
    return invitation


def _refuse_if_over(invitation: Invitation, person: Person | None) -> None:
    if invitation.revoked_at:
        raise ValidationError(_("This invitation was taken back by the centre."), code="revoked")
    if invitation.expires_at <= timezone.now():
        raise ValidationError(_("This invitation has expired."), code="expired")
    held_by_another = invitation.person_id and invitation.person_id != getattr(person, "pk", None)
    if held_by_another:
        raise ValidationError(_("This invitation was already used."), code="used")


def accept(invitation: Invitation, person: Person) -> None:
    """The first who accepts holds the invitation; accepting again is harmless."""
    _refuse_if_over(invitation, person)
    standing = Invitation.objects.standing().filter(pk=invitation.pk)
    standing.filter(person=None).update(person=person, taken_at=timezone.now())
    if not standing.filter(person=person).exists():
        raise ValidationError(_("This invitation was already used."), code="used")


def is_invited(training: Training, person: Person) -> bool:
    """Whether this person holds an invitation to this training that still stands."""
    return Invitation.objects.standing().filter(training=training, person=person).exists()


def way_in(training: Training, person: Person) -> dict[str, bool]:
    """What seats.apply must know of somebody's invitation; nothing where everybody may come."""
    if training.route == Training.Route.OPEN and not training.why_closed():
        return {}
    return {"invited": True} if is_invited(training, person) else {}


def why_closed(training: Training, person: Person) -> str:
    """Why this person cannot apply just now; an invitation opens what time has closed."""
    closed = training.why_closed()
    return training.why_no_seats() if closed and is_invited(training, person) else closed
