"""Making the documents of certificates and papers: the jobs that workers perform.

Apart from certificates.py and papers.py, because WeasyPrint takes seconds to import and only
workers need it.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from rtcm.jobs.models import GiveUp, Job
from trainings import paper_pdf, shelf
from trainings.certificate_pdf import RENDERER, render
from trainings.credentials import owe_archive
from trainings.emails import write_certificate_letter
from trainings.models import Certificate, Paper


def make(job: Job) -> None:
    """Performs a "certificate" job: render, store, record the hash, owe letter and archive copy.

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
        owe_archive(certificate)


def store(certificate: Certificate, document: bytes) -> str:
    relative = f"certificates/{certificate.issued_on.year}/{certificate.number}.pdf"
    return shelf.store(relative, document)


def make_paper(job: Job) -> None:
    """Performs a "paper" job. Twice is harmless: the facts are frozen, the bytes the same."""
    paper = Paper.objects.filter(pk=job.payload["paper"]).first()
    if paper is None:
        raise GiveUp("The paper was deleted.")
    document = paper_pdf.render(paper)
    path = shelf.store(f"papers/{paper.ordered_at:%Y}/{paper.code}.pdf", document)
    Paper.objects.filter(pk=paper.pk).update(
        path=path,
        sha256=hashlib.sha256(document).hexdigest(),
        renderer=paper_pdf.RENDERER,
        rendered_at=timezone.now(),
    )
