"""Papers: documents that staff order, that a worker makes, and that are deleted in their time.

`order` freezes what the document says and owes its making in the same transaction; the same order
again gives the same paper. documents.py performs the job, paper_pdf.py draws.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from rtcm.jobs.models import Job, owe
from trainings import shelf
from trainings.models import Application, Paper, Training

LONGEST = 1_000_000  # letters of facts: some thousand people on a sheet
REFRESH_SECONDS = "3"


@dataclass(frozen=True)
class Kind:
    """template and styles below templates/; days: how long the paper is kept (None: for good).

    Without a template it is put together of files that exist already (bundles.py).
    """

    template: str = ""
    styles: tuple[str, ...] = ()
    days: int | None = 30
    suffix: str = ".pdf"


FONTS = "trainings/papers/paper.css"
PAPERS: dict[str, Kind] = {
    "sheet": Kind("trainings/papers/sheet.html", (FONTS, "trainings/papers/sheet.css")),
    "badges": Kind("trainings/papers/badges.html", (FONTS, "trainings/papers/badges.css")),
    "letter": Kind("trainings/papers/letter.html", (FONTS, "trainings/papers/letter.css"), None),
    # It holds passport data, which are forgotten 30 days after the training: not kept for good.
    "visa_letter": Kind("trainings/papers/letter.html", (FONTS, "trainings/papers/letter.css")),
    "transcript": Kind(
        "trainings/papers/transcript.html", (FONTS, "trainings/papers/transcript.css"), 7
    ),
    "certificates_pdf": Kind(days=7),
    "certificates_zip": Kind(days=7, suffix=".zip"),
}


@transaction.atomic
def order(
    kind: str,
    *,
    key: str,
    by: Any,
    facts: dict[str, Any],
    language: str,
    training: Training | None = None,
    application: Application | None = None,
    person: Person | None = None,
) -> Paper:
    """The paper of these facts: the one that exists, or a new one whose making is owed.

    `key` names the file (ASCII, such as "letter-2026-014"); `facts` is JSON, reaches the template
    as it is and must hold the "title" of the document.
    """
    if kind not in PAPERS or not facts.get("title"):
        raise LookupError(f"No paper {kind!r} with such facts: see PAPERS.")
    written = json.dumps([kind, key, language, facts], sort_keys=True)
    if len(written) > LONGEST:
        raise ValidationError(_("This paper would be too long; please choose fewer people."))
    fresh = {
        "kind": kind,
        "key": key,
        "language": language,
        "facts": facts,
        "training": training,
        "application": application,
        "person": person,
        "ordered_by": by,
    }
    digest = hashlib.sha256(written.encode()).hexdigest()
    paper, _new = Paper.objects.get_or_create(digest=digest, defaults=fresh)
    owe_making(paper)
    return paper


def owe_making(paper: Paper) -> None:
    """A making that failed is owed again: who orders a paper once more wants it."""
    about = {"paper": paper.pk}
    job = owe("paper", _job_key(paper), payload=about, queue=Job.Queue.DOCUMENTS)
    job.retry()


def _job_key(paper: Paper) -> str:
    return f"paper:{paper.pk}"


def answer(request: HttpRequest, paper: Paper) -> HttpResponse | FileResponse:
    """The PDF, or a page that looks again by itself until it is made. The caller checked who asks.

    The kind of paper decides nothing here: staff screens link to paper.get_absolute_url().
    """
    found = shelf.answer(paper.path, paper.key)
    if found is not None:
        return found
    failed = Job.objects.failed().filter(dedupe_key=_job_key(paper)).exists()
    context = {"paper": paper, "title": paper.facts["title"], "failed": failed}
    waiting = render(request, "trainings/paper_waiting.html", context, status=503)
    waiting["Cache-Control"] = "no-store"
    if not failed:
        waiting["Refresh"] = REFRESH_SECONDS
    return waiting


def sweep() -> int:
    """Deletes papers whose time is over, rows and files; returns how many. Harmless twice."""
    deleted = 0
    for name, kind in PAPERS.items():
        if kind.days is None:
            continue
        before = timezone.now() - timedelta(days=kind.days)
        for paper in Paper.objects.filter(kind=name, ordered_at__lt=before)[:500]:
            if paper.path:
                shelf.place(paper.path).unlink(missing_ok=True)
            paper.delete()
            deleted += 1
    return deleted
