"""Who speaks for whom, what was agreed to, what was asked and who looked."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models.people import Person
from rtcm.accounts.models.places import Country, Institution

# Whoever asks through a page; behind a sign-in it is always a user.
Reader = AbstractBaseUser | AnonymousUser


class FocalPointQuerySet(models.QuerySet["FocalPoint"]):
    def current(self, on: datetime.date | None = None) -> "FocalPointQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class FocalPoint(models.Model):
    """A person who nominates for a country or an institution, until handed over."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="focal_points", verbose_name=_("person")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, verbose_name=_("institution")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False) | Q(institution__isnull=False),
                name="focal_point_speaks_for_something",
                violation_error_message=_("Choose a country or an institution."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="focal_point_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.institution or self.country}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def latest_per_purpose(self) -> "ConsentQuerySet":
        return self.order_by("purpose", "-at", "-pk").distinct("purpose")


class Consent(models.Model):
    """One decision about personal data. Rows are only added: a trigger refuses the rest."""

    class Purpose(models.TextChoices):
        PROCESSING = "processing", _("Taking part in the centre's activities")
        ANNOUNCEMENTS = "announcements", _("Letters about new trainings")
        ALUMNI = "alumni", _("Being listed among the alumni")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    given = models.BooleanField(_("given"))
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language of the text"), max_length=8)
    at = models.DateTimeField(_("time"), default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()}"


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def ask(self, person: Person, kind: str, words: dict[str, str]) -> bool:
        """False when the same is asked already and nobody has answered yet."""
        return self.get_or_create(
            person=person, kind=kind, state=DataRequest.State.OPEN, defaults=words
        )[1]


class DataRequest(models.Model):
    """A person asks for something that staff must look at before it is done."""

    class Kind(models.TextChoices):
        ERASE = "erase", _("Erase my data")
        CORRECT = "correct", _("Correct my data")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="data_requests", verbose_name=_("person")
    )
    kind = models.CharField(_("request"), max_length=10, choices=Kind)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OPEN, editable=False
    )
    answer = models.TextField(_("answer"), blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="open"),
                name="one_open_data_request",
                violation_error_message=_("You have asked for this already. We will answer soon."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    def done(self, by: Reader, answer: str = "") -> bool:
        return self._close(self.State.DONE, by, answer)

    def refuse(self, by: Reader, answer: str) -> bool:
        return self._close(self.State.REFUSED, by, answer)

    def _close(self, state: str, by: Reader, answer: str) -> bool:
        closed = DataRequest.objects.filter(pk=self.pk, state=self.State.OPEN).update(
            state=state, answered_by=by, answer=answer, answered_at=timezone.now()
        )
        self.refresh_from_db()
        return closed == 1


class PersonalDataRead(models.Model):
    """Staff opened or exported somebody's record; the person sees how often."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("reader"),
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="reads", verbose_name=_("person")
    )
    what = models.CharField(_("what"), max_length=100)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        ordering = ["-at"]
        indexes = [models.Index(fields=["person", "-at"], name="personal_data_read_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.what}"


def record_read(reader: Reader, person: Person, what: str) -> None:
    """One's own record is not somebody else's."""
    if getattr(reader, "person_id", None) != person.pk:
        PersonalDataRead.objects.create(reader_id=reader.pk, person=person, what=what)


def record_reads(reader: Reader, people: Iterable[Person], what: str) -> None:
    """Many records shown on one page; looking again within the hour is the same reading."""
    lately = timezone.now() - datetime.timedelta(hours=1)
    shown = {person.pk for person in people} - {getattr(reader, "person_id", None)}
    known = PersonalDataRead.objects.filter(reader_id=reader.pk, what=what, at__gte=lately)
    shown -= set(known.filter(person__in=shown).values_list("person_id", flat=True))
    PersonalDataRead.objects.bulk_create(
        PersonalDataRead(reader_id=reader.pk, person_id=pk, what=what) for pk in sorted(shown)
    )
