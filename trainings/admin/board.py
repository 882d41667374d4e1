"""The selection board on the desk: what is shown, and what a press of a button does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm.accounts.models import record_reads
from trainings import board
from trainings.forms import reason_in
from trainings.house import House
from trainings.models import Application, Training

PER_PAGE = 50
WHAT_WAS_READ = "selection board"


def selection(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """POST decides on the rows ticked, writes a note, or only counts what would be."""
    training = get_object_or_404(Training, pk=training_id)
    chosen: set[int] = set()
    status = 200
    if request.method == "POST":
        chosen = _ticked(request)
        if "note" in request.POST:
            status = _write_note(request, training)
        elif request.POST.get("verb") != "preview":
            status, chosen = _decide(request, training, chosen)
        if status == 302:
            return redirect(request.get_full_path())
    context = {
        **site.each_context(request),
        "title": _("Selection board: %(title)s") % {"title": training.title},
        "training": training,
        "opts": Training._meta,
        **_shown(request, training, chosen),
    }
    return render(request, "admin/trainings/selection.html", context, status=status)


def _shown(request: HttpRequest, training: Training, chosen: set[int]) -> dict[str, Any]:
    filters = board.Filters(request.GET)
    found = filters.apply(board.applicants(training))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    house = House(training)
    rows = board.rows(training, page, house, request.user, chosen)
    for row in rows:
        row.typed = str(request.POST.get(f"note-{row.application.pk}", ""))
    record_reads(request.user, [row.application.person for row in rows], WHAT_WAS_READ)
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "filters": filters,
        "page": page,
        "rows": rows,
        "kept_query": kept.urlencode(),
        "reasons": board.recent_reasons(training),
        "reason": reason_in(request.POST, 1_000),
        "counters": board.counters(
            training, house, [row.application for row in rows if row.chosen and row.decidable]
        ),
    }


def _ticked(request: HttpRequest) -> set[int]:
    ticked = request.POST.getlist("application")
    return {int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 19}


def _decide(request: HttpRequest, training: Training, chosen: set[int]) -> tuple[int, set[int]]:
    """Returns the status and the rows still ticked: those refused, so that nothing is lost."""
    verb = request.POST.get("verb", "")
    if verb not in board.VERBS or not chosen:
        messages.warning(request, _("Tick the people first, then press one of the buttons."))
        return 422, chosen
    versions = {pk: request.POST.get(f"version-{pk}", "") or "none" for pk in chosen}
    reason = reason_in(request.POST, 1_000)
    result = board.decide(training, verb, versions, reason=reason, by=request.user)
    if result.done:
        said = ngettext("%(n)s application decided.", "%(n)s applications decided.", result.done)
        messages.success(request, said % {"n": result.done})
    for sentence in list(result.refused.values())[:20]:
        messages.error(request, sentence)
    return (409, set(result.refused)) if result.refused else (302, set())


def _write_note(request: HttpRequest, training: Training) -> int:
    pk = request.POST["note"]
    known = training.applications.filter(pk=int(pk) if pk.isascii() and pk.isdigit() else 0)
    application: Application = get_object_or_404(known.select_related("person"))
    try:
        board.note(application, request.POST.get(f"note-{pk}", ""), by=request.user)
    except ValidationError as refusal:
        messages.error(request, f"{application.person}: {' '.join(refusal.messages)}")
        return 422
    said = _("The note about %(name)s is stored.") % {"name": application.person}
    messages.success(request, said)
    return 302
