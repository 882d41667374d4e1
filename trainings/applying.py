"""Sending an application form: the application and its answers in one transaction."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings import consenting, drafts, guardians, retention, seats
from trainings.asking import name_of, storable
from trainings.forms import ApplicationForm
from trainings.models import Answer, Application, ApplicationDraft, Question, Training

LIVE = (seats.State.SUBMITTED, seats.State.WAITLISTED, seats.State.OFFERED, seats.State.CONFIRMED)
EMPTY: tuple[Any, ...] = (None, "", [], False)
NEVER_PREFILLED = (Question.Kind.FILE, Question.Kind.CONSENT)


@transaction.atomic
def submit(
    training: Training,
    person: Person,
    form: ApplicationForm,
    *,
    by: Any,
    language: str,
    **way: Any,
) -> Application:
    """Applies and stores what was answered; sent twice, the same form is one application.

    `way` is what seats.apply knows of ways in: invited=True or nominated=True.
    """
    given = form.cleaned_data
    root = seats.lock(training.pk)
    _remember_birth_year(person, given)
    application, is_new = seats.enter(
        root,
        person,
        token=given["token"],
        language=language,
        by=by,
        minor=form.is_minor,
        **_said(form),
        **way,
    )
    if is_new:
        _store(application, form, language)
    return application


@transaction.atomic
def complete(application: Application, form: ApplicationForm, *, language: str) -> Application:
    """What somebody says whose application came in without them: nominated, invited, replaced."""
    root = seats.lock(application.training_id)
    fresh = Application.objects.select_related("person").get(pk=application.pk)
    fresh.training = root
    if not is_incomplete(fresh):
        raise ValidationError(_("You have already applied for this training."), code="twice")
    _remember_birth_year(fresh.person, form.cleaned_data)
    for name, value in _said(form).items():
        setattr(fresh, name, value)
    fresh.save(update_fields=[*_said(form), "updated_at"])
    _store(fresh, form, language)
    return fresh


def is_incomplete(application: Application) -> bool:
    """It came in without its person, who has said nothing yet of what this training asks."""
    told = application.motivation or application.understands or application.supervisor_name
    live = application.state in LIVE
    if told or not live or hasattr(application, "guardian"):
        return False
    training = application.training
    asks = training.questions.exists() or guardians.may_be_minor(training, application.person)
    return asks and not application.answers.exists()


def was_made_by(application: Application, sent: Any) -> bool:
    """Whether this very form has made it already: pressed twice, or sent again."""
    try:
        return application.token == uuid.UUID(sent.get("token", ""))
    except ValueError:
        return False


def opened(training: Training, person: Person) -> ApplicationForm:
    """A fresh form with its token, and what is known: the draft, or what was said last time."""
    draft = drafts.of(training, person)
    initial = {"token": uuid.uuid4(), **drafts.files_in(draft)}
    form = ApplicationForm(training, person, initial=initial)
    form.initial.update(drafts.as_initial(form, draft) if draft else _said_last(form))
    return form


def _said_last(form: ApplicationForm) -> dict[str, Any]:
    person = form.person
    last = Application.objects.filter(person=person).order_by("-pk").first()
    spoken = last.understands if last else [get_language()]
    offered: Any = form.fields["understands"]
    ticked = dict(offered.choices)
    also = [code for code in spoken if code not in ticked]
    return {
        "understands": spoken,
        "understands_also": also[0] if also else "",
        "supervisor_name": last.supervisor_name if last else "",
        "supervisor_email": last.supervisor_email if last else "",
        **_answered_before(form),
    }


def _answered_before(form: ApplicationForm) -> dict[str, Any]:
    """The newest answer to each question asked before; nothing sensitive, no file, no consent."""
    keys = [question.key for question in form.questions]
    if not keys:
        return {}
    answers = Answer.objects.filter(application__person=form.person, question__key__in=keys)
    plain = answers.filter(delete_after=None).exclude(question__kind__in=NEVER_PREFILLED)
    newest = dict(plain.order_by("pk").values_list("question__key", "value"))
    return {f"q_{key}": value for key, value in newest.items()}


def _said(form: ApplicationForm) -> dict[str, Any]:
    names = ("motivation", "supervisor_name", "supervisor_email")
    return {name: form.cleaned_data[name] for name in names} | {"understands": form.languages()}


def _remember_birth_year(person: Person, given: dict[str, Any]) -> None:
    if given.get("born_on") and not person.birth_year:
        person.birth_year = given["born_on"].year
        person.save(update_fields=["birth_year", "updated_at"])


def _store(application: Application, form: ApplicationForm, language: str) -> None:
    kept = {question: form.cleaned_data.get(question.field_name) for question in form.asked}
    answers = [
        _answer(application, question, answer)
        for question, answer in kept.items()
        if answer not in EMPTY
    ]
    for answer in answers:
        answer.save()
    if form.is_minor:
        consenting.ask(application, given=form.cleaned_data, language=language)
    sent = ApplicationDraft.objects.filter(training=form.training, person=form.person)
    drafts.drop(sent, but=[str(answer.file) for answer in answers if answer.file])


def _answer(application: Application, question: Question, given: Any) -> Answer:
    made = Answer(application=application, question=question, value=storable(question, given))
    made.delete_after = retention.day_of_deletion(application.training, question)
    if question.kind == Question.Kind.FILE:
        # A draft's file is taken over where it lies; one that came just now is stored.
        stored = getattr(given, "file", None)
        made.file = stored.name if isinstance(stored, FieldFile) else given
        made.value = name_of(given)
    return made
