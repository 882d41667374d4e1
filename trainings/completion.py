"""Who has earned which certificate: decided by one statement for everybody of a training.

The rule and the exceptions from it are rows (models/completion.py); `decided` turns them into
columns, so that the desk, the issuing and a report all read the same answer.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings.attendance import MARKABLE, PRESENT
from trainings.models import (
    Application,
    Attendance,
    Certificate,
    CompletionOverride,
    CompletionRule,
    Session,
    Training,
    TrainingReport,
)
from trainings.models.application import ApplicationQuerySet
from trainings.steps import lock
from trainings.surveys import answered_evaluation
from trainings.testing import passed_post_test

State = Application.State
Tier = Certificate.Tier
Given = CompletionOverride.Given


def rule_of(training: Training) -> CompletionRule:
    """The training's rule, or the one that everybody meets who came."""
    found = CompletionRule.objects.filter(training=training).first()
    return found or CompletionRule(training=training, tier=Tier.PARTICIPATION)


def decided(training: Training, rule: CompletionRule | None = None) -> ApplicationQuerySet:
    """Everybody with a seat, each with `present` minutes of `whole`, `was_there`, `has_time`,
    `has_passed`, `has_answered`, `has_report`, `meets`, `given` and the `earned` tier ("": none).
    """
    rule = rule or rule_of(training)
    people = training.applications.filter(state__in=MARKABLE)
    facts = people.annotate(**_facts(training), was_there=_was_there())
    asked = facts.annotate(has_time=_enough_time(rule))
    judged = asked.annotate(meets=_judgement(_asked(rule), Q(was_there=True)))
    return judged.annotate(earned=_earned(rule))


def _facts(training: Training) -> dict[str, Any]:
    marks = Attendance.objects.filter(application=OuterRef("pk"), presence__in=PRESENT)
    exceptions = CompletionOverride.objects.filter(application=OuterRef("pk")).order_by("-pk")
    report = TrainingReport.objects.filter(training=training, filed_at__isnull=False)
    return {
        "present": Coalesce(_sum(marks, "application", Sum("minutes")), 0),
        "whole": Coalesce(_sum(_sessions(training), "training", Sum(_length())), 0),
        "has_passed": _judgement(Q(pk__in=passed_post_test(training).values("pk"))),
        "has_answered": _judgement(Q(pk__in=answered_evaluation(training).values("pk"))),
        "has_report": Exists(report),
        "given": Coalesce(Subquery(exceptions.values("given")[:1]), Value(Given.BY_RULE.value)),
    }


def _sum(rows: Any, per: str, total: Any) -> Subquery:
    grouped = rows.order_by().values(per).annotate(n=total).values("n")
    return Subquery(grouped, output_field=IntegerField())


def _sessions(training: Training) -> Any:
    return Session.objects.filter(training=training)


def _length() -> Func:
    """Minutes of a session; both ends are times of one local day."""
    return Func(
        F("ends"),
        F("starts"),
        template="(EXTRACT(EPOCH FROM %(expressions)s) / 60)::integer",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )


def _was_there() -> Any:
    """Closed attendance decides; until then, any session attended does."""
    marks = Attendance.objects.filter(application=OuterRef("pk"), presence__in=PRESENT)
    return _judgement(Q(state=State.ATTENDED) | (Q(state=State.CONFIRMED) & Q(Exists(marks))))


def _judgement(*conditions: Q) -> Case:
    whole = Q()
    for condition in conditions:
        whole &= condition
    return Case(When(whole, then=True), default=False, output_field=BooleanField())


def _enough_time(rule: CompletionRule) -> Case:
    """In whole numbers, so that exactly 80 per cent is 80 per cent."""
    enough = [Q(pk__isnull=False)]
    if rule.minutes:
        enough.append(Q(present__gte=rule.minutes))
    if rule.percent:
        enough.append(
            Q(present__gt=0, present__gte=F("whole") * Value(rule.percent) / Value(100.0))
        )
    return _judgement(*enough)


def _asked(rule: CompletionRule) -> Q:
    asked = Q(has_time=True)
    if rule.needs_post_test:
        asked &= Q(has_passed=True)
    if rule.needs_evaluation:
        asked &= Q(has_answered=True)
    if rule.needs_report:
        asked &= Q(has_report=True)
    return asked


def _earned(rule: CompletionRule) -> Case:
    lower = Tier.PARTICIPATION.value if rule.or_participation else ""
    return Case(
        When(Q(was_there=False) | Q(given=Given.NONE), then=Value("")),
        When(~Q(given=Given.BY_RULE), then=F("given")),
        When(meets=True, then=Value(str(rule.tier))),
        default=Value(lower),
        output_field=CharField(),
    )


def missing(application: Any, rule: CompletionRule) -> list[str]:
    """What one of `decided` lacks for the rule, in words."""
    if not application.was_there:
        return [_("did not come")]
    lacks = {
        _("attendance"): not application.has_time,
        _("post-test"): rule.needs_post_test and not application.has_passed,
        _("evaluation"): rule.needs_evaluation and not application.has_answered,
        _("end-of-training report"): rule.needs_report and not application.has_report,
    }
    return [name for name, lacking in lacks.items() if lacking]


@transaction.atomic
def override(application: Application, *, given: str, reason: str, by: Any) -> CompletionOverride:
    """Decides for one person otherwise than the rule; the reason is kept with the decision."""
    training = lock(application.training_id)
    if given not in Given.values:
        raise ValidationError(_("Choose the certificate this person gets."), code="given")
    if not reason.strip():
        raise ValidationError(_("Please give a reason for the exception."), code="reason")
    if not training.applications.filter(pk=application.pk, state__in=MARKABLE).exists():
        raise ValidationError(
            _("This person has no confirmed seat in this training."), code="stranger"
        )
    return CompletionOverride.objects.create(
        application=application, given=given, reason=reason.strip(), by=by
    )


@transaction.atomic
def file_report(report: TrainingReport, *, by: Any) -> None:
    """The report is complete: from now on it counts. Refused while a needed part is empty."""
    training = lock(report.training_id)
    if not training.is_past and training.ends_on > timezone.localdate(timezone=training.zone):
        raise ValidationError(_("The training has not ended yet."), code="early")
    empty = [name for name in TrainingReport.NEEDED if not getattr(report, name).strip()]
    if empty:
        titles = [str(TrainingReport._meta.get_field(name).verbose_name) for name in empty]  # type: ignore[union-attr]
        raise ValidationError(
            _("Please write these parts before filing: %(parts)s.") % {"parts": ", ".join(titles)},
            code="empty",
        )
    now = timezone.now()
    TrainingReport.objects.filter(pk=report.pk, filed_at__isnull=True).update(
        filed_at=now, filed_by=by
    )
