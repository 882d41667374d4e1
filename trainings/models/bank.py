"""The question bank: questions about the curriculum's modules, from which tests are made."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BankQuestion(models.Model):
    """One question about one module, in every language; tests choose from the bank.

    Right answers: those of the choices marked right (single, multiple), `is_true` (true or
    false), or any line of `accepted` (short), compared without case and accents.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("One right choice")
        MULTIPLE = "multiple", _("Several right choices")
        TRUE_FALSE = "true_false", _("True or false")
        SHORT = "short", _("Short answer")

    module = models.ForeignKey(
        "curriculum.Module",
        models.PROTECT,
        verbose_name=_("module"),
        related_name="bank_questions",
    )
    kind = models.CharField(_("kind of question"), max_length=10, choices=Kind)
    text = models.TextField(_("question"), max_length=1_000)
    is_true = models.BooleanField(_("the statement is true"), null=True, blank=True)
    accepted = models.TextField(
        _("right short answers"),
        max_length=1_000,
        blank=True,
        help_text=_("One per line, in any language; case and accents do not matter."),
    )
    explanation = models.TextField(
        _("explanation"),
        max_length=2_000,
        blank=True,
        help_text=_("Shown with the results, after the test has closed."),
    )
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    is_retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer offered for new tests.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("bank question")
        verbose_name_plural = _("question bank")
        ordering = ["module", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="true_false") | Q(is_true__isnull=False),
                name="a_statement_is_true_or_false",
                violation_error_message=_("Say whether the statement is true or false."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="short") | ~Q(accepted=""),
                name="a_short_question_has_answers",
                violation_error_message=_("Give at least one right short answer."),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1), name="a_question_is_worth_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class BankChoice(models.Model):
    question = models.ForeignKey(
        BankQuestion, models.CASCADE, verbose_name=_("question"), related_name="choices"
    )
    text = models.CharField(_("choice"), max_length=300)
    is_right = models.BooleanField(_("right"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
