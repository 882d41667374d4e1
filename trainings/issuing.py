"""Giving out certificates to one or to ten thousand people: one transaction, few questions.

The same steps for one person and for a whole training: the applications are locked in the order of
their keys, what each has already is read under that lock, then numbers are drawn, and rows, steps
and jobs are written together. Whoever changes a certificate of a person locks the application too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rtcm.jobs.models import Job, owe_many
from trainings.attendance import PRESENT
from trainings.certificate_choices import languages_of
from trainings.designs import version_for
from trainings.hours import hours_of
from trainings.models import (
    Application,
    Attendance,
    Certificate,
    CertificateCounter,
    CertificateStep,
    CompletionRule,
    DesignVersion,
    Training,
)
from trainings.surveys import months_before
from trainings.wording import LANGUAGES

Tier = Certificate.Tier
Deed = CertificateStep.Deed
BATCH = 1000  # rows written by one statement
HOLDER_LENGTH = Certificate._meta.get_field("holder").max_length or 0
FALLBACKS = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
NAMED = 5  # names in a refusal


@dataclass(frozen=True)
class Wish:
    """A new certificate that somebody shall have, and the valid one it takes the place of."""

    application: Application
    tier: str
    instead_of: Certificate | None = None


def hold(ids: Collection[int]) -> list[Application]:
    """The applications as they are now, locked until the transaction ends, by their keys."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    return list(rows.select_related("person").order_by("pk"))


def valid_ones(applications: Iterable[Application]) -> dict[int, Certificate]:
    """By application; the last one where there are several tiers."""
    valid = Certificate.objects.filter(application__in=applications, state=Certificate.State.VALID)
    return {each.application_id: each for each in valid.order_by("pk")}


def draw_numbers(year: int, count: int) -> list[str]:
    """`RTCM-2026-000123` and those that follow, without gaps.

    Must be called inside the transaction that stores the certificates: it holds the counter.
    """
    CertificateCounter.objects.get_or_create(year=year)
    CertificateCounter.objects.filter(year=year).update(last=F("last") + count)
    last = CertificateCounter.objects.values_list("last", flat=True).get(year=year)
    return [f"RTCM-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]


def give(wishes: list[Wish], *, by: Any, deed: str = Deed.ISSUED) -> list[Certificate]:
    """Stores a certificate for each wish, its step and its job. All are of one training and held.

    Refuses all of them when a name does not fit on a certificate; then no number is used.
    """
    if not wishes:
        return []
    _refuse_long_names(wishes)
    replaced = [wish.instead_of.pk for wish in wishes if wish.instead_of]
    Certificate.objects.filter(pk__in=replaced).update(state=Certificate.State.SUPERSEDED)
    about = _About([wish.application for wish in wishes])
    numbers = draw_numbers(about.today.year, len(wishes))
    rows = [
        about.certificate(wish, number, by) for wish, number in zip(wishes, numbers, strict=True)
    ]
    given = Certificate.objects.bulk_create(rows, BATCH)
    steps = [
        CertificateStep(certificate=row, deed=deed, expires_on=row.expires_on, by=by)
        for row in given
    ]
    CertificateStep.objects.bulk_create(steps, BATCH)
    owe_documents(given)
    return given


def _refuse_long_names(wishes: list[Wish]) -> None:
    people = [wish.application.person for wish in wishes]
    long = [each.full_name for each in people if len(each.name_for_certificate) > HOLDER_LENGTH]
    if long:
        raise ValidationError(
            _("Too long for a certificate, please shorten first: %(names)s.")
            % {"names": "; ".join(long[:NAMED])},
            code="too_long",
        )


def owe_documents(certificates: Iterable[Certificate]) -> None:
    owed = {job_key(each): {"certificate": each.pk} for each in certificates}
    owe_many("certificate", owed, queue=Job.Queue.DOCUMENTS)


def job_key(certificate: Certificate) -> str:
    return f"certificate:{certificate.number}"


class _About:
    """What all certificates of one training share, asked for once."""

    def __init__(self, applications: list[Application]) -> None:
        self.training = applications[0].training
        for each in applications:
            each.training = self.training
        self.today = timezone.localdate()
        self.texts = texts_of(self.training)
        self.objectives = self.training.objective_numbers
        self.minutes = {} if self.training.certificate_hours else _minutes(applications)
        rule = CompletionRule.objects.filter(training=self.training).first()
        self.months = rule.trainer_months if rule else None
        self.designs: dict[str, DesignVersion | None] = {}

    def certificate(self, wish: Wish, number: str, by: Any) -> Certificate:
        application, training = wish.application, self.training
        return Certificate(
            number=number,
            application=application,
            tier=wish.tier,
            language=application.language,
            languages=languages_of(application),
            design_version=self._design(wish.tier),
            holder=application.person.name_for_certificate,
            texts=self.texts,
            starts_on=training.starts_on,
            ends_on=training.ends_on,
            hours=self._hours(application),
            hours_kind=training.hours_kind,
            objectives=self.objectives,
            issued_on=self.today,
            expires_on=self._last_day(wish),
            issued_by=by,
            supersedes=wish.instead_of,
        )

    def _design(self, tier: str) -> DesignVersion | None:
        if tier not in self.designs:
            self.designs[tier] = version_for(self.training, tier)
        return self.designs[tier]

    def _hours(self, application: Application) -> Decimal | None:
        """Those of the training where they are set; else what this person was there for."""
        if self.training.certificate_hours:
            return self.training.certificate_hours
        there = self.minutes.get(application.pk, 0)
        return hours_of(there, self.training.hours_kind) or None

    def _last_day(self, wish: Wish) -> date | None:
        """A certificate that replaces one of its own tier makes nothing valid for longer."""
        if wish.instead_of and wish.instead_of.tier == wish.tier:
            return wish.instead_of.expires_on
        if wish.tier != Tier.TRAINER or not self.months:
            return None
        return months_before(self.today, -self.months)


def _minutes(applications: list[Application]) -> Mapping[int, int]:
    """How long each was there."""
    marks = Attendance.objects.filter(application__in=applications, presence__in=PRESENT)
    sums = marks.order_by().values_list("application").annotate(n=Sum("minutes"))
    return {application: minutes or 0 for application, minutes in sums}


def texts_of(training: Training) -> dict[str, dict[str, str]]:
    """Per language the title and place; `language` where the title is in another one."""
    texts = {}
    for code in LANGUAGES:
        with translation.override(code):
            country = str(training.country) if training.country else ""
            place = ", ".join(part for part in (training.city, country) if part)
            if training.mode == Training.Mode.ONLINE:
                place = str(training.get_mode_display())
            texts[code] = {"title": training.title, "place": place, **_foreign(training, code)}
    return texts


def _foreign(training: Training, code: str) -> dict[str, str]:
    titled = [c for c in (code, *FALLBACKS) if getattr(training, f"title_{c}", None)]
    return {} if titled[:1] in ([], [code]) else {"language": titled[0]}
