"""The letters that ask for an evaluation, to the participant or to their supervisor."""

from django.urls import reverse
from django.utils import translation

from rtcm.jobs.letters import write_letter
from trainings.dates import date_span, moment
from trainings.emails import absolute
from trainings.models import Survey, SurveyGuest

LETTERS = {
    Survey.Kind.END: "trainings/evaluation",
    Survey.Kind.FOLLOW_UP: "trainings/follow_up",
    Survey.Kind.SUPERVISOR: "trainings/supervisor",
}


def write_invitation(guest: SurveyGuest, token: str, reminder: int = 0) -> None:
    """The first letter or a reminder; without an address there is none."""
    survey, application = guest.survey, guest.application
    training, person = survey.training, application.person
    of_supervisor = survey.kind == Survey.Kind.SUPERVISOR
    to = application.supervisor_email if of_supervisor else person.address
    if not to:
        return
    with translation.override(application.language):
        write_letter(
            LETTERS[Survey.Kind(survey.kind)],
            to=to,
            language=application.language,
            context={
                "name": application.supervisor_name or to if of_supervisor else person.full_name,
                "participant": person.full_name,
                "training": training.title,
                "dates": date_span(training),
                "until": moment(survey.closes_at, training.zone) if survey.closes_at else "",
                "reminder": str(reminder) if reminder else "",
                "url": absolute(reverse("trainings:evaluation", args=[token])),
            },
            dedupe_key=f"survey:{survey.pk}:guest:{guest.pk.hex}:{reminder}",
            user=None if of_supervisor else getattr(person, "user", None),
            secrets=[token],
        )
