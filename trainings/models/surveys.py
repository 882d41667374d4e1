"""What people think of a training when it ends, and what became of it six months later.

**Anonymity.** What participants answer is promised to be anonymous, so two facts are stored
apart: *that* somebody answered (`SurveyGuest.answered`, a bare yes without a time) and *what*
was answered (`SurveyAnswer`, which has no key to a person, no time and no number that grows:
its primary key is random). PostgreSQL itself keeps an order of its own, so the verb that takes
an answer (surveys.answer) writes all answers of that survey anew in random order, and touches
all its guests, in one transaction: then every row of both tables carries the same transaction
number (xmin) and a random place on disk (ctid), whoever came last.

What remains, and for whom: dead row versions until the next VACUUM, the write-ahead log and
backups made between two answers, for an administrator of the database server; the access log of
the web server, which knows when a link was opened but not what was answered; and what people
write about themselves in a free text. Whoever reads results on the desk sees them only once the
survey has closed, so that nobody can compare the sums before and after one answer, and never
fewer than `SurveyAnswer.FEWEST` answers (survey_results.py).

A supervisor's answers are not anonymous towards the centre; the form says so.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application
from trainings.models.training import Training


class SurveyQuerySet(models.QuerySet["Survey"]):
    def running(self) -> "SurveyQuerySet":
        now = timezone.now()
        return self.filter(opened_at__lte=now, closes_at__gt=now)


class Survey(models.Model):
    """One round of questions about one training: at the end, or six months later."""

    class Kind(models.TextChoices):
        END = "end", _("End evaluation")
        FOLLOW_UP = "follow_up", _("Follow-up with participants")
        SUPERVISOR = "supervisor", _("Follow-up with supervisors")

    training = models.ForeignKey(
        Training, models.PROTECT, verbose_name=_("training"), related_name="surveys"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["training", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "kind"],
                name="one_survey_of_a_kind",
                violation_error_message=_("This training has such an evaluation already."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, closes_at__isnull=True)
                | Q(closes_at__gte=F("opened_at")),
                name="a_survey_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_anonymous(self) -> bool:
        return self.kind != self.Kind.SUPERVISOR

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return bool(self.opened_at and self.closes_at and self.opened_at <= now < self.closes_at)

    @property
    def has_closed(self) -> bool:
        return bool(self.closes_at and self.closes_at <= timezone.now())


class SurveyQuestion(models.Model):
    """A question of the staff's own, after the fixed ones (survey_forms.py)."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("Scale from 1 to 5")
        YES_NO = "yes_no", _("Yes or no")
        TEXT = "text", _("Free text")

    survey = models.ForeignKey(
        Survey, models.CASCADE, verbose_name=_("evaluation"), related_name="own_questions"
    )
    kind = models.CharField(_("kind of question"), max_length=6, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("question of an evaluation")
        verbose_name_plural = _("questions of evaluations")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class SurveyGuest(models.Model):
    """Who is asked, and whether they answered; never when, and never what.

    The key is random, so that the order of the rows says nothing; a link is this key, signed
    (surveys.link_of). `reminders` counts the letters after the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        Survey, models.PROTECT, verbose_name=_("evaluation"), related_name="guests"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="survey_guests"
    )
    answered = models.BooleanField(_("answered"), default=False)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)

    class Meta:
        verbose_name = _("person asked")
        verbose_name_plural = _("people asked")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "application"], name="asked_once_in_a_survey"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.application_id}"


class SurveyAnswer(models.Model):
    """What one participant answered. Nothing here leads to who it was; see the top of this file."""

    FEWEST = 5  # fewer answers than this are shown to nobody

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        Survey, models.PROTECT, verbose_name=_("evaluation"), related_name="answers"
    )
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("anonymous answer")
        verbose_name_plural = _("anonymous answers")

    def __str__(self) -> str:
        return str(_("anonymous answer"))


class SupervisorAnswer(models.Model):
    """What a supervisor says about one participant; the centre knows who said it."""

    guest = models.OneToOneField(
        SurveyGuest,
        models.PROTECT,
        verbose_name=_("person asked"),
        related_name="supervisor_answer",
    )
    answers = models.JSONField(_("answers"), default=dict)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("supervisor's answer")
        verbose_name_plural = _("supervisors' answers")

    def __str__(self) -> str:
        return str(self.guest)
