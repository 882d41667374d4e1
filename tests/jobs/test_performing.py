import time

import pytest
from django.core.management import call_command

from rtcm.jobs.models import Job, owe
from rtcm.jobs.performing import lease_kept_alive, perform
from rtcm.jobs.tasks import answer
from tests.jobs.kinds import performed

pytestmark = pytest.mark.django_db


def test_a_job_is_performed_once_however_often_it_is_rung():
    job = owe("tests/note", "greet:1")

    for _ in range(5):
        answer(job.pk)

    assert performed == ["greet:1"]
    assert Job.objects.get().state == "done"


def test_a_job_in_other_hands_is_left_alone():
    job = owe("tests/note", "greet:1")
    Job.objects.claim(job.pk)

    assert perform(job.pk) is False
    assert performed == []


def test_a_failure_is_written_down_and_tried_again(time_passes):
    job = owe("tests/stumble", "greet:1", payload={"times": 1})

    perform(job.pk)
    stumbled = Job.objects.get()
    assert (stumbled.state, stumbled.last_error) == ("waiting", "RuntimeError: stumbled")
    assert perform(job.pk) is False  # not yet
    time_passes()
    perform(job.pk)

    assert performed == ["greet:1", "greet:1"]
    assert Job.objects.get().state == "done"


def test_what_cannot_be_helped_fails_at_once():
    perform(owe("tests/hopeless", "greet:1").pk)

    failed = Job.objects.failed().get()
    assert (failed.attempts, failed.last_error) == (1, "no such person")


def test_a_kind_that_this_worker_does_not_know_waits_for_a_newer_one(settings):
    job = owe("tests/note", "greet:1")
    settings.JOBS = {}

    perform(job.pk)

    assert Job.objects.get().state == "waiting"


def test_who_lost_the_lease_changes_nothing():
    perform(owe("tests/lose", "greet:1").pk)

    job = Job.objects.get()
    assert (job.state, job.attempts, job.last_error) == ("running", 2, "")


@pytest.mark.parametrize("nonsense", ["1", None, True, -1, 0, 2**63, 1.0, {"id": 1}, [1]])
def test_a_message_that_is_no_id_is_dropped(nonsense):
    answer(nonsense)

    assert performed == []


def test_an_unknown_id_is_dropped():
    answer(4711)

    assert performed == []


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_a_job_takes_long(settings):
    settings.JOBS_LEASE_SECONDS = 0.6
    job = Job.objects.claim(owe("tests/note", "greet:1").pk)

    with lease_kept_alive(job):
        for _ in range(4):
            call_command("reconcile", once=True)
            time.sleep(0.4)

    job.finish()
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_without_renewal_a_long_job_would_be_claimed_by_another(settings):
    settings.JOBS_LEASE_SECONDS = 0.6
    job = Job.objects.claim(owe("tests/note", "greet:1").pk)

    time.sleep(0.8)
    call_command("reconcile", once=True)

    assert Job.objects.claim(job.pk).attempts == 2


def test_run_jobs_does_all_that_is_due_without_redis(settings, capsys):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    owe("tests/note", "greet:1")
    owe("tests/note", "greet:2", queue="documents")
    owe("tests/stumble", "greet:3", payload={"times": 1})

    call_command("run_jobs")

    assert sorted(performed) == ["greet:1", "greet:2", "greet:3"]
    assert capsys.readouterr().out == "3 attempted, 1 wait for later, 0 failed.\n"


def test_run_jobs_of_one_queue_leaves_the_others():
    owe("tests/note", "greet:1")
    owe("tests/note", "greet:2", queue="documents")

    call_command("run_jobs", queue="documents")

    assert performed == ["greet:2"]


def test_run_jobs_takes_over_what_a_dead_worker_left(time_passes):
    Job.objects.claim(owe("tests/note", "greet:1").pk)
    time_passes()

    call_command("run_jobs")

    assert performed == ["greet:1"]
