"""Who has earned which certificate: the rule, the exceptions, and one statement for everybody."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from tests import make
from tests.making.completion import over, report, there
from tests.trainings.people import refused
from trainings import certificates, completion, models
from trainings.hours import hours_of, in_words
from trainings.models import Certificate, Survey, SurveyGuest
from trainings.models.testing import Attempt

pytestmark = pytest.mark.django_db


def earned(application) -> str:
    row = completion.decided(application.training).get(pk=application.pk)
    return row.earned


def lacks(application) -> list[str]:
    training = application.training
    row = completion.decided(training).get(pk=application.pk)
    return completion.missing(row, completion.rule_of(training))


def pass_test(application, score: int = 6) -> None:
    now = timezone.now()
    test, _new = models.Test.objects.get_or_create(
        training=application.training,
        moment="post",
        defaults={"opens_at": now, "closes_at": now + timedelta(hours=1)},
    )
    Attempt.objects.create(
        test=test, application=application, due_at=now, submitted_at=now, score=score, of=10
    )


def answer_evaluation(application) -> None:
    survey, _new = Survey.objects.get_or_create(training=application.training, kind="end")
    SurveyGuest.objects.create(survey=survey, application=application, answered=True)


def test_without_a_rule_everybody_who_came_gets_participation():
    training = over()

    assert earned(there(training, 10)) == "participation"
    assert earned(there(training, 120, state="confirmed")) == "participation"
    assert earned(there(training, 0, state="confirmed")) == ""
    assert earned(there(training, 0, state="absent")) == ""


@pytest.mark.parametrize(
    ("minutes", "tier"), [((120, 72), "completion"), ((120, 71), "participation")]
)
def test_exactly_the_share_of_the_minutes_is_enough(minutes, tier):
    training = over(percent=80)  # of 240: 192

    assert earned(there(training, *minutes)) == tier


@pytest.mark.parametrize(("minutes", "tier"), [(100, "completion"), (99, "participation")])
def test_minutes_may_be_asked_instead(minutes, tier):
    assert earned(there(over(minutes=100), minutes)) == tier


def test_who_meets_a_part_of_it_reads_what_is_missing():
    training = over(percent=80, needs_post_test=True, needs_evaluation=True, needs_report=True)
    someone = there(training, 120)

    assert lacks(someone) == ["attendance", "post-test", "evaluation", "end-of-training report"]


def test_who_meets_all_of_it_has_earned_the_tier():
    training = over(
        tier="trainer", percent=50, needs_post_test=True, needs_evaluation=True, needs_report=True
    )
    someone = there(training, 120)
    pass_test(someone)
    answer_evaluation(someone)
    assert earned(someone) == "participation"

    completion.file_report(report(training), by=None)

    assert earned(someone) == "trainer"
    assert lacks(someone) == []


def test_a_failed_test_and_an_unanswered_evaluation_are_missing():
    training = over(needs_post_test=True, needs_evaluation=True)
    someone, other = there(training, 120), there(training, 120)
    pass_test(someone, score=5)
    answer_evaluation(other)

    assert lacks(someone) == ["post-test", "evaluation"]
    assert lacks(other) == ["post-test"]


def test_a_rule_may_leave_the_others_with_nothing():
    training = over(minutes=200, or_participation=False)

    assert earned(there(training, 120)) == ""


def test_an_exception_counts_more_than_the_rule_until_it_is_taken_back(clara):
    someone = there(over(minutes=200), 60)

    for given, tier in [("completion", "completion"), ("none", ""), ("rule", "participation")]:
        completion.override(someone, given=given, reason="She was ill.", by=clara)
        assert earned(someone) == tier

    assert someone.completion_overrides.count() == 3


@pytest.mark.parametrize(
    ("given", "reason", "code"),
    [("completion", " ", "reason"), ("doctor", "Because", "given")],
)
def test_an_exception_needs_a_reason_and_a_tier(given, reason, code):
    someone = there(over(), 60)

    refusal = refused(lambda: completion.override(someone, given=given, reason=reason, by=None))

    assert refusal.code == code


def test_who_has_no_seat_gets_no_exception():
    waiting = make.application(over(), state="waitlisted")

    refusal = refused(
        lambda: completion.override(waiting, given="completion", reason="Please", by=None)
    )

    assert refusal.code == "stranger"


def test_everybody_is_judged_by_one_statement(django_assert_num_queries):
    training = over(percent=80, needs_post_test=True, needs_evaluation=True, needs_report=True)
    for minutes in (0, 60, 120):
        there(training, minutes)
    rule = completion.rule_of(training)

    with django_assert_num_queries(1):
        assert len(completion.decided(training, rule)) == 3


def test_issuing_gives_each_what_they_earned():
    training = over(percent=80)
    there(training, 120, 120)
    there(training, 60)
    there(training, 0, state="absent")

    issued = [certificates.issue_all(training, by=None) for _ in range(2)]

    assert issued == [2, 0]
    assert list(Certificate.objects.order_by("pk").values_list("tier", flat=True)) == [
        "completion",
        "participation",
    ]


def test_a_test_passed_later_lifts_the_certificate():
    training = over(needs_post_test=True)
    someone = there(training, 120)
    certificates.issue_all(training, by=None)
    pass_test(someone)

    certificates.issue_all(training, by=None)

    first, second = Certificate.objects.order_by("pk")
    assert (first.standing, second.standing) == ("superseded", "valid")
    assert (second.tier, second.supersedes) == ("completion", first)


# --- The report ---------------------------------------------------------------------------------


def test_an_empty_report_is_not_filed():
    draft = report(over(), results=" ")

    refusal = refused(lambda: completion.file_report(draft, by=None))

    assert refusal.message == "Please write these parts before filing: What was reached."


def test_a_report_is_not_filed_before_the_end():
    draft = report(make.training(in_days=2))

    assert refused(lambda: completion.file_report(draft, by=None)).code == "early"


# --- Hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "kind", "hours"),
    [(0, "academic", "0"), (44, "academic", "0.5"), (90, "academic", "2"), (90, "clock", "1.5")],
)
def test_minutes_become_whole_and_half_hours(minutes, kind, hours):
    assert hours_of(minutes, kind) == Decimal(hours)


@pytest.mark.parametrize(
    ("hours", "kind", "said"),
    [
        ("24.0", "academic", "24 academic hours of 45 minutes"),
        ("1", "academic", "1 academic hour of 45 minutes"),
        ("4.5", "clock", "4.5 hours of 60 minutes"),
        ("100", "clock", "100 hours of 60 minutes"),
    ],
)
def test_the_kind_of_hours_is_named(hours, kind, said):
    with translation.override("en"):
        assert in_words(Decimal(hours), kind) == said


def test_a_certificate_keeps_the_kind_of_hours_it_was_issued_with():
    training = over()
    training.hours_kind = "clock"
    training.save()
    certificate = certificates.issue(there(training, 120, 60), by=None)
    training.hours_kind = "academic"
    training.save()

    certificate.refresh_from_db()
    assert (certificate.hours, certificate.hours_kind) == (Decimal("3.0"), "clock")


# --- Restoring ----------------------------------------------------------------------------------


def test_a_certificate_revoked_by_mistake_is_given_back(clara):
    certificate = make.certificate()
    certificates.revoke(certificate, by=clara, reason="Wrong person")

    certificates.restore(certificate, by=clara, reason="It was the right person")

    certificate.refresh_from_db()
    assert certificate.standing == "valid"
    assert list(certificate.steps.values_list("deed", "reason", "by"))[1:] == [
        ("revoked", "Wrong person", clara.pk),
        ("restored", "It was the right person", clara.pk),
    ]


def test_only_a_revoked_one_is_given_back_and_with_a_reason():
    certificate = make.certificate()

    assert refused(lambda: certificates.restore(certificate, by=None, reason=" ")).code == "reason"
    assert refused(lambda: certificates.restore(certificate, by=None, reason="x")).code == "another"
    Certificate.objects.filter(pk=certificate.pk).update(state="superseded")
    assert refused(lambda: certificates.restore(certificate, by=None, reason="x")).code == "state"
