"""Sensitive answers go when their question says: so many days after the training."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from trainings import drafts
from trainings.models import Answer, Question, Training

logger = logging.getLogger(__name__)


def day_of_deletion(training: Training, question: Question) -> date | None:
    if not question.asks_sensitive or not question.keep_days:
        return None
    return training.ends_on + timedelta(days=question.keep_days)


@transaction.atomic
def forget_sensitive() -> int:
    """Deletes the answers that are due, with their files. Harmless twice."""
    due = Answer.objects.filter(delete_after__lt=timezone.localdate())
    held = due.filter(question__training__ends_on__lt=timezone.localdate())
    drafts.unlink(held.exclude(file="").values_list("file", flat=True))
    gone, _by_model = held.delete()
    if gone:
        logger.info("%s sensitive answers deleted: their time was over.", gone)
    return gone


@transaction.atomic
def redate(training: Training) -> int:
    """After a training moved: its sensitive answers go so many days after the new end."""
    moved = 0
    for question in training.questions.filter(asks_sensitive=True):
        day = day_of_deletion(training, question)
        moved += question.answers.exclude(delete_after=day).update(delete_after=day)
    return moved
