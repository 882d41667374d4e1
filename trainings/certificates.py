"""The life of a certificate: issued, issued again, revoked, restored; each deed leaves a step.

The number is drawn in the issuing transaction (issuing.py), so a number exists exactly when its
certificate does. The document is a pure function of the row (see certificate_pdf.py) and is made
by a worker for the job owed in that same transaction (documents.py).
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings import completion, issuing
from trainings.emails import write_certificate_letter
from trainings.issuing import Wish
from trainings.models import Application, Certificate, CertificateStep, Training
from trainings.steps import lock

TIERS = Certificate.Tier.values  # from the lowest to the highest
State = Certificate.State
Deed = CertificateStep.Deed
RevokedFor = Certificate.RevokedFor


@transaction.atomic
def issue(
    application: Application, *, by: Any, tier: str = Certificate.Tier.PARTICIPATION
) -> Certificate:
    """The valid certificate of this application, of this tier or a higher one; or a new one,
    which takes the place of a lower one: one certificate speaks for one person and training."""
    (fresh,) = issuing.hold([application.pk])
    if fresh.state != Application.State.ATTENDED:
        raise ValidationError(
            _("A certificate is for people who attended; please mark and close attendance first."),
            code="not_attended",
        )
    existing = issuing.valid_ones([fresh]).get(fresh.pk)
    if existing and not _is_higher(tier, existing):
        return existing
    return issuing.give([Wish(fresh, tier, instead_of=existing)], by=by)[0]


def _is_higher(tier: str, existing: Certificate) -> bool:
    return TIERS.index(tier) > TIERS.index(existing.tier)


@transaction.atomic
def issue_all(training: Training, *, by: Any, only: Collection[int] | None = None) -> int:
    """Issues what each has earned by the rule of the training (completion.py); returns how many.

    `only`: keys of applications, where not everybody is meant. Nobody gets a tier that they had
    before: a revoked certificate is not given back this way. The training is locked, so that no
    exception from its rule is decided meanwhile.
    """
    earned: Any = completion.decided(lock(training.pk)).filter(state=Application.State.ATTENDED)
    if only is not None:
        earned = earned.filter(pk__in=only)
    tiers = dict(earned.exclude(earned="").values_list("pk", "earned"))
    people = issuing.hold(tiers)
    valid = issuing.valid_ones(people)
    had = set(Certificate.objects.filter(application__in=people).values_list("application", "tier"))
    wishes = [
        Wish(each, tiers[each.pk], instead_of=valid.get(each.pk))
        for each in people
        if (each.pk, tiers[each.pk]) not in had
        and (each.pk not in valid or _is_higher(tiers[each.pk], valid[each.pk]))
    ]
    return len(issuing.give(wishes, by=by))


@transaction.atomic
def revoke(certificate: Certificate, *, by: Any, reason: str, kind: str = RevokedFor.OTHER) -> None:
    """Takes a valid certificate back; the check page says so from then on, with the kind of reason
    and without the reason itself."""
    if not reason.strip():
        raise ValidationError(_("Please give a reason for revoking."), code="reason")
    if kind not in RevokedFor.values:
        raise ValidationError(_("Please choose the kind of reason."), code="kind")
    issuing.hold([certificate.application_id])
    changed = Certificate.objects.filter(pk=certificate.pk, state=State.VALID).update(
        state=State.REVOKED,
        revoked_at=timezone.now(),
        revoked_for=kind,
        revoked_reason=reason.strip(),
        revoked_by=by,
    )
    if not changed:
        raise ValidationError(_("Only a valid certificate can be revoked."), code="state")
    _record(certificate, Deed.REVOKED, by=by, reason=reason, kind=kind)


@transaction.atomic
def restore(certificate: Certificate, *, by: Any, reason: str) -> None:
    """Gives back a certificate that was revoked by mistake; why it was revoked stays on record."""
    if not reason.strip():
        raise ValidationError(_("Please give a reason for restoring."), code="reason")
    people = issuing.hold([certificate.application_id])
    if issuing.valid_ones(people):
        raise ValidationError(
            _("This person has a valid certificate of this training already."), code="another"
        )
    nothing = {"revoked_at": None, "revoked_for": "", "revoked_reason": "", "revoked_by": None}
    revoked = Certificate.objects.filter(pk=certificate.pk, state=State.REVOKED)
    if not revoked.update(state=State.VALID, **nothing):
        raise ValidationError(_("Only a revoked certificate can be restored."), code="state")
    _record(certificate, Deed.RESTORED, by=by, reason=reason)
    certificate.refresh_from_db()
    if certificate.sha256:  # made while it was revoked: its letter was not written then
        write_certificate_letter(certificate)


def _record(
    certificate: Certificate, deed: str, *, by: Any, reason: str = "", kind: str = ""
) -> None:
    CertificateStep.objects.create(
        certificate=certificate, deed=deed, kind=kind, reason=reason.strip(), by=by
    )


@transaction.atomic
def reissue(certificate: Certificate, *, by: Any) -> Certificate:
    """A new certificate with today's name and texts; the old one points to it as superseded.

    Its time of validity goes on: a corrected name makes no certificate valid for longer.
    """
    (application,) = issuing.hold([certificate.application_id])
    known = Certificate.objects.filter(pk=certificate.pk, state=State.VALID).first()
    if known is None:
        raise ValidationError(_("Only a valid certificate can be issued again."), code="state")
    wish = Wish(application, known.tier, instead_of=known)
    return issuing.give([wish], by=by, deed=Deed.REISSUED)[0]
