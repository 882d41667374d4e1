"""The certificates of one training together: a ZIP of the files, or one PDF to print.

What is in a bundle is frozen when it is ordered; bundling.py makes it in a worker.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rtcm.accounts.models import record_reads
from rtcm.jobs.letters import known_language
from rtcm.text import slugify
from trainings import papers
from trainings.models import Certificate, Paper, Training

KINDS = ("certificates_pdf", "certificates_zip")


def order(kind: str, training: Training, *, by: Any) -> Paper:
    """Refused while a document is still being made: a bundle is for printing, and must be whole."""
    valid = Certificate.objects.filter(
        application__training=training, state=Certificate.State.VALID
    ).select_related("application__person")
    rows = list(valid.order_by("application__person__name_sort", "pk"))
    if not rows:
        raise ValidationError(_("No certificate has been issued yet."), code="nothing")
    unmade = sum(not each.sha256 for each in rows)
    if unmade:
        raise ValidationError(
            ngettext(
                "%(n)s document is still being made; please order again when it is there.",
                "%(n)s documents are still being made; please order again when they are there.",
                unmade,
            )
            % {"n": unmade},
            code="unmade",
        )
    record_reads(by, [each.application.person for each in rows], "certificates of a training")
    return papers.order(
        kind,
        key=f"certificates-{training.slug}",
        by=by,
        training=training,
        language=known_language(get_language() or ""),
        facts={
            "title": _("Certificates: %(title)s") % {"title": training.title},
            "files": [_file(each) for each in rows],
        },
    )


def _file(certificate: Certificate) -> list[str]:
    name = f"{certificate.number}-{slugify(certificate.holder, 40)}".rstrip("-")
    return [certificate.path, certificate.sha256, f"{name}.pdf"]
