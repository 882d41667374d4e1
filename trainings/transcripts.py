"""A person's transcript: every training attended, frozen on the day when it is asked for."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.models import Objective
from rtcm.accounts.models import Person
from rtcm.jobs.letters import known_language
from trainings import papers
from trainings.attendance import PRESENT
from trainings.dates import date_span, full_date
from trainings.hours import hours_of, in_words
from trainings.models import Application, Attendance, Certificate, Paper, Training


def attended(person_id: int | None) -> QuerySet[Application]:
    return Application.objects.filter(person=person_id, state=Application.State.ATTENDED)


@transaction.atomic
def order(person: Person | None, *, by: Any, language: str = "") -> Paper:
    """The paper that a worker makes; the same facts on the same day are the same paper."""
    rows = attended(person.pk if person else None).select_related("training__country")
    applications = list(rows.order_by("training__starts_on", "pk"))
    if not person or not applications:
        raise ValidationError(
            _("A transcript lists trainings you attended, and there is none yet."), code="nothing"
        )
    language = known_language(language or translation.get_language() or "")
    with translation.override(language):
        facts = _facts(person, applications)
    return papers.order(
        "transcript",
        key=f"transcript-{person.pk}-{timezone.localdate():%Y-%m-%d}",
        by=by,
        person=person,
        language=language,
        facts=facts,
    )


def _facts(person: Person, applications: list[Application]) -> dict[str, Any]:
    valid = Certificate.objects.filter(
        application__in=applications, state=Certificate.State.VALID
    ).order_by("pk")
    certificates = {each.application_id: each for each in valid}
    numbers = _objectives(applications, certificates)
    hours = _hours(applications, certificates)
    covered = Counter(number for each in numbers.values() for number in each)
    whole: dict[str, Decimal] = {}
    for kind, many in hours.values():
        whole[kind] = whole.get(kind, Decimal(0)) + many
    return {
        "title": _("Transcript of trainings"),
        "name": person.name_for_certificate,
        "day": full_date(timezone.localdate()),
        "rows": [
            _row(each, certificates.get(each.pk), hours.get(each.pk), numbers[each.pk])
            for each in applications
        ],
        "whole": [in_words(many, kind) for kind, many in sorted(whole.items())],
        "covered": sorted(covered.items()),
        "objectives": _labels(covered),
        "check_site": f"{settings.SITE_ORIGIN}{reverse('trainings:certificate_check')}",
    }


def _row(
    application: Application,
    certificate: Certificate | None,
    hours: tuple[str, Decimal] | None,
    numbers: list[int],
) -> dict[str, Any]:
    """What was frozen with the certificate; the training's own facts where there is none."""
    training = application.training
    language = translation.get_language() or ""
    text = certificate.texts.get(language, {}) if certificate else {}
    last = certificate.expires_on if certificate and certificate.standing == "expired" else None
    return {
        "title": text.get("title") or training.title,
        "place": text.get("place") or training.city or str(training.get_mode_display()),
        "dates": date_span(training if _is_vague(training) else certificate or training),
        "hours": in_words(hours[1], hours[0]) if hours else "",
        "tier": str(certificate.get_tier_display()) if certificate else "",
        "number": certificate.number if certificate else "",
        "code": certificate.grouped_code if certificate else "",
        "expired": full_date(last) if last else "",
        "objectives": [number for number in numbers if number],
    }


def _is_vague(training: Training) -> bool:
    return training.date_precision != Training.Precision.DAY


def _objectives(
    applications: list[Application], certificates: dict[int, Certificate]
) -> dict[int, list[int]]:
    ids = {each.training_id for each in applications}
    trainings = Training.objects.with_objectives().in_bulk(ids)
    return {
        each.pk: certificates[each.pk].objectives
        if each.pk in certificates
        else trainings[each.training_id].objective_numbers
        for each in applications
    }


def _hours(
    applications: list[Application], certificates: dict[int, Certificate]
) -> dict[int, tuple[str, Decimal]]:
    """Kind and number of hours, of the certificate or as marked; nothing where nobody marked."""
    marks = Attendance.objects.filter(application__in=applications, presence__in=PRESENT)
    minutes = dict(marks.order_by().values_list("application").annotate(n=Sum("minutes")))
    found = {}
    for each in applications:
        known: Certificate | Training = certificates.get(each.pk, each.training)
        hours = known.hours if isinstance(known, Certificate) else known.certificate_hours
        hours = hours or hours_of(minutes.get(each.pk) or 0, known.hours_kind)
        if hours:
            found[each.pk] = (str(known.hours_kind), hours)
    return found


def _labels(covered: Counter[int]) -> list[dict[str, Any]]:
    rows = Objective.objects.filter(number__in=covered).order_by("number")
    return [
        {
            "number": each.number,
            "label": each.label or each.title,
            "trainings": covered[each.number],
        }
        for each in rows
    ]
