"""The questions of a training's own application form, and what people answered."""

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.models.application import Application
from trainings.models.training import Training

LONGEST_RETENTION = 5 * 365  # days


class QuestionQuerySet(models.QuerySet["Question"]):
    def for_form(self) -> "QuestionQuerySet":
        """In the order asked, with everything a form needs to know about them."""
        found = self.select_related("shown_if__question").prefetch_related("choices")
        return found.order_by("position", "pk")


class Question(models.Model):
    """One question of one training. `key` says which questions of other trainings ask the same,
    so that an answer once given is offered again."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text")
        CHOICE = "choice", _("One of several")
        SEVERAL = "several", _("Any of several")
        NUMBER = "number", pgettext_lazy("kind of answer", "Number")
        DATE = "date", _("Date")
        FILE = "file", _("File")
        CONSENT = "consent", _("Consent")

    WITH_CHOICES = (Kind.CHOICE, Kind.SEVERAL)

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name=_("training"), related_name="questions"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.SlugField(
        _("key"),
        max_length=40,
        help_text=_("The same key in another training offers the earlier answer again."),
    )
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.SHORT)
    label = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("hint below the question"), max_length=500, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    shown_if = models.ForeignKey(
        "trainings.Choice",
        models.RESTRICT,
        verbose_name=_("asked only if the answer is"),
        related_name="leads_to",
        null=True,
        blank=True,
    )
    asks_sensitive = models.BooleanField(
        _("asks for sensitive data"),
        default=False,
        help_text=_("Health, diet, faith and the like: few may read it, and it is deleted."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("deleted so many days after the training"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RETENTION)],
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "key"],
                name="a_key_asks_once",
                violation_error_message=_("This training has a question with this key already."),
            ),
            models.CheckConstraint(
                condition=Q(asks_sensitive=False) | Q(keep_days__isnull=False, keep_days__gt=0),
                name="sensitive_answers_are_deleted",
                violation_error_message=_(
                    "Sensitive data must be deleted: say after how many days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if self.shown_if is None:
            return
        asked = self.shown_if.question
        if asked.training_id != self.training_id or asked.pk == self.pk:
            raise ValidationError({"shown_if": _("Choose an answer to another question here.")})
        if self.pk and (asked.position, asked.pk) > (self.position, self.pk):
            raise ValidationError({"shown_if": _("Choose an answer to an earlier question.")})

    @property
    def has_choices(self) -> bool:
        return self.kind in self.WITH_CHOICES

    @property
    def field_name(self) -> str:
        return f"q_{self.key}"


class Choice(models.Model):
    """One of the answers offered; `key` is what is stored, the label is what is read."""

    question = models.ForeignKey(
        Question, models.CASCADE, verbose_name=_("question"), related_name="choices"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.SlugField(_("key"), max_length=40)
    label = models.CharField(_("answer offered"), max_length=200)

    class Meta:
        verbose_name = _("answer offered")
        verbose_name_plural = _("answers offered")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="a_choice_is_offered_once")
        ]

    def __str__(self) -> str:
        return self.label


def place_of_answer(_answer: Any, name: str) -> str:
    """Where nobody can guess it; the true ending comes with the name of the checked upload."""
    return f"answers/{secrets.token_hex(16)}.{name.rpartition('.')[2][:5]}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_reading(self) -> "AnswerQuerySet":
        found = self.select_related("question").prefetch_related("question__choices")
        return found.order_by("question__position", "question__pk")

    def readable_by(self, user: Any) -> "AnswerQuerySet":
        """For staff: sensitive answers are for those with a permission of their own."""
        if user.has_perm("trainings.view_sensitive_answer"):
            return self
        return self.filter(question__asks_sensitive=False)

    def belonging_to(self, user: Any) -> "AnswerQuerySet":
        return self.filter(application__person__user=user) if user.is_authenticated else self.none()


class Answer(models.Model):
    """What one applicant answered: text, a choice's key, keys, a number or a day as text, true,
    or, beside a file, the name it had with the person."""

    application = models.ForeignKey(
        Application, models.CASCADE, verbose_name=_("application"), related_name="answers"
    )
    question = models.ForeignKey(
        Question, models.PROTECT, verbose_name=_("question"), related_name="answers"
    )
    value = models.JSONField(_("answer"))
    file = models.FileField(_("file"), upload_to=place_of_answer, max_length=120, blank=True)
    delete_after = models.DateField(_("deleted after"), null=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        permissions = [("view_sensitive_answer", _("Can read sensitive answers"))]
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="answered_once")
        ]
        indexes = [
            models.Index(
                fields=["delete_after"],
                condition=Q(delete_after__isnull=False),
                name="answers_to_delete",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.readable}"

    @property
    def readable(self) -> str:
        """As a person reads it: choices by their labels, in the reader's language."""
        if self.question.kind == Question.Kind.CONSENT:
            return str(_("Yes")) if self.value else str(_("No"))
        if self.question.kind == Question.Kind.DATE:
            return date_format(date.fromisoformat(self.value), "j E Y")
        if not self.question.has_choices:
            return str(self.value)
        labels = {choice.key: choice.label for choice in self.question.choices.all()}
        keys = self.value if isinstance(self.value, list) else [self.value]
        return ", ".join(str(labels.get(key, key)) for key in keys)
