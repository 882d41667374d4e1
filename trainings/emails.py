"""The letters people get about their applications and certificates."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from rtcm.jobs.letters import write_letter
from trainings.dates import date_span, moment
from trainings.models import Application, Certificate, Transition

# One letter per state reached; attendance closes without one (the certificate's letter follows).
LETTERS = {
    Application.State.SUBMITTED: "trainings/received",
    Application.State.WAITLISTED: "trainings/waitlisted",
    Application.State.OFFERED: "trainings/offered",
    Application.State.CONFIRMED: "trainings/confirmed",
    Application.State.REJECTED: "trainings/rejected",
    Application.State.DECLINED: "trainings/declined",
    Application.State.EXPIRED: "trainings/expired",
    Application.State.WITHDRAWN: "trainings/withdrawn",
}


def absolute(path: str) -> str:
    return f"{settings.SITE_ORIGIN}{path}"


def write_about(application: Application, step: Transition, kind: str = "") -> None:
    """Owes the letter of one step, in the applicant's language; no address, no letter."""
    kind = kind or LETTERS.get(Application.State(step.to_state), "")
    person = application.person
    address = person.address if kind else ""
    if not kind or not address:
        return
    with translation.override(application.language):
        write_letter(
            kind,
            to=address,
            language=application.language,
            context=_facts(application, step),
            dedupe_key=f"application:{application.pk}:step:{step.pk}",
            user=getattr(person, "user", None),
        )


def _facts(application: Application, step: Transition) -> dict[str, Any]:
    training = application.training
    until = application.offered_until
    return {
        "name": application.person.full_name,
        "training": training.title,
        "dates": date_span(training),
        "place": training.city or training.get_mode_display(),
        "reason": step.reason,
        "answer_by": moment(until, training.zone) if until else "",
        "url": absolute(reverse("trainings:my_applications")),
        "training_url": absolute(training.get_absolute_url()),
    }


def write_certificate_letter(certificate: Certificate) -> None:
    """Owes the letter that carries the link to the finished document."""
    person = certificate.application.person
    address = person.address
    if not address:
        return
    with translation.override(certificate.language):
        write_letter(
            "trainings/certificate",
            to=address,
            language=certificate.language,
            context={
                "name": person.full_name,
                "training": certificate.texts[certificate.language]["title"],
                "number": certificate.number,
                "url": absolute(reverse("trainings:certificate_file", args=[certificate.code])),
                "check_url": absolute(certificate.get_absolute_url()),
                "code": certificate.grouped_code,
            },
            dedupe_key=f"certificate:{certificate.number}",
            user=getattr(person, "user", None),
        )
