"""Certificates: issuing, making the document, revoking, issuing again.

The number is drawn in the issuing transaction, so a number exists exactly when its certificate
does. The document is a pure function of the row (see certificate_pdf.py) and is made by a worker
for the job owed in that same transaction (documents.py).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rtcm.jobs.models import owe
from trainings.models import Application, Certificate, CertificateCounter, Training

HOLDER_LENGTH = Certificate._meta.get_field("holder").max_length or 0
LANGUAGES = [code for code, _name in settings.LANGUAGES]


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
    """The valid certificate of this application and tier: the existing one, or a new one."""
    fresh = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if fresh.state != Application.State.ATTENDED:
        raise ValidationError(
            _("A certificate is for people who attended; please mark and close attendance first."),
            code="not_attended",
        )
    existing = fresh.certificates.filter(tier=tier, state=Certificate.State.VALID).first()
    return existing or _create(fresh, tier=tier, by=by)


def _create(application: Application, *, tier: str, by: Any) -> Certificate:
    training = application.training
    person = application.person
    today = timezone.localdate()
    if len(person.name_for_certificate) > HOLDER_LENGTH:
        raise ValidationError(
            _("The name of %(name)s is too long for a certificate; please shorten it.")
            % {"name": person.full_name},
            code="too_long",
        )
    certificate = Certificate.objects.create(
        number=next_number(today.year),
        application=application,
        tier=tier,
        language=application.language,
        holder=person.name_for_certificate,
        texts=_texts(training),
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        hours=training.certificate_hours,
        objectives=training.objective_numbers,
        issued_on=today,
        issued_by=by,
    )
    owe_document(certificate)
    return certificate


def owe_document(certificate: Certificate) -> None:
    owe(
        "certificate",
        f"certificate:{certificate.number}",
        payload={"certificate": certificate.pk},
        queue="documents",
    )


def _texts(training: Training) -> dict[str, dict[str, str]]:
    texts = {}
    for code in LANGUAGES:
        with translation.override(code):
            country = str(training.country) if training.country else ""
            place = ", ".join(part for part in (training.city, country) if part)
            if training.mode == Training.Mode.ONLINE:
                place = str(training.get_mode_display())
            texts[code] = {"title": training.title, "place": place}
    return texts


def issue_all(training: Training, *, by: Any, tier: str = Certificate.Tier.PARTICIPATION) -> int:
    """Issues to everybody who attended and never had one of that tier; returns how many.

    A revoked certificate is not given back this way.
    """
    attended = training.applications.filter(state=Application.State.ATTENDED)
    had = Certificate.objects.filter(tier=tier, application__training=training)
    without = attended.exclude(pk__in=had.values("application"))
    issued = 0
    for application in without.select_related("person", "training__country").order_by("pk"):
        issue(application, by=by, tier=tier)
        issued += 1
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
