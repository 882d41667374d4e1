"""Taking tests: who may, how often, until when; and typing them in from paper.

The server keeps the time: an attempt has its own `due_at`, and what arrives later than GRACE
after it changes nothing. What was saved until then counts (a page with JavaScript saves while
one types; without it there is a button), and a sweep hands it in.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings import marking
from trainings.models import Application, Attempt, BankQuestion, Test, Training
from trainings.models.application import ApplicationQuerySet

TAKERS = (Application.State.CONFIRMED, Application.State.ATTENDED)
GRACE = timedelta(seconds=30)  # for the way of an answer through a slow network
AT_ONCE = 200  # attempts a sweep hands in at a time


def questions_of(test: Test) -> list[BankQuestion]:
    """In the order of the test, with their choices; two queries."""
    placed = test.placed_questions.select_related("question__module")
    return [place.question for place in placed.prefetch_related("question__choices")]


@transaction.atomic
def choose(test: Test, positions: dict[int, int]) -> None:
    """The questions of a test, as positions by question id; refused once somebody has begun."""
    test = Test.objects.select_for_update(of=("self",), no_key=True).get(pk=test.pk)
    if test.all_attempts.exists():
        raise ValidationError(
            _("Somebody has begun this test, so its questions can no longer change."), code="begun"
        )
    known = set(BankQuestion.objects.filter(pk__in=positions).values_list("pk", flat=True))
    if set(positions) - known:
        raise ValidationError(_("One of these questions is not in the bank."), code="forged")
    test.placed_questions.all().delete()
    chosen = sorted(positions.items(), key=lambda pair: (pair[1], pair[0]))
    for position, (question, _wish) in enumerate(chosen, start=1):
        test.placed_questions.create(question_id=question, position=position)


@transaction.atomic
def drop(test: Test) -> None:
    """A test nobody has begun can go."""
    test = Test.objects.select_for_update(of=("self",)).get(pk=test.pk)
    if test.all_attempts.exists():
        raise ValidationError(
            _("Somebody has begun this test, so it can no longer be removed."), code="begun"
        )
    test.delete()


@transaction.atomic
def begin(test: Test, application: Application) -> Attempt:
    """The attempt this person is at, or a new one; refused when closed or all are used."""
    taker = _locked_taker(test, application)
    earlier = list(taker.attempts.filter(test=test).order_by("number"))
    if earlier and earlier[-1].submitted_at is None:
        if not is_late(earlier[-1]):
            return earlier[-1]
        _finish(earlier[-1])
    if closed := test.why_closed():
        raise ValidationError(closed, code="closed")
    if len(earlier) >= test.attempts:
        raise ValidationError(_("You have used all your attempts at this test."), code="used")
    if not test.placed_questions.exists():
        raise ValidationError(_("This test has no questions yet."), code="empty")
    now = timezone.now()
    due = min(now + timedelta(minutes=test.minutes), test.closes_at) if test.minutes else None
    return Attempt.objects.create(
        test=test,
        application=taker,
        number=len(earlier) + 1,
        started_at=now,
        due_at=due or test.closes_at,
    )


def _locked_taker(test: Test, application: Application) -> Application:
    """One after another for each person, so that two windows do not become two attempts."""
    taker = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if taker.training_id != test.training_id or taker.state not in TAKERS:
        raise ValidationError(
            _("This test is for people with a confirmed seat in its training."), code="stranger"
        )
    return taker


@transaction.atomic
def save(attempt: Attempt, answers: dict[str, Any]) -> None:
    """Keeps what is typed so far; refused when handed in or when the time is over."""
    current = _current(attempt)
    if is_late(current):
        raise ValidationError(_("The time for this test is over."), code="late")
    Attempt.objects.filter(pk=current.pk).update(answers=answers)


@transaction.atomic
def hand_in(attempt: Attempt, answers: dict[str, Any]) -> bool:
    """Marks the test. False when it came too late: then what was saved in time counts."""
    current = _current(attempt)
    in_time = not is_late(current)
    if in_time:
        current.answers = answers
    _finish(current)
    return in_time


def _current(attempt: Attempt) -> Attempt:
    found = Attempt.objects.select_for_update(of=("self",)).select_related("test")
    current = found.get(pk=attempt.pk)
    if current.submitted_at:
        raise ValidationError(_("This test is handed in already."), code="handed_in")
    return current


def is_late(attempt: Attempt) -> bool:
    return timezone.now() > attempt.due_at + GRACE


def _finish(attempt: Attempt) -> None:
    questions = questions_of(attempt.test)
    attempt.marks = marking.marks(questions, attempt.answers)
    attempt.score = sum(attempt.marks.values())
    attempt.of = sum(question.points for question in questions)
    attempt.submitted_at = min(timezone.now(), attempt.due_at)
    attempt.save()


def hand_in_overdue() -> int:
    """Hands in what people left open; harmless twice."""
    over = Attempt.objects.filter(submitted_at=None, due_at__lt=timezone.now() - GRACE)
    return sum(_hand_in_late(pk) for pk in list(over.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _hand_in_late(pk: int) -> int:
    rows = Attempt.objects.select_for_update(of=("self",), skip_locked=True)
    attempt = rows.select_related("test").filter(pk=pk, submitted_at=None).first()
    if attempt is None:
        return 0
    _finish(attempt)
    return 1


@transaction.atomic
def enter_paper(
    test: Test, application: Application, answers: dict[str, Any], *, by: Any
) -> Attempt | None:
    """One person's paper, typed in by staff; typing again corrects it, nothing at all removes it.

    Refused where the person took the test on a screen: that is not typed over.
    """
    taker = _locked_taker(test, application)
    if not answers:
        taker.attempts.filter(test=test, on_paper=True).delete()
        return None
    earlier = taker.attempts.filter(test=test).order_by("number").first()
    if earlier and not earlier.on_paper:
        raise ValidationError(
            _("%(name)s took this test on a screen; it cannot be typed over.")
            % {"name": taker.person.full_name},
            code="on_screen",
        )
    now = timezone.now()
    attempt = earlier or Attempt(test=test, application=taker, started_at=now, on_paper=True)
    attempt.answers, attempt.entered_by, attempt.due_at = answers, by, now
    _finish(attempt)
    return attempt


def enter_papers(test: Test, papers: Iterable[tuple[Application, dict]], *, by: Any) -> int:
    """Many papers at once, all or none; in the order of the rows that are locked."""
    in_order = sorted(papers, key=lambda paper: paper[0].pk)
    with transaction.atomic():
        typed = [enter_paper(test, taker, answers, by=by) for taker, answers in in_order]
    return len([attempt for attempt in typed if attempt])


def passed_post_test(training: Training) -> ApplicationQuerySet:
    """Applications that passed every post-test of the training; none where it has no post-test.

    One query, usable as a subquery: `filter(pk__in=passed_post_test(training).values("pk"))`.
    """
    wanted = Test.objects.after().filter(training=OuterRef("training"))
    passed = Attempt.objects.passed().filter(
        test=OuterRef("pk"), application=OuterRef(OuterRef("pk"))
    )
    return training.applications.filter(Exists(wanted)).exclude(
        Exists(wanted.exclude(Exists(passed)))
    )
