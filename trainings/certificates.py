"""Certificates: issuing, making the document, revoking, issuing again.

The number is drawn in the issuing transaction, so a number exists exactly when its certificate
does. The document is a pure function of the row (see certificate_pdf.py) and is made by a worker
for the job owed in that same transaction (documents.py).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rtcm.jobs.models import owe
from trainings import completion
from trainings.attendance import PRESENT
from trainings.certificate_choices import languages_of
from trainings.designs import version_for
from trainings.emails import write_certificate_letter
from trainings.hours import hours_of
from trainings.models import (
    Application,
    Certificate,
    CertificateCounter,
    CertificateStep,
    Training,
)

HOLDER_LENGTH = Certificate._meta.get_field("holder").max_length or 0
TIERS = Certificate.Tier.values  # from the lowest to the highest
LANGUAGES = [code for code, _name in settings.LANGUAGES]
FALLBACKS = settings.MODELTRANSLATION_FALLBACK_LANGUAGES


def next_number(year: int) -> str:
    """`RTCM-2026-000123`; must be called inside the transaction that stores the certificate."""
    CertificateCounter.objects.get_or_create(year=year)
    CertificateCounter.objects.filter(year=year).update(last=F("last") + 1)
    last = CertificateCounter.objects.values_list("last", flat=True).get(year=year)
    return f"RTCM-{year}-{last:06d}"


@transaction.atomic
def issue(
    application: Application, *, by: Any, tier: str = Certificate.Tier.PARTICIPATION
) -> Certificate:
    """The valid certificate of this application, of this tier or a higher one; or a new one,
    which takes the place of a lower one: one certificate speaks for one person and training."""
    fresh = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if fresh.state != Application.State.ATTENDED:
        raise ValidationError(
            _("A certificate is for people who attended; please mark and close attendance first."),
            code="not_attended",
        )
    existing = fresh.certificates.filter(state=Certificate.State.VALID).order_by("-pk").first()
    if existing and TIERS.index(existing.tier) >= TIERS.index(tier):
        return existing
    return _create(fresh, tier=tier, by=by, instead_of=existing)


def _create(
    application: Application, *, tier: str, by: Any, instead_of: Certificate | None = None
) -> Certificate:
    training = application.training
    person = application.person
    today = timezone.localdate()
    _refuse_long_name(person)
    if instead_of:
        Certificate.objects.filter(pk=instead_of.pk).update(state=Certificate.State.SUPERSEDED)
    certificate = Certificate.objects.create(
        number=next_number(today.year),
        application=application,
        tier=tier,
        language=application.language,
        languages=languages_of(application),
        design_version=version_for(training, tier),
        holder=person.name_for_certificate,
        texts=texts_of(training),
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        hours=_hours(application),
        hours_kind=training.hours_kind,
        objectives=training.objective_numbers,
        issued_on=today,
        issued_by=by,
        supersedes=instead_of,
    )
    owe_document(certificate)
    return certificate


def _refuse_long_name(person: Any) -> None:
    if len(person.name_for_certificate) > HOLDER_LENGTH:
        raise ValidationError(
            _("The name of %(name)s is too long for a certificate; please shorten it.")
            % {"name": person.full_name},
            code="too_long",
        )


def _hours(application: Application) -> Any:
    """Those of the training where they are set; else what this person was there for."""
    training = application.training
    if training.certificate_hours:
        return training.certificate_hours
    there = application.attendance.filter(presence__in=PRESENT).aggregate(n=Sum("minutes"))["n"]
    return hours_of(there or 0, training.hours_kind) or None


def owe_document(certificate: Certificate) -> None:
    owe(
        "certificate",
        f"certificate:{certificate.number}",
        payload={"certificate": certificate.pk},
        queue="documents",
    )


def texts_of(training: Training) -> dict[str, dict[str, str]]:
    """Per language the title and place; `language` where the title is in another one."""
    texts = {}
    for code in LANGUAGES:
        with translation.override(code):
            country = str(training.country) if training.country else ""
            place = ", ".join(part for part in (training.city, country) if part)
            if training.mode == Training.Mode.ONLINE:
                place = str(training.get_mode_display())
            texts[code] = {"title": training.title, "place": place, **_foreign(training, code)}
    return texts


def _foreign(training: Training, code: str) -> dict[str, str]:
    titled = [c for c in (code, *FALLBACKS) if getattr(training, f"title_{c}", None)]
    return {} if titled[:1] in ([], [code]) else {"language": titled[0]}


def issue_all(training: Training, *, by: Any) -> int:
    """Issues what each has earned by the rule of the training (completion.py); returns how many.

    Nobody gets a tier that they had before: a revoked certificate is not given back this way.
    """
    earned: Any = completion.decided(training).filter(state=Application.State.ATTENDED)
    people = earned.exclude(earned="").select_related("person", "training__country")
    given = Certificate.objects.filter(application__training=training)
    had = set(given.values_list("application", "tier"))
    issued = 0
    for application in people.order_by("pk"):
        tier = application.earned
        if (application.pk, tier) not in had:
            new = issue(application, by=by, tier=tier)
            issued += (new.application_id, new.tier) not in had
    return issued


@transaction.atomic
def revoke(certificate: Certificate, *, by: Any, reason: str) -> None:
    """Takes a valid certificate back; the check page says so from then on."""
    if not reason.strip():
        raise ValidationError(_("Please give a reason for revoking."), code="reason")
    changed = Certificate.objects.filter(pk=certificate.pk, state=Certificate.State.VALID).update(
        state=Certificate.State.REVOKED,
        revoked_at=timezone.now(),
        revoked_reason=reason.strip(),
        revoked_by=by,
    )
    if not changed:
        raise ValidationError(_("Only a valid certificate can be revoked."), code="state")
    _record(certificate, CertificateStep.Deed.REVOKED, reason, by)


@transaction.atomic
def restore(certificate: Certificate, *, by: Any, reason: str) -> None:
    """Gives back a certificate that was revoked by mistake; why it was revoked stays on record."""
    if not reason.strip():
        raise ValidationError(_("Please give a reason for restoring."), code="reason")
    application = Application.objects.select_for_update().get(pk=certificate.application_id)
    if application.certificates.filter(state=Certificate.State.VALID).exists():
        raise ValidationError(
            _("This person has a valid certificate of this training already."), code="another"
        )
    changed = application.certificates.filter(
        pk=certificate.pk, state=Certificate.State.REVOKED
    ).update(state=Certificate.State.VALID, revoked_at=None, revoked_reason="", revoked_by=None)
    if not changed:
        raise ValidationError(_("Only a revoked certificate can be restored."), code="state")
    _record(certificate, CertificateStep.Deed.RESTORED, reason, by)
    certificate.refresh_from_db()
    if certificate.sha256:  # made while it was revoked: its letter was not written then
        write_certificate_letter(certificate)


def _record(certificate: Certificate, deed: str, reason: str, by: Any) -> None:
    CertificateStep.objects.create(certificate=certificate, deed=deed, reason=reason.strip(), by=by)


@transaction.atomic
def reissue(certificate: Certificate, *, by: Any) -> Certificate:
    """A new certificate with today's name and texts; the old one points to it as superseded."""
    application = Application.objects.select_for_update().get(pk=certificate.application_id)
    changed = application.certificates.filter(
        pk=certificate.pk, state=Certificate.State.VALID
    ).update(state=Certificate.State.SUPERSEDED)
    if not changed:
        raise ValidationError(_("Only a valid certificate can be issued again."), code="state")
    new = _create(application, tier=certificate.tier, by=by)
    new.supersedes = certificate
    new.save(update_fields=["supersedes"])
    return new
