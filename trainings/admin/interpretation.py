"""The door "interpretation": needs, bookings session by session, clashes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm.languages import language_name
from trainings import interpreting
from trainings.models import Booking, LanguagePair, Session, Training


def interpretation_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training = get_object_or_404(Training, pk=training_id)
    if request.method == "POST":
        _do(request, training)
        return redirect(request.path)
    needs = interpreting.needs_of(training)
    sessions = list(training.sessions.prefetch_related("bookings__interpreter"))
    context = {
        **site.each_context(request),
        "title": _("Interpretation: %(title)s") % {"title": training.title},
        "training": training,
        "working": [language_name(code) for code in training.working_languages],
        "needs": needs,
        "sessions": sessions,
        "rows": _rows(training, sessions, needs),
        "pairs": LanguagePair.objects.filter(interpreter__is_active=True)
        .select_related("interpreter")
        .order_by("first", "second", "interpreter__name"),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/interpretation.html", context)


def _rows(
    training: Training, sessions: list[Session], needs: interpreting.Needs
) -> list[dict[str, Any]]:
    clashing = interpreting.clashes(training)
    rows = []
    for session in sessions:
        booked = list(session.bookings.all())
        served = {booking.pair for booking in booked}
        rows.append(
            {
                "session": session,
                "bookings": [
                    {
                        "row": booking,
                        "pair": interpreting.pair_name(booking.pair),
                        "clash": clashing.get(booking.pk, ""),
                    }
                    for booking in booked
                ],
                "missing": [need for need in needs.pairs if need.pair not in served],
            }
        )
    return rows


def _do(request: HttpRequest, training: Training) -> None:
    deeds = {"book": _book, "release": _release}
    deed = deeds.get(request.POST.get("verb", ""))
    if deed is None:
        raise Http404
    deed(request, training)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _book(request: HttpRequest, training: Training) -> None:
    """For one session or for all; what is refused is said session by session."""
    pairs = LanguagePair.objects.select_related("interpreter")
    pair = pairs.filter(pk=_number(request.POST.get("pair", ""))).first()
    if pair is None:
        messages.error(request, _("Choose an interpreter and a pair of languages."))
        return
    sessions = training.sessions.select_related("training")
    if chosen := request.POST.get("session"):
        sessions = sessions.filter(pk=_number(chosen))
    done = 0
    for session in sessions:
        try:
            languages = (pair.first, pair.second)
            interpreting.book(session, pair.interpreter, languages, by=request.user)
            done += 1
        except ValidationError as refusal:
            messages.error(request, f"{session}: {' '.join(refusal.messages)}")
    if done:
        said = ngettext("Booked for %(n)s session.", "Booked for %(n)s sessions.", done)
        messages.success(request, said % {"n": done})


def _release(request: HttpRequest, training: Training) -> None:
    rows = Booking.objects.filter(session__training=training)
    interpreting.release(get_object_or_404(rows, pk=_number(request.POST.get("booking", ""))))
    messages.success(request, _("The booking is taken back."))
