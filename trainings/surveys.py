"""Asking people at the end of a training and six months later, without learning who said what.

How the two facts are kept apart is written in trainings/models/surveys.py. Letters are written in
the transaction that opens an evaluation or counts a reminder.
"""

import calendar
import random
from datetime import date, timedelta
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings.models import (
    Application,
    SupervisorAnswer,
    Survey,
    SurveyAnswer,
    SurveyGuest,
    SurveyQuestion,
    Training,
)
from trainings.models.application import ApplicationQuerySet
from trainings.survey_letters import write_invitation

TOOK_PART = (Application.State.CONFIRMED, Application.State.ATTENDED)
OPEN_FOR = timedelta(days=30)
REMIND_AFTER = (timedelta(days=7), timedelta(days=14))  # so two reminders at most
MONTHS_LATER = 6
BELATED = timedelta(days=30)  # what was missed for longer is not opened by itself
SALT = "trainings.evaluation"
chance = random.SystemRandom()


def link_of(guest: SurveyGuest) -> str:
    """The secret part of the address: the random key of the guest, signed; never stored."""
    return signing.Signer(salt=SALT).sign(guest.pk.hex)


def guest_of(token: str) -> SurveyGuest | None:
    try:
        key = UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found = SurveyGuest.objects.select_related("survey__training", "application__person")
    return found.filter(pk=key).first()


def people_asked(training: Training, kind: str) -> ApplicationQuerySet:
    took_part = training.applications.filter(state__in=TOOK_PART)
    if kind == Survey.Kind.SUPERVISOR:
        took_part = took_part.exclude(supervisor_email="")
    return took_part.order_by("pk")


@transaction.atomic
def open_now(training: Training, kind: str) -> Survey:
    """Asks everybody who took part, each by a link of their own; refused when there is nobody."""
    root = Training.objects.select_for_update(no_key=True).get(pk=training.pk)
    survey, _made = Survey.objects.get_or_create(training=root, kind=kind)
    if survey.opened_at:
        raise ValidationError(_("This evaluation is open already, or was."), code="opened")
    if root.status != Training.Status.PUBLISHED or root.ends_on > _today(root):
        raise ValidationError(
            _("An evaluation opens on the last day of a training at the earliest."), code="early"
        )
    people = list(people_asked(root, kind).select_related("person__user"))
    if not people:
        raise ValidationError(_("There is nobody to ask."), code="nobody")
    survey.opened_at = timezone.now()
    survey.closes_at = survey.opened_at + OPEN_FOR
    survey.save()
    guests = [SurveyGuest(survey=survey, application=person) for person in people]
    for guest in SurveyGuest.objects.bulk_create(guests):
        write_invitation(guest, link_of(guest))
    return survey


def _today(training: Training) -> date:
    return timezone.localdate(timezone=training.zone)


@transaction.atomic
def add_question(training: Training, kind: str, question: SurveyQuestion) -> None:
    """A question of the staff's own; once somebody is asked, the questions stay as they are."""
    root = Training.objects.select_for_update(no_key=True).get(pk=training.pk)
    survey, _made = Survey.objects.get_or_create(training=root, kind=kind)
    _refuse_if_opened(survey)
    question.survey, question.position = survey, survey.own_questions.count() + 1
    question.save()


@transaction.atomic
def drop_question(question: SurveyQuestion) -> None:
    survey = Survey.objects.select_for_update(no_key=True).get(pk=question.survey_id)
    _refuse_if_opened(survey)
    question.delete()


def _refuse_if_opened(survey: Survey) -> None:
    if survey.opened_at:
        raise ValidationError(
            _("People are being asked already, so the questions can no longer change."),
            code="opened",
        )


@transaction.atomic
def close_now(survey: Survey) -> None:
    """Ends it for everybody; from then on the results can be seen."""
    changed = Survey.objects.running().filter(pk=survey.pk).update(closes_at=timezone.now())
    if not changed:
        raise ValidationError(_("This evaluation is not open."), code="closed")


