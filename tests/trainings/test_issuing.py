"""Issuing to a whole training: one step for everybody, right when others act at the same time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rtcm.jobs.models import Job
from tests import make
from tests.making.completion import over, there
from tests.trainings.people import refused
from tests.trainings.racing import at_once, overlap
from trainings import certificates, issuing
from trainings.models import Application, Certificate, CertificateCounter, CertificateStep, Training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def crowd(count: int, **fields) -> Training:
    training = make.training(in_days=-10, **fields)
    for _ in range(count):
        make.application(training, state="attended")
    return training


def numbers() -> list[int]:
    return sorted(int(c.number.rpartition("-")[2]) for c in Certificate.objects.all())


def test_a_whole_training_is_issued_with_steps_and_jobs(clara):
    training = crowd(5, certificate_hours="24", objectives=[11])

    assert certificates.issue_all(training, by=clara) == 5

    given = list(Certificate.objects.order_by("pk"))
    assert numbers() == [1, 2, 3, 4, 5]
    assert {(each.hours, tuple(each.objectives), each.issued_by) for each in given} == {
        (24, (11,), clara)
    }
    assert len({each.code for each in given}) == 5
    steps = CertificateStep.objects.values_list("certificate", "deed", "by")
    assert set(steps) == {(each.pk, "issued", clara.pk) for each in given}
    owed = {job.dedupe_key: job.payload for job in Job.objects.filter(kind="certificate")}
    assert owed == {f"certificate:{each.number}": {"certificate": each.pk} for each in given}


def questions(count: int) -> int:
    training = crowd(count)
    with CaptureQueriesContext(connection) as asked:
        certificates.issue_all(training, by=None)
    return len(asked)


def test_many_cost_no_more_questions_than_few():
    questions(1)  # the counter of the year is made

    assert questions(30) == questions(2)


def test_only_those_chosen_get_one(clara):
    training = crowd(3)
    chosen = training.applications.earliest("pk")
    stranger = crowd(1).applications.get()

    issued = certificates.issue_all(training, by=clara, only=[chosen.pk, stranger.pk])

    assert issued == 1
    assert Certificate.objects.get().application == chosen


def test_a_name_too_long_stops_all_and_uses_no_number():
    training = crowd(2)
    make.application(training, make.person("A" * 91), "attended")

    said = refused(lambda: certificates.issue_all(training, by=None))

    assert said.code == "too_long"
    assert "AAA" in said.message
    assert not Certificate.objects.exists()
    assert not CertificateCounter.objects.filter(last__gt=0).exists()


def test_who_has_earned_more_meanwhile_gets_it_instead_of_the_lower_one():
    training = over(percent=80)
    someone = there(training, 120, 120)
    low = certificates.issue(someone, by=None)

    assert certificates.issue_all(training, by=None) == 1

    low.refresh_from_db()
    assert (low.state, low.superseded_by.tier) == ("superseded", "completion")


def test_hours_are_those_that_each_was_there():
    training = over()
    there(training, 120, 120)
    there(training, 60)

    certificates.issue_all(training, by=None)

    hours = Certificate.objects.order_by("pk").values_list("hours", flat=True)
    assert [float(each) for each in hours] == [5.0, 1.0]


# --- For how long ---------------------------------------------------------------------------------


def test_a_trainer_certificate_is_valid_for_the_months_of_its_training():
    training = over(tier="trainer", trainer_months=24)
    there(training, 120, 120)

    certificates.issue_all(training, by=None)

    certificate = Certificate.objects.get()
    today = timezone.localdate()
    assert certificate.expires_on.year == today.year + 2
    assert certificate.steps.get().expires_on == certificate.expires_on


def test_other_certificates_are_valid_for_good():
    training = over(tier="completion", trainer_months=24)
    there(training, 120, 120)

    certificates.issue_all(training, by=None)

    assert Certificate.objects.get().expires_on is None


def test_a_corrected_name_makes_nothing_valid_for_longer():
    training = over(tier="trainer", trainer_months=24)
    soon = timezone.localdate() + timedelta(days=5)
    old = make.certificate(there(training, 120, 120), tier="trainer", expires_on=soon)

    new = certificates.reissue(old, by=None)

    assert new.expires_on == soon


# --- At the same time -----------------------------------------------------------------------------


def one_each(training: Training) -> bool:
    """Everybody has one valid certificate, and the numbers have no gap."""
    valid = Certificate.objects.filter(application__training=training, state="valid")
    people = list(valid.values_list("application", flat=True))
    return len(people) == len(set(people)) and numbers() == list(range(1, len(numbers()) + 1))


def raced(training: Training) -> None:
    """Somebody is made a trainer while everybody is issued participation."""
    someone = training.applications.earliest("pk")
    overlap(
        lambda: certificates.issue(someone, by=None, tier="trainer"),
        lambda: certificates.issue_all(training, by=None),
    )


@pytest.mark.django_db(transaction=True)
def test_issuing_to_one_and_to_all_at_once_gives_each_one():
    training = crowd(4)

    raced(training)

    assert one_each(training)
    assert set(Certificate.objects.values_list("tier", flat=True)) == {"trainer", "participation"}
    assert Certificate.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_somebody_would_have_two(monkeypatch):
    def plain_read(ids) -> list[Application]:
        rows = Application.objects.filter(pk__in=ids).select_related("person")
        return list(rows.order_by("pk"))

    training = crowd(4)

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "hold", plain_read)
        raced(training)

    assert not one_each(training)


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_a_whole_training_at_once_issue_it_once():
    training = crowd(20)

    issued = at_once([lambda: certificates.issue_all(training, by=None)] * 4)

    assert sorted(issued) == [0, 0, 0, 20]
    assert one_each(training)


@pytest.mark.django_db(transaction=True)
def test_what_is_revoked_while_all_are_issued_stays_revoked():
    training = over(percent=80)
    someone = there(training, 120, 120)
    low = certificates.issue(someone, by=None)

    overlap(
        lambda: certificates.revoke(low, by=None, reason="Was not there", kind="mistake"),
        lambda: certificates.issue_all(training, by=None),
    )

    low.refresh_from_db()
    assert low.state == "revoked"
    assert Certificate.objects.get(state="valid").supersedes is None


@pytest.mark.django_db(transaction=True)
def test_batches_of_two_trainings_draw_numbers_without_gap_even_when_one_fails():
    one, other, dying = crowd(15), crowd(15), crowd(15)

    @transaction.atomic
    def dies() -> None:
        certificates.issue_all(dying, by=None)
        raise ValidationError("This request died before its end.")

    at_once(
        [
            lambda: certificates.issue_all(one, by=None),
            dies,
            lambda: certificates.issue_all(other, by=None),
        ]
    )

    assert numbers() == list(range(1, 31))
