"""What is typed but not sent: kept as typed, given back on the next visit, deleted when done."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import MultipleChoiceField
from django.utils import timezone

from rtcm.accounts.models import Person
from trainings import invitations
from trainings.asking import UploadField, name_of, tell_of_kept
from trainings.forms import ApplicationForm
from trainings.models import Answer, ApplicationDraft, DraftFile, Training

LONGEST, MOST = 5_000, 50  # what one field may hold, and how many values


def typed(form: ApplicationForm) -> dict[str, list[str]]:
    """Every text that came for a field of ours, whether it is right or wrong."""
    sent: Any = form.data
    names = [name for name in form.fields if name != "token" and name in sent]
    return {
        name: [str(text).replace("\x00", "")[:LONGEST] for text in sent.getlist(name)[:MOST]]
        for name in names
    }


@transaction.atomic
def keep(form: ApplicationForm) -> ApplicationDraft | None:
    """Keeps what was typed and the files that are as they should be; nothing where nobody can
    apply any more or has applied already."""
    training, person = form.training, form.person
    closed = invitations.why_closed(training, person)
    if closed or training.applications.live().filter(person=person).exists():
        return None
    draft, _made = ApplicationDraft.objects.update_or_create(
        training=training, person=person, defaults={"data": typed(form)}
    )
    for question in form.questions:
        sent = getattr(form, "cleaned_data", {}).get(question.field_name)
        if isinstance(sent, ContentFile):
            _keep_file(draft, question, sent)
            tell_of_kept(form[question.field_name], sent)
    return draft


def _keep_file(draft: ApplicationDraft, question: Any, sent: ContentFile) -> None:
    earlier = draft.files.filter(question=question)
    unlink(earlier.values_list("file", flat=True))
    earlier.delete()
    kept = DraftFile(draft=draft, question=question, name=name_of(sent))
    kept.file.save(str(sent.name), sent)


def of(training: Training, person: Person) -> ApplicationDraft | None:
    if not getattr(training, "has_draft", True):
        return None
    return ApplicationDraft.objects.filter(training=training, person=person).first()


def files_in(draft: ApplicationDraft | None) -> dict[str, Any]:
    """By the name of their field; each calls itself as it was called when it was sent."""
    if draft is None:
        return {}
    return {kept.question.field_name: kept for kept in draft.files.select_related("question")}


def as_initial(form: ApplicationForm, draft: ApplicationDraft) -> dict[str, Any]:
    """The draft as a fresh form shows it; what was left empty stays empty."""
    texts = {name: draft.data.get(name, []) for name in form.fields if name != "token"}
    return {
        name: kept if isinstance(form.fields[name], MultipleChoiceField) else "".join(kept[:1])
        for name, kept in texts.items()
        if not isinstance(form.fields[name], UploadField)
    }


def drop(drafts: QuerySet[ApplicationDraft], but: Iterable[str] = ()) -> int:
    """Deletes drafts with their files, except files that an answer has taken over."""
    found = list(drafts.values_list("pk", "files__file"))
    if found:
        unlink({name for _pk, name in found} - set(but))
        drafts.delete()
    return len({pk for pk, _name in found})


def unlink(names: Iterable[str | None]) -> None:
    """Takes stored files away once the transaction is through; before, it may still fail."""
    storage = Answer._meta.get_field("file").storage
    for name in [name for name in names if name]:
        transaction.on_commit(partial(storage.delete, name), robust=True)


@transaction.atomic
def forget() -> int:
    """Deletes the drafts of trainings that are over or cancelled. Harmless twice."""
    over = Q(training__ends_on__lt=timezone.localdate())
    cancelled = Q(training__status=Training.Status.CANCELLED)
    return drop(ApplicationDraft.objects.filter(over | cancelled))
