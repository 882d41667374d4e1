"""Which design and which languages the certificates of a training have, and of one person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trainings import steps
from trainings.models import Application, CertificateDesign, Training, TrainingStep
from trainings.planning import record
from trainings.wording import LANGUAGES

Deed = TrainingStep.Deed


def languages_of(application: Application) -> list[str]:
    """One code or a pair, the leading one first: the person's exception, else what the training
    says, else the language in which the person is written to."""
    return (
        application.certificate_languages
        or application.training.certificate_languages
        or [application.language]
    )


@transaction.atomic
def choose(
    training: Training, *, design: CertificateDesign | None, languages: list[str], by: Any
) -> None:
    """For certificates issued from now on; without a design the usual one of each tier."""
    _refuse_unknown(languages)
    locked = steps.lock(training.pk)
    locked.certificate_design = design
    locked.certificate_languages = languages
    locked.save(update_fields=["certificate_design", "certificate_languages", "updated_at"])
    facts = {"design": design.name if design else "", "languages": languages}
    record(locked, Deed.CERTIFICATES_CHOSEN, by=by, facts=facts)


@transaction.atomic
def choose_languages_for(application: Application, languages: list[str], *, by: Any) -> None:
    """An exception for one person; no languages take it back."""
    _refuse_unknown(languages)
    training = steps.lock(application.training_id)
    Application.objects.filter(pk=application.pk).update(certificate_languages=languages)
    facts = {"application": application.pk, "languages": languages}
    record(training, Deed.CERTIFICATES_CHOSEN, by=by, facts=facts)


def _refuse_unknown(languages: list[str]) -> None:
    known = all(code in LANGUAGES for code in languages)
    if not known or len(languages) > 2 or len(set(languages)) < len(languages):
        raise ValidationError(
            _("Choose one language, or two different ones, of those that the portal speaks."),
            code="languages",
        )
