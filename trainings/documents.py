"""Making the documents of certificates and papers: the jobs that workers perform.

Apart from certificates.py and papers.py, because WeasyPrint takes seconds to import and only
workers need it.
"""

import hashlib
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from rtcm.jobs.models import GiveUp, Job
from trainings import bundling, paper_pdf, shelf
from trainings.certificate_pdf import RENDERER, render
from trainings.credentials import owe_archive
from trainings.emails import write_certificate_letter
from trainings.models import Certificate, CertificateRendering, Paper
from trainings.papers import PAPERS

BUNDLES = {"certificates_pdf": bundling.merge, "certificates_zip": bundling.pack}


def make(job: Job) -> None:
    """Performs a "certificate" job: render, store, record the hash, owe letter and archive copy.

    Doing it twice is harmless: a stored file is left as it is, the letter has one dedupe key.
    """
    rows = Certificate.objects.select_related("application__person__user")
    certificate = rows.filter(pk=job.payload["certificate"]).first()
    if certificate is None:
        raise GiveUp("The certificate was deleted.")
    made = None if shelf.holds(certificate.path, certificate.sha256) else rendered(certificate)
    with transaction.atomic():
        if made:
            record(made)
        row = Certificate.objects.filter(pk=certificate.pk)
        if row.filter(state=Certificate.State.VALID).exists():  # it may be revoked by now
            write_certificate_letter(certificate)
        owe_archive(certificate)


def put(certificate: Certificate) -> CertificateRendering:
    """Makes the document and puts it in its place, whatever stands there."""
    made = rendered(certificate)
    with transaction.atomic():
        record(made)
    return made


def rendered(certificate: Certificate) -> CertificateRendering:
    """The document is stored; what is to be recorded of it, not saved yet."""
    document = render(certificate)
    store(certificate, document)
    why = CertificateRendering.Why
    return CertificateRendering(
        certificate=certificate,
        why=why.REPAIRED if certificate.sha256 else why.ISSUED,
        renderer=RENDERER,
        sha256=hashlib.sha256(document).hexdigest(),
        size=len(document),
    )


def record(made: CertificateRendering) -> None:
    """Which renderer made which bytes; a download gives out these and no others."""
    made.save()
    Certificate.objects.filter(pk=made.certificate_id).update(
        path=place_of(made.certificate),
        sha256=made.sha256,
        renderer=made.renderer,
        rendered_at=timezone.now(),
    )


def place_of(certificate: Certificate) -> str:
    return f"certificates/{certificate.issued_on.year}/{certificate.number}.pdf"


def store(certificate: Certificate, document: bytes) -> str:
    return shelf.store(place_of(certificate), document)


def make_paper(job: Job) -> None:
    """Performs a "paper" job. Twice is harmless: the facts are frozen, the bytes the same."""
    paper = Paper.objects.filter(pk=job.payload["paper"]).first()
    if paper is None:
        raise GiveUp("The paper was deleted.")
    path = f"papers/{paper.ordered_at:%Y}/{paper.code}{PAPERS[paper.kind].suffix}"
    with shelf.writing(path) as part:
        BUNDLES.get(paper.kind, _draw)(paper, part)
    Paper.objects.filter(pk=paper.pk).update(
        path=path,
        sha256=shelf.digest(path),
        renderer=paper_pdf.RENDERER,
        rendered_at=timezone.now(),
    )


def _draw(paper: Paper, part: BinaryIO) -> None:
    part.write(paper_pdf.render(paper))
