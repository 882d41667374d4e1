import contextlib

import pytest
import redis
from django.core.management import call_command
from django.db import connection

from rtcm.jobs import ring
from rtcm.jobs.models import Job, figures, owe
from rtcm.jobs.reconciling import ADVISORY_LOCK, reconcile
from tests.jobs.kinds import performed

pytestmark = pytest.mark.django_db


@pytest.fixture
def queues(settings):
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        client.delete(*Job.Queue.values)
        yield client
        client.delete(*Job.Queue.values)
    ring.hang_up()


def lengths(queues) -> list[int]:
    return [queues.llen(name) for name in ("default", "mail", "documents")]


def test_what_waits_is_rung_in_its_queue(queues):
    owe("tests/note", "greet:1")
    owe("tests/note", "greet:2", queue="mail")
    owe("tests/note", "greet:3", queue="mail")

    reconcile()

    assert lengths(queues) == [1, 2, 0]


def test_what_is_for_later_or_over_is_not_rung(queues):
    Job.objects.claim(owe("tests/note", "greet:1").pk).fail("no")
    Job.objects.claim(owe("tests/note", "greet:2").pk).finish()
    Job.objects.claim(owe("tests/note", "greet:3").pk)

    reconcile()

    assert lengths(queues) == [0, 0, 0]


def test_a_busy_queue_is_not_flooded(queues):
    for n in range(60):
        owe("tests/note", f"greet:{n}")
    queues.lpush("default", *["busy"] * 101)

    reconcile()

    assert queues.llen("default") == 151


def test_what_a_dead_worker_held_waits_again(queues, time_passes):
    Job.objects.claim(owe("tests/note", "greet:1").pk)
    time_passes()
    assert figures()["jobs_stuck"] == 1

    reconcile()

    job = Job.objects.owed().get()
    assert (job.attempts, job.last_error) == (1, "The worker stopped.")
    assert lengths(queues) == [1, 0, 0]


def test_poison_gives_up_visibly_after_its_last_attempt(queues, time_passes):
    job = owe("tests/note", "greet:1", max_attempts=3)

    for _ in range(3):
        Job.objects.claim(job.pk)
        time_passes()
        reconcile()

    failed = Job.objects.failed().get()
    assert failed.attempts == 3
    assert failed.last_error == "The worker stopped without a word, on the last attempt."
    assert Job.objects.claim(job.pk) is None


def test_twice_does_no_harm(queues, time_passes):
    Job.objects.claim(owe("tests/note", "greet:1").pk)
    time_passes()

    assert reconcile()
    assert reconcile()

    assert Job.objects.get().attempts == 1


def test_a_sweep_that_fails_does_not_stop_the_others(settings, queues, caplog):
    settings.SWEEPS = ["tests.jobs.kinds.sweep_badly", "tests.jobs.kinds.sweep_well"]

    reconcile()

    assert performed == ["swept well"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "The sweep tests.jobs.kinds.sweep_badly failed."
    ]


@pytest.mark.django_db(transaction=True)
def test_only_one_reconciler_is_at_it(queues):
    owe("tests/note", "greet:1")
    queues.delete("default")
    other = connection.copy()
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])

        assert reconcile() is False
        assert lengths(queues) == [0, 0, 0]

        cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
    assert reconcile() is True
    assert lengths(queues) == [1, 0, 0]


def test_redis_being_away_does_not_stop_a_round(settings, time_passes):
    ring.hang_up()
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    Job.objects.claim(owe("tests/note", "greet:1").pk)
    time_passes()

    call_command("reconcile", once=True)

    assert Job.objects.owed().count() == 1
    ring.hang_up()


def test_the_figures_tell_what_waits_and_what_failed(time_passes):
    owe("tests/note", "greet:1")
    time_passes()
    Job.objects.claim(owe("tests/note", "greet:2", max_attempts=1).pk).fail("no")
    Job.objects.claim(owe("tests/note", "greet:3").pk).fail("not yet")

    told = figures()

    assert told["jobs_waiting"] == 2
    assert told["jobs_due"] == 1
    assert told["jobs_failed"] == 1
    assert told["jobs_running"] == 0
    assert told["oldest_due_seconds"] > 3600


def test_the_figures_of_an_empty_house_are_zero():
    told = figures()

    assert {told[name] for name in told if not name.startswith("ring")} == {0}
