"""The list at the door of one session: tapped on a phone, also through a lost connection."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trainings import attendance, check_in, qr, walk_ins
from trainings.attendance_forms import TapForm, WalkInForm
from trainings.models import Attendance, Session, Training


def door(request: HttpRequest, site: Any, training_id: int, session_id: int) -> HttpResponse:
    """GET: the list, or only its marks for the script; POST: one tap, or somebody who came."""
    sessions = Session.objects.select_related("training")
    session: Session = get_object_or_404(sessions, pk=session_id, training=training_id)
    if request.method != "POST":
        if _by_script(request):
            return JsonResponse({"marks": _marks(session)})
        return _show(request, site, session, WalkInForm())
    if request.POST.get("verb") == "walk_in":
        return _let_in(request, site, session)
    return _tapped(request, session)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("accept") == "application/json"


def _marks(session: Session) -> dict[int, dict[str, Any]]:
    rows = session.attendance.select_related("marked_by__person")
    return {row.application_id: _told(row) for row in rows}


def _told(row: Attendance | None) -> dict[str, Any]:
    """A mark as the script and the template read it."""
    if row is None:
        return {"presence": "", "minutes": None, "tap": "", "by": "", "at": ""}
    zone = row.session.training.zone
    return {
        "presence": row.presence,
        "minutes": row.minutes,
        "tap": str(row.tap),
        "by": _("themselves") if row.by_self else _writer(row),
        "at": f"{timezone.localtime(row.at, zone):%H:%M}",
    }


def _writer(row: Attendance) -> str:
    person = getattr(row.marked_by, "person", None)
    return str(person or row.marked_by or "")


def _tapped(request: HttpRequest, session: Session) -> HttpResponse:
    refusal, late = "", False
    form = TapForm(request.POST)
    try:
        late = bool(attendance.take(session, [form.tap_in()], by=request.user))
    except ValidationError as refused:
        refusal = " ".join(refused.messages)
    said = refusal or (_("Somebody else has marked this person meanwhile.") if late else "")
    number = request.POST.get("application", "")
    if _by_script(request):
        return _answered(session, number, said, late=late)
    if said:
        messages.error(request, said)
    return redirect(f"{request.path}#person-{number}" if number.isdecimal() else request.path)


def _answered(session: Session, number: str, said: str, *, late: bool) -> JsonResponse:
    """What stands there now, whether the tap was stored or not."""
    known = None
    if number.isdecimal():
        rows = session.attendance.select_related("marked_by__person")
        known = rows.filter(application=int(number[:18])).first()
    status = 409 if late else 422 if said else 200
    return JsonResponse({"mark": _told(known), "said": said}, status=status)


def _let_in(request: HttpRequest, site: Any, session: Session) -> HttpResponse:
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _show(request, site, session, form, status=422)
    maybe = walk_ins.suggestions(form.cleaned_data)
    if maybe:
        return _show(request, site, session, form, maybe)
    language = get_language() or "en"
    try:
        came = walk_ins.come_in(session, form.cleaned_data, by=request.user, language=language)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show(request, site, session, form, status=409)
    said = _("%(name)s has a seat and is marked as present.") % {"name": came.person}
    messages.success(request, said)
    return redirect(f"{request.path}#person-{came.pk}")


def _show(
    request: HttpRequest,
    site: Any,
    session: Session,
    form: WalkInForm,
    maybe: Any = (),
    status: int = 200,
) -> HttpResponse:
    training = session.training
    context = {
        **site.each_context(request),
        "title": _("At the door: %(session)s") % {"session": session},
        "training": training,
        "session": session,
        "rows": _rows(session),
        "presences": Attendance.Presence.choices,
        "early": session.starts_at - attendance.DOORS_OPEN > timezone.now(),
        "form": form,
        "suggestions": maybe,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/door.html", context, status=status)


def _rows(session: Session) -> list[dict[str, Any]]:
    marks = _marks(session)
    people = session.training.applications.filter(state__in=attendance.MARKABLE)
    ordered = people.select_related("person", "institution", "country").order_by(
        "person__name_sort", "pk"
    )
    nothing = _told(None)
    return [
        {"application": each, "mark": marks.get(each.pk, nothing), "whole": session.minutes}
        for each in ordered
    ]


def screen(request: HttpRequest, site: Any, training_id: int, session_id: int) -> HttpResponse:
    """For the projector: the code of this half minute, as letters and as QR code."""
    sessions = Session.objects.select_related("training")
    session: Session = get_object_or_404(sessions, pk=session_id, training=training_id)
    code = check_in.code_of(session, check_in.window_now())
    address = f"{settings.SITE_ORIGIN}{reverse('trainings:check_in')}"
    context = {
        **site.each_context(request),
        "title": session.title,
        "training": session.training,
        "session": session,
        "is_open": check_in.is_open(session),
        "code": f"{code[:4]} {code[4:]}",
        "address": address,
        "qr": qr.svg(f"{address}?code={code}"),
        "seconds": check_in.seconds_left(),
        "came": session.attendance.filter(presence__in=attendance.PRESENT).count(),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/check_in_screen.html", context)
