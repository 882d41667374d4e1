"""Whether every stored document is still what was stored, and putting right what is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from rtcm.jobs.models import Job
from trainings import archiving, documents, shelf
from trainings.models import ArchiveCopy, Certificate, CertificateRendering


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a document, or what a worker left behind when it died."""

    what: str
    wrong: str
    row: Certificate | ArchiveCopy | None = None


def findings() -> Iterator[Finding]:
    """Reads every file once, one after another; memory stays flat."""
    made = Certificate.objects.exclude(sha256="").order_by("pk")
    for certificate in made.iterator(chunk_size=1000):
        if wrong := _wrong(certificate):
            yield Finding(certificate.number, wrong, certificate)
    for copy in ArchiveCopy.objects.select_related("certificate").iterator(chunk_size=1000):
        if wrong := _wrong(copy):
            yield Finding(f"{copy} archive copy", wrong, copy)
    for certificate in _never_made().iterator(chunk_size=1000):
        yield Finding(certificate.number, "never made", certificate)
    for part in shelf.abandoned():
        yield Finding(part.name, "half written, left by a worker that died")


def _wrong(row: Certificate | ArchiveCopy) -> str:
    found = shelf.digest(row.path)
    if found == row.sha256:
        return ""
    if not found:
        return "missing"
    last = row.renderings.last() if isinstance(row, Certificate) else None
    if last and shelf.place(row.path).stat().st_size < last.size:
        return "cut short"
    return "changed"


def _never_made() -> QuerySet[Certificate]:
    """Without a document, and no job that will make one."""
    owed = Job.objects.filter(
        dedupe_key=Concat(Value("certificate:"), OuterRef("number")),
        state__in=[Job.State.WAITING, Job.State.RUNNING],
    )
    return Certificate.objects.filter(~Exists(owed), sha256="").order_by("pk")


def repair(finding: Finding) -> tuple[bool, str]:
    """Whether it is put right, and how, in a sentence."""
    before = finding.row
    if before is None:
        shelf.place(shelf.PARTS).joinpath(finding.what).unlink(missing_ok=True)
        return True, "removed"
    made = _made_again(before)
    if not before.sha256:
        return True, f"made, {made.sha256}"
    if made.sha256 == before.sha256:
        return True, "the same bytes are back"
    if isinstance(made, ArchiveCopy) and made.credential_id != before.credential_id:  # type: ignore[union-attr]
        return True, f"made with the credential signed since, now {made.sha256}"
    if made.renderer != before.renderer:
        return True, f"made by {made.renderer} instead of {before.renderer}, now {made.sha256}"
    return False, f"the same renderer made other bytes, now {made.sha256}"


def _made_again(row: Certificate | ArchiveCopy) -> CertificateRendering | ArchiveCopy:
    if isinstance(row, ArchiveCopy):
        return archiving.put(row.certificate)
    return documents.put(row)
