"""What people know before and after a training: tests made of the question bank, and attempts."""

import secrets
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application
from trainings.models.bank import BankQuestion
from trainings.models.training import Training


def new_token() -> str:
    """What the QR code in the room leads to: 144 random bits."""
    return secrets.token_urlsafe(18)


class TestQuerySet(models.QuerySet["Test"]):
    def before(self) -> "TestQuerySet":
        return self.filter(moment=Test.Moment.PRE)

    def after(self) -> "TestQuerySet":
        return self.filter(moment=Test.Moment.POST)

    def running(self) -> "TestQuerySet":
        now = timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class Test(models.Model):
    """Questions of the bank put to the people of one training, before or after it.

    A pre- and a post-test of the same training are compared module by module, over the people
    who handed in both (gain.py), so the two need not hold the very same questions.
    """

    class Moment(models.TextChoices):
        PRE = "pre", _("Pre-test")
        POST = "post", _("Post-test")

    training = models.ForeignKey(
        Training, models.PROTECT, verbose_name=_("training"), related_name="tests"
    )
    moment = models.CharField(_("when"), max_length=4, choices=Moment)
    module = models.ForeignKey(
        "curriculum.Module",
        models.PROTECT,
        verbose_name=_("only about the module"),
        null=True,
        blank=True,
        related_name="+",
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes to answer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Empty: until the test closes."),
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("per cent to pass"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    token = models.CharField(
        _("secret address"), max_length=32, unique=True, default=new_token, editable=False
    )
    questions = models.ManyToManyField(
        BankQuestion, verbose_name=_("questions"), through="TestQuestion", related_name="tests"
    )

    objects = TestQuerySet.as_manager()

    class Meta:
        verbose_name = _("test")
        verbose_name_plural = _("tests")
        ordering = ["training", "-moment", "module", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "moment", "module"],
                nulls_distinct=False,
                name="one_test_a_moment_and_module",
                violation_error_message=_("This training has such a test already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="a_test_closes_after_opening",
                violation_error_message=_("The test closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100, attempts__gte=1),
                name="a_test_can_be_passed",
                violation_error_message=_("Between 1 and 100 per cent, and at least one attempt."),
            ),
        ]

    def __str__(self) -> str:
        module = f" ({self.module.code})" if self.module else ""
        return f"{self.get_moment_display()}{module}"

    def get_absolute_url(self) -> str:
        return reverse("trainings:test", args=[self.token])

    @property
    def has_closed(self) -> bool:
        return self.closes_at <= timezone.now()

    def why_closed(self) -> str:
        """Why nobody can begin just now, or "" when they can."""
        now = timezone.now()
        if self.training.status == Training.Status.CANCELLED:
            return str(_("This training is cancelled."))
        if now < self.opens_at:
            return str(_("This test is not open yet."))
        if now >= self.closes_at:
            return str(_("This test is closed."))
        return ""


class TestQuestion(models.Model):
    test = models.ForeignKey(
        Test, models.CASCADE, verbose_name=_("test"), related_name="placed_questions"
    )
    question = models.ForeignKey(
        BankQuestion, models.PROTECT, verbose_name=_("question"), related_name="places"
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("question of a test")
        verbose_name_plural = _("questions of tests")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "question"], name="a_question_stands_once_in_a_test"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def handed_in(self) -> "AttemptQuerySet":
        return self.filter(submitted_at__isnull=False)

    def passed(self) -> "AttemptQuerySet":
        """In whole numbers, so that exactly 60 per cent is 60 per cent."""
        needed: Any = self.alias(
            earned=F("score") * Value(100), needed=F("of") * F("test__pass_percent")
        )
        return needed.handed_in().filter(of__gt=0, earned__gte=F("needed"))


class Attempt(models.Model):
    """One person's answers to one test.

    `answers`: by question id, as typed (choice ids, "true"/"false", or a text), so that nothing
    is lost when time runs out. `marks`: by question id, the points earned, fixed on handing in.
    """

    test = models.ForeignKey(
        Test, models.PROTECT, verbose_name=_("test"), related_name="all_attempts"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="attempts"
    )
    number = models.PositiveSmallIntegerField(_("attempt"), default=1)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    due_at = models.DateTimeField(_("to hand in by"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    score = models.PositiveIntegerField(_("points earned"), null=True, blank=True)
    of = models.PositiveIntegerField(_("points possible"), null=True, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    marks = models.JSONField(_("points by question"), default=dict, blank=True)
    on_paper = models.BooleanField(_("typed in from paper"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("typed in from paper by"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts at tests")
        ordering = ["test", "application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "application", "number"], name="attempts_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["test", "application"],
                condition=Q(submitted_at__isnull=True),
                name="one_attempt_at_a_time",
                violation_error_message=_("You have begun this test already."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, score__isnull=True, of__isnull=True)
                | Q(submitted_at__isnull=False, score__isnull=False, of__gte=F("score")),
                name="an_attempt_handed_in_is_marked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(submitted_at__isnull=True), name="attempt_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test}, {self.number}"

    @property
    def seconds_left(self) -> int:
        return max(0, int((self.due_at - timezone.now()).total_seconds()))

    @property
    def percent(self) -> int | None:
        return round(100 * self.score / self.of) if self.of and self.score is not None else None

    @property
    def has_passed(self) -> bool:
        return bool(self.of) and 100 * (self.score or 0) >= self.test.pass_percent * (self.of or 0)
