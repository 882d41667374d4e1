"""The door "letters": choosing addressees, looking at the letters, issuing them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm.accounts.models import FocalPoint, Institution
from trainings import official
from trainings.models import Application, OfficialLetter, Paper, Training


def letters_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training: Training = get_object_or_404(
        Training.objects.select_related("country"), pk=training_id
    )
    said: dict[str, Any] = {}
    if request.method == "POST":
        try:
            said = _do(request, training)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        if not said and request.POST.get("verb") == "issue":
            return redirect(request.path)
    context = {
        **site.each_context(request),
        "title": _("Official letters: %(title)s") % {"title": training.title},
        "training": training,
        "kinds": OfficialLetter.Kind.choices,
        "kind": request.POST.get("kind", ""),
        "rows": _rows(training, set(request.POST.getlist("to"))),
        "batch": uuid.uuid4(),
        "letters": _register(training),
        "opts": Training._meta,
        **said,
    }
    return render(request, "admin/trainings/letters.html", context)


def _people(training: Training) -> Any:
    people = training.applications.exclude(state__in=Application.ENDED)
    return people.select_related("person", "institution").order_by("person__name_sort", "pk")


def _institutions(training: Training) -> Any:
    """Those with a focal point, and those that people of this training come from."""
    with_speaker = FocalPoint.objects.current().values("institution")
    applying = training.applications.values("institution")
    rows = Institution.objects.standing().filter(Q(pk__in=with_speaker) | Q(pk__in=applying))
    return rows.alphabetical()


def _rows(training: Training, ticked: set[str]) -> list[dict[str, Any]]:
    """Everybody who may be written to, ticked as before."""
    people = [
        {
            "value": f"application-{row.pk}",
            "name": row.person.full_name,
            "institution": row.institution_label,
            "state": row.get_state_display(),
        }
        for row in _people(training)
    ]
    institutions = [
        {"value": f"institution-{row.pk}", "name": str(row), "institution": _("institution")}
        for row in _institutions(training)
    ]
    return [{**row, "ticked": row["value"] in ticked} for row in [*people, *institutions]]


def _register(training: Training) -> list[dict[str, Any]]:
    rows = list(training.official_letters.all())
    made = {paper.key: paper for paper in Paper.objects.filter(training=training)}
    return [{"letter": row, "paper": made.get(row.number)} for row in rows]


def _do(request: HttpRequest, training: Training) -> dict[str, Any]:
    """What a press of a button leads to: a preview to show, or nothing once issued."""
    kind = request.POST.get("kind", "")
    if kind not in OfficialLetter.Kind.values:
        raise ValidationError(_("Choose a kind of letter."))
    recipients = _ticked(request, training)
    if request.POST.get("verb") == "issue":
        batch = _uuid(request.POST.get("batch", ""))
        written = official.issue(kind, training, recipients, by=request.user, batch=batch)
        said = ngettext("%(n)s letter issued.", "%(n)s letters issued.", len(written))
        messages.success(request, said % {"n": len(written)})
        return {}
    if not recipients:
        raise ValidationError(_("Tick at least one addressee."))
    drafts = [official.draft(kind, training, to, by=request.user) for to in recipients]
    return {"drafts": drafts}


def _uuid(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError as wrong:
        raise ValidationError(_("This form was already used. Please open it again.")) from wrong


def _ticked(request: HttpRequest, training: Training) -> list[Any]:
    """Values such as application-5 and institution-7; what is not on the page is left out."""
    wanted: dict[str, set[int]] = {"application": set(), "institution": set()}
    for value in request.POST.getlist("to"):
        name, _dash, number = value.partition("-")
        if name in wanted and number.isdecimal() and len(number) < 10:
            wanted[name].add(int(number))
    people = _people(training).select_related("travel_sheet")
    institutions = [row for row in _institutions(training) if row.pk in wanted["institution"]]
    return [*people.filter(pk__in=wanted["application"]), *institutions]
