"""Screens by task: marking attendance and issuing certificates.

They call the verbs of trainings.attendance and .certificates and write nothing themselves.
"""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings import attendance as presence
from trainings import certificates
from trainings.admin import doors
from trainings.admin.completion_desk import issue
from trainings.forms import reason_in
from trainings.models import Attendance, Certificate, Session, Training


def attendance(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """The grid of people and sessions; POST saves marks, closes attendance or issues."""
    training = get_object_or_404(Training, pk=training_id)
    if request.method == "POST":
        _do(request, training)
        return redirect(request.path)
    sessions = list(training.sessions.all())
    rows = _rows(training, sessions)
    context = {
        **site.each_context(request),
        "title": _("Attendance and certificates: %(title)s") % {"title": training.title},
        "training": training,
        "sessions": sessions,
        "rows": rows,
        "seen_json": json.dumps(_seen(rows)),
        "days": sorted({session.on for session in sessions}),
        "presences": Attendance.Presence.choices,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/attendance.html", context)


def _rows(training: Training, sessions: list[Session]) -> list[dict[str, Any]]:
    people = training.applications.filter(state__in=presence.MARKABLE).select_related("person")
    marks = {
        (mark.application_id, mark.session_id): mark
        for mark in Attendance.objects.filter(session__training=training)
    }
    issued = dict(
        training.applications.filter(certificates__state="valid").values_list(
            "pk", "certificates__number"
        )
    )
    return [
        {
            "application": application,
            "cells": [(session, marks.get((application.pk, session.pk))) for session in sessions],
            "certificate": issued.get(application.pk, ""),
        }
        for application in people.order_by("person__name_sort", "pk")
    ]


def _seen(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Which marks the page shows, so that none is written over unseen."""
    return {
        f"{session.pk}-{row['application'].pk}": str(mark.tap)
        for row in rows
        for session, mark in row["cells"]
        if mark
    }


def _do(request: HttpRequest, training: Training) -> None:
    deeds = {"save": _save_marks, "close": _close, "issue": issue}
    doors.do(request, deeds, training)


def _save_marks(request: HttpRequest, training: Training) -> str:
    """Reads fields named mark-<session>-<application>; what others marked meanwhile stays."""
    sessions = {session.pk: session for session in training.sessions.all()}
    stored, late = 0, 0
    for session_id, taps in _taps_in(request.POST).items():
        if session_id not in sessions:
            raise ValidationError(_("This session belongs to another training."))
        session = sessions[session_id]
        if any(tap.presence for tap in taps) or session.attendance.exists():
            late += len(presence.take(session, taps, by=request.user))
            stored += sum(1 for tap in taps if tap.presence)
    if late:
        messages.warning(
            request,
            ngettext(
                "%(n)s mark was changed by somebody else meanwhile and stays as it is; "
                "please look again.",
                "%(n)s marks were changed by somebody else meanwhile and stay as they are; "
                "please look again.",
                late,
            )
            % {"n": late},
        )
        stored -= late
    return ngettext("%(n)s mark saved.", "%(n)s marks saved.", stored) % {"n": stored}


def _taps_in(posted: Any) -> dict[int, list[presence.Tap]]:
    """By session; `seen` holds, in JSON, the taps of the marks that the page showed."""
    try:
        seen = json.loads(posted.get("seen", "null"))
    except ValueError:
        seen = None
    grid: dict[int, list[presence.Tap]] = {}
    for name, value in posted.items():
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == "mark" and parts[1].isdigit() and parts[2].isdigit():
            shown = seen.get(f"{parts[1]}-{parts[2]}", "") if isinstance(seen, dict) else None
            tap = presence.Tap(int(parts[2]), str(value), seen=shown)
            grid.setdefault(int(parts[1]), []).append(tap)
    return grid


def _close(request: HttpRequest, training: Training) -> str:
    attended, absent = presence.close(training, by=request.user)
    return _("Attendance is closed: %(attended)s attended, %(absent)s absent.") % {
        "attended": attended,
        "absent": absent,
    }


def certificate_deed(request: HttpRequest, site: Any, certificate_id: int, deed: str) -> Any:
    """Asks for the reason and for one deliberate click before revoking or issuing again."""
    certificate = get_object_or_404(Certificate, pk=certificate_id)
    if request.method == "POST":
        try:
            said = _deed(request, certificate, deed)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, said)
        return redirect("admin:trainings_certificate_change", certificate.pk)
    context = {
        **site.each_context(request),
        "title": str(certificate),
        "certificate": certificate,
        "deed": deed,
        "kinds": Certificate.RevokedFor.choices,
        "opts": Certificate._meta,
    }
    return render(request, "admin/trainings/certificate_deed.html", context)


def _deed(request: HttpRequest, certificate: Certificate, deed: str) -> str:
    if deed == "reissue":
        new = certificates.reissue(certificate, by=request.user)
        return _("Issued again as %(number)s.") % {"number": new.number}
    reason = reason_in(request.POST, 1_000)
    if deed == "restore":
        certificates.restore(certificate, by=request.user, reason=reason)
        return _("The certificate is valid again.")
    kind = request.POST.get("kind", "")
    certificates.revoke(certificate, by=request.user, reason=reason, kind=kind)
    return _("The certificate is revoked.")
