"""A minor's seat is not confirmed before a guardian has agreed: the guard that verbs of seats ask.

Whether somebody is a minor is known from their own form: a row of GuardianConsent says yes. Who
came into such a training by another way, and whose year of birth nobody knows, has to say first.
"""

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings.models import Application, Certificate, GuardianConsent, Training
from trainings.models.certificate import CertificateQuerySet
from trainings.models.training import ADULT


def may_be_minor(training: Training, person: Person) -> bool:
    """Where minors are admitted: whoever is one by their year of birth, or has not told it."""
    if training.minimum_age >= ADULT:
        return False
    return person.birth_year is None or training.starts_on.year - person.birth_year < ADULT


def refuse_without_consent(application: Application) -> None:
    """For the moment a seat is confirmed; the sentence says what is missing."""
    consent = GuardianConsent.objects.filter(application=application).first()
    if consent and consent.state != GuardianConsent.State.GIVEN:
        raise ValidationError(
            _("The seat can be confirmed once the parent or guardian has agreed."), code="guardian"
        )
    if consent is None and may_be_minor(application.training, application.person):
        raise ValidationError(
            _("Please complete the application form first: we need the date of birth."),
            code="age",
        )


def was_minor(application: Application) -> bool:
    """Whether the name must stay out of public pages: for certain, or by the year of birth."""
    if GuardianConsent.objects.filter(application=application).exists():
        return True
    born = application.person.birth_year
    return born is not None and application.training.starts_on.year - born <= ADULT


def checked_by_anybody() -> CertificateQuerySet:
    """All certificates, each with `of_minor` and the one that replaced it: one question for a page
    that must do the same work for every code."""
    asked = GuardianConsent.objects.filter(application=OuterRef("application"))
    age = ExtractYear("application__training__starts_on") - F("application__person__birth_year")
    minor = Case(
        When(Q(Exists(asked)) | Q(age__lte=ADULT), then=True),
        default=False,
        output_field=BooleanField(),
    )
    rows = Certificate.objects.select_related("superseded_by", "credential")
    return rows.annotate(age=age).annotate(of_minor=minor)
