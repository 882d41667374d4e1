"""The centre's side of nominations: one list per training, and one page per nominee."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm.accounts import matching
from rtcm.accounts.models import Person, record_read
from trainings import nominated
from trainings.forms import reason_in
from trainings.models import Nomination, Training
from trainings.nomination_quotas import all_shares

VERBS: dict[str, Callable[..., Any]] = {
    "accept": nominated.accept,
    "waitlist": nominated.waitlist,
    "return": nominated.give_back,
}


def nominations_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """The nominees of one training by focal point, in their order; POST decides on those ticked."""
    training = get_object_or_404(Training, pk=training_id)
    if request.method == "POST":
        _decide(request, training)
        return redirect(request.path)
    rows = training.nominations.arrived().for_lists()
    rows = rows.select_related("focal_point__person", "focal_point__institution")
    rows = rows.order_by("focal_point__person__name_sort", "focal_point", "rank", "pk")
    context = {
        **site.each_context(request),
        "title": _("Nominations: %(title)s") % {"title": training.title},
        "training": training,
        "lists": [(point, list(own)) for point, own in groupby(rows, lambda row: row.focal_point)],
        "shares": all_shares(training),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/nominations.html", context)


def _decide(request: HttpRequest, training: Training) -> None:
    verb = VERBS.get(request.POST.get("verb", ""))
    chosen = [int(pk) for pk in request.POST.getlist("nomination") if pk.isdecimal()]
    if verb is None or not chosen:
        messages.warning(request, _("Tick the people first, then press one of the buttons."))
        return
    reason = reason_in(request.POST, 1_000)
    done = 0
    for nomination in training.nominations.arrived().filter(pk__in=chosen):
        try:
            verb(nomination, by=request.user, reason=reason)
            done += 1
        except ValidationError as refusal:
            messages.error(request, f"{nomination.full_name}: {' '.join(refusal.messages)}")
    if done:
        said = ngettext("%(n)s nomination decided.", "%(n)s nominations decided.", done)
        messages.success(request, said % {"n": done})


def nominee_room(request: HttpRequest, site: Any, training_id: int, pk: int) -> HttpResponse:
    """One nominee with all that happened, and people who may be the same; staff decide that."""
    rows = Nomination.objects.arrived().filter(training=training_id).for_lists()
    nomination = get_object_or_404(rows.select_related("focal_point__person", "training"), pk=pk)
    if request.method == "POST":
        _recognise(request, nomination)
        return redirect(request.path)
    if nomination.person:
        record_read(request.user, nomination.person, "trainings: nomination")
    context = {
        **site.each_context(request),
        "title": nomination.full_name,
        "nomination": nomination,
        "training": nomination.training,
        "steps": nomination.steps.select_related("by__person"),
        "suggestions": _alike(nomination),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/nominee.html", context)


def _alike(nomination: Nomination) -> list[matching.Suggestion]:
    if nomination.person_id or nomination.has_ended:
        return []
    return matching.likely(nomination.full_name, email=nomination.email, country=nomination.country)


def _recognise(request: HttpRequest, nomination: Nomination) -> None:
    chosen = request.POST.get("person", "")
    person = get_object_or_404(Person, pk=int(chosen) if chosen.isdecimal() else 0)
    try:
        nominated.same_person(nomination, person, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Noted: this is the same person."))
