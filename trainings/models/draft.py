"""An application that is not sent yet."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.question import Question, place_of_answer
from trainings.models.training import Training


class DraftQuerySet(models.QuerySet["ApplicationDraft"]):
    def belonging_to(self, user: Any) -> "DraftQuerySet":
        return self.filter(person__user=user) if user.is_authenticated else self.none()


class ApplicationDraft(models.Model):
    """What somebody has typed so far, as typed: names of fields to lists of texts."""

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="drafts"
    )
    person = models.ForeignKey(
        "accounts.Person", models.CASCADE, verbose_name=_("person"), related_name="drafts"
    )
    data = models.JSONField(_("typed so far"), default=dict)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="one_draft_per_training")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.training}"


class DraftFile(models.Model):
    """A file that came with the form and waits for the application to be sent."""

    draft = models.ForeignKey(
        ApplicationDraft, models.CASCADE, verbose_name=_("draft"), related_name="files"
    )
    question = models.ForeignKey(
        Question, models.CASCADE, verbose_name=_("question"), related_name="+"
    )
    file = models.FileField(_("file"), upload_to=place_of_answer, max_length=120)
    name = models.CharField(_("name of the file"), max_length=200)

    class Meta:
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "question"], name="one_draft_file")]

    def __str__(self) -> str:
        return self.name
