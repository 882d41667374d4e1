"""The archive copy of a certificate: PDF/A-3u, with its credential inside."""

import hashlib

from django.utils import timezone

from rtcm.jobs.models import GiveUp, Job
from trainings import shelf
from trainings.certificate_pdf import RENDERER, archive
from trainings.credentials import document, sign_certificate
from trainings.models import ArchiveCopy, Certificate


def make(job: Job) -> None:
    """Performs an "archive" job: sign if there is a key, render, store, record the hash.

    Twice is harmless: what is signed stays signed, and from it come the same bytes. A worker that
    dies before the credential is stored has shown its signature to nobody.
    """
    rows = Certificate.objects.select_related("application__person", "application__training")
    certificate = rows.filter(pk=job.payload["certificate"]).first()
    if certificate is None:
        raise GiveUp("The certificate was deleted.")
    put(certificate)


def put(certificate: Certificate) -> ArchiveCopy:
    """Renders and stores the copy around the credential that is kept."""
    credential = sign_certificate(certificate)
    content = archive(certificate, document(credential) if credential else b"")
    relative = f"certificates/{certificate.issued_on.year}/{certificate.number}-archive.pdf"
    copy, _new = ArchiveCopy.objects.update_or_create(
        certificate=certificate,
        defaults={
            "credential": credential,
            "path": shelf.store(relative, content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "renderer": RENDERER,
            "rendered_at": timezone.now(),
        },
    )
    return copy
