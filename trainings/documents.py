"""Making the document of a certificate: the job that a worker performs.

Apart from certificates.py, because WeasyPrint takes seconds to import and only workers need it.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from rtcm.jobs.models import GiveUp, Job
from trainings.certificate_pdf import RENDERER, render
from trainings.emails import write_certificate_letter
from trainings.models import Certificate


def make(job: Job) -> None:
    """Performs a "certificate" job: render, store, record the hash, owe the letter.

    Doing it twice is harmless: the bytes are the same, the letter has one dedupe key.
    """
    rows = Certificate.objects.select_related("application__person__user")
    certificate = rows.filter(pk=job.payload["certificate"]).first()
    if certificate is None:
        raise GiveUp("The certificate was deleted.")
    document = render(certificate)
    path = store(certificate, document)
    with transaction.atomic():
        row = Certificate.objects.filter(pk=certificate.pk)
        row.update(
            path=path,
            sha256=hashlib.sha256(document).hexdigest(),
            renderer=RENDERER,
            rendered_at=timezone.now(),
        )
        if row.filter(state=Certificate.State.VALID).exists():  # it may be revoked by now
            write_certificate_letter(certificate)


def store(certificate: Certificate, document: bytes) -> str:
    """Writes the file whole or not at all; returns its path below MEDIA_ROOT.

    A reader sees the old file, no file or the complete new one, whatever dies in between:
    temporary name, fsync, rename, fsync of the folder.
    """
    relative = f"certificates/{certificate.issued_on.year}/{certificate.number}.pdf"
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        try:
            part.write(document)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return relative
