"""What speaks against an applicant, said in sentences; the centre decides, nothing is enforced."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from trainings.house import House
from trainings.models import Application, GuardianConsent, Training

Decidable = Application.State.SUBMITTED, Application.State.WAITLISTED


def doubts(
    application: Application, training: Training, countries: Collection[str], house: House
) -> list[str]:
    """`countries`: those that take part, none when all may. The person and the guardian's
    consent are loaded already."""
    found = [_age(application, training), _guardian(application), _language(application, training)]
    if countries and application.country_id not in countries:
        found.append(_("The country does not take part."))
    if application.state in Decidable and house.quotas and house.free != 0:
        refusal = house.refusal(application)
        found.append(" ".join(refusal.messages) if refusal else "")
    return [sentence for sentence in found if sentence]


def _age(application: Application, training: Training) -> str:
    born = application.person.birth_year
    if born and training.starts_on.year - born < training.minimum_age:
        return _("Younger than %(age)s.") % {"age": training.minimum_age}
    return ""


def _guardian(application: Application) -> str:
    guardian = getattr(application, "guardian", None)
    if guardian is None or guardian.state == GuardianConsent.State.GIVEN:
        return ""
    return str(guardian.get_state_display())


def _language(application: Application, training: Training) -> str:
    spoken = {*training.working_languages, *training.interpretation_languages}
    if application.understands and spoken and not spoken & set(application.understands):
        return _("Understands none of the languages of the training.")
    return ""