@transaction.atomic
def answer(guest: SurveyGuest, answers: dict[str, str]) -> None:
    """Takes one answer, once; of an anonymous survey so that it leads back to nobody."""
    survey = Survey.objects.select_for_update(no_key=True).get(pk=guest.survey_id)
    fresh = survey.guests.select_related("application").get(pk=guest.pk)
    if fresh.answered:
        raise ValidationError(_("You have answered already. Thank you!"), code="answered")
    if not survey.is_open or fresh.application.state not in TOOK_PART:
        raise ValidationError(_("This evaluation is closed."), code="closed")
    _note_that(survey, fresh)
    if survey.is_anonymous:
        _add_unlinked(survey, answers)
    else:
        SupervisorAnswer.objects.create(guest=fresh, answers=answers)


def _note_that(survey: Survey, guest: SurveyGuest) -> None:
    """One statement over all guests, so that no row of them is the one last written."""
    noted = Case(When(pk=guest.pk, then=Value(True)), default=F("answered"))
    survey.guests.update(answered=noted)


def _add_unlinked(survey: Survey, answers: dict[str, str]) -> None:
    """All answers written anew in random order: no row of them is the newest one."""
    everything = [*survey.answers.values_list("answers", flat=True), answers]
    chance.shuffle(everything)
    survey.answers.all().delete()
    SurveyAnswer.objects.bulk_create(SurveyAnswer(survey=survey, answers=row) for row in everything)


# --- What time itself makes due ---------------------------------------------------------------


def open_due() -> int:
    """Opens what is due: the end evaluation the day after, the follow-ups six months after."""
    today = timezone.localdate()
    later = months_before(today, MONTHS_LATER)
    opened = 0
    for kind, last in [
        (Survey.Kind.END, today - timedelta(days=1)),
        (Survey.Kind.FOLLOW_UP, later),
        (Survey.Kind.SUPERVISOR, later),
    ]:
        for training in list(_due(kind, last)):
            opened += _open_if_possible(training, kind)
    return opened


def _due(kind: str, last: date) -> QuerySet[Training]:
    """Trainings that ended by then and not long before; nobody writes to people of the demo."""
    known = Survey.objects.filter(training=OuterRef("pk"), kind=kind, opened_at__isnull=False)
    people = Application.objects.filter(training=OuterRef("pk"), state__in=TOOK_PART)
    if kind == Survey.Kind.SUPERVISOR:
        people = people.exclude(supervisor_email="")
    held = Training.objects.filter(
        ends_on__lte=last,
        ends_on__gte=last - BELATED,
        status=Training.Status.PUBLISHED,
        kind__in=Training.COUNTED,
        is_historic=False,
        is_demo=False,
    )
    return held.filter(Exists(people), ~Exists(known)).order_by("pk")


def _open_if_possible(training: Training, kind: str) -> int:
    """Somebody may have opened it by hand this moment, or everybody may have withdrawn."""
    try:
        open_now(training, kind)
    except ValidationError:
        return 0
    return 1


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def remind_due() -> int:
    """Reminds who has not answered, after 7 and after 14 days; one letter, however late we are."""
    reminded = 0
    for count, after in reversed(list(enumerate(REMIND_AFTER, start=1))):
        due = Survey.objects.running().filter(opened_at__lte=timezone.now() - after)
        silent = due.filter(guests__answered=False, guests__reminders__lt=count)
        for pk in list(silent.order_by("pk").values_list("pk", flat=True).distinct()):
            reminded += _remind(pk, count)
    return reminded


@transaction.atomic
def _remind(pk: int, count: int) -> int:
    survey = Survey.objects.select_for_update(no_key=True).get(pk=pk)
    silent = survey.guests.filter(answered=False, reminders__lt=count)
    guests = list(silent.select_related("survey__training", "application__person__user"))
    silent.update(reminders=count)
    asked = [guest for guest in guests if guest.application.state in TOOK_PART]
    for guest in asked:
        write_invitation(guest, link_of(guest), reminder=count)
    return len(asked)


def answered_evaluation(training: Training) -> ApplicationQuerySet:
    """Applications whose people answered the end evaluation; one query, usable as a subquery."""
    answered = SurveyGuest.objects.filter(
        survey__training=training, survey__kind=Survey.Kind.END, answered=True
    )
    return training.applications.filter(pk__in=answered.values("application"))
