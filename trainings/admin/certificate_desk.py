"""The door "certificates": how far a batch is, whom to issue to, everything together on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings import batches, bundles, certificates, completion
from trainings.admin import doors
from trainings.admin.completion_desk import issue
from trainings.models import Application, Certificate, CompletionOverride, Training

PAGE = 200
REFRESH_SECONDS = "4"


def certificates_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """Looks again by itself while documents are being made, without a script; then nobody can be
    ticked, unless the page is asked to stand still."""
    training = get_object_or_404(Training, pk=training_id)
    if request.method == "POST":
        return _answered(request, training)
    progress = batches.progress(training)
    watching = bool(progress.waiting) and "still" not in request.GET
    context = {
        **site.each_context(request),
        "title": _("Certificates: %(title)s") % {"title": training.title},
        "training": training,
        "progress": progress,
        "failures": batches.failures(training) if progress.failed else [],
        "papers": training.papers.filter(kind__in=bundles.KINDS)[:10],
        "opts": Training._meta,
        "watching": watching,
        **({} if watching else _people(training, request.GET.get("page", ""))),
    }
    page = render(request, "admin/trainings/certificates.html", context)
    if watching:
        page["Refresh"] = REFRESH_SECONDS
    return page


def _people(training: Training, number: str) -> dict[str, Any]:
    """Those who have earned one and have none that is valid can be ticked."""
    earned: Any = completion.decided(training).filter(state=Application.State.ATTENDED)
    people = earned.select_related("person").prefetch_related("certificates")
    page = Paginator(people.order_by("person__name_sort", "pk"), PAGE).get_page(number)
    rows = [_row(each) for each in page]
    return {"page": page, "rows": rows, "anybody": any(row["open"] for row in rows)}


def _row(application: Any) -> dict[str, Any]:
    rows = list(application.certificates.all())  # the newest first
    had = {row.tier for row in rows}
    valid = next((row for row in rows if row.state == Certificate.State.VALID), None)
    earned = application.earned
    return {
        "application": application,
        "earned": dict(CompletionOverride.Given.choices)[earned] if earned else "",
        "certificate": valid or (rows[0] if rows else None),
        "open": bool(earned) and earned not in had,
    }


def _answered(request: HttpRequest, training: Training) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb in bundles.KINDS:
        return _ordered(request, training, verb)
    deeds = {"issue": issue, "issue_some": _issue_some, "retry": _retry}
    doors.do(request, deeds, training)
    return redirect(request.path)


def _ordered(request: HttpRequest, training: Training, kind: str) -> HttpResponse:
    """Leads to the paper, which looks again by itself until it is put together."""
    try:
        paper = bundles.order(kind, training, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    return redirect(paper.get_absolute_url())


def _issue_some(request: HttpRequest, training: Training) -> str:
    ticked = [int(pk[:18]) for pk in request.POST.getlist("person") if pk.isdecimal()]
    if not ticked:
        raise ValidationError(_("Tick at least one person."), code="nobody")
    issued = certificates.issue_all(training, by=request.user, only=ticked)
    return ngettext(
        "%(n)s certificate issued; the letter follows when its document is made.",
        "%(n)s certificates issued; the letters follow when their documents are made.",
        issued,
    ) % {"n": issued}


def _retry(request: HttpRequest, training: Training) -> str:
    again = batches.retry(training)
    return ngettext(
        "%(n)s document is being made again.", "%(n)s documents are being made again.", again
    ) % {"n": again}
