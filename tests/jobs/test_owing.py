import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from rtcm.jobs.models import Job, LeaseLost, owe, owe_many

pytestmark = pytest.mark.django_db


def test_the_same_key_is_owed_once():
    first = owe("tests/note", "greet:1", payload={"n": 1})

    again = owe("tests/note", "greet:1", payload={"n": 2})

    assert again.pk == first.pk
    assert again.payload == {"n": 1}
    assert Job.objects.count() == 1


def test_what_nothing_performs_cannot_be_owed():
    with pytest.raises(LookupError, match=r"add it to settings\.JOBS"):
        owe("tests/unheard", "x")


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_is_rolled_back_owes_nothing():
    with transaction.atomic():
        owe("tests/note", "greet:1")
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_owing_rings_once_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings:
        owe("tests/note", "greet:1")

    assert len(rings) == 1


def test_what_is_done_is_not_rung_again(django_capture_on_commit_callbacks):
    job = owe("tests/note", "greet:1")
    Job.objects.claim(job.pk).finish()

    with django_capture_on_commit_callbacks() as rings:
        owe("tests/note", "greet:1")

    assert rings == []


def test_many_are_owed_once_each_and_rung_together(django_capture_on_commit_callbacks):
    first = owe("tests/note", "greet:1", payload={"n": 1})
    done = owe("tests/note", "greet:2")
    Job.objects.claim(done.pk).finish()

    with django_capture_on_commit_callbacks() as rings:
        owe_many("tests/note", {f"greet:{n}": {"n": n + 10} for n in range(1, 4)}, queue="mail")

    assert len(rings) == 1
    assert list(Job.objects.order_by("pk").values_list("dedupe_key", "state", "queue")) == [
        ("greet:1", "waiting", "default"),
        ("greet:2", "done", "default"),
        ("greet:3", "waiting", "mail"),
    ]
    first.refresh_from_db()
    assert first.payload == {"n": 1}


def test_many_of_a_kind_that_nothing_performs_cannot_be_owed():
    with pytest.raises(LookupError, match=r"add it to settings\.JOBS"):
        owe_many("tests/unheard", {"x": {}}, queue="mail")


def test_a_job_is_claimed_by_one():
    job = owe("tests/note", "greet:1")

    first, second = Job.objects.claim(job.pk), Job.objects.claim(job.pk)

    assert first.attempts == 1
    assert second is None


def careless_claim(job: Job) -> bool:
    """The control twin: looks first and writes afterwards, as one would without compare-and-set."""
    if job.state != Job.State.WAITING:
        return False
    owner = "00000000-0000-0000-0000-000000000001"
    values = {"state": "running", "lease_owner": owner, "lease_until": Now()}
    Job.objects.filter(pk=job.pk).update(attempts=F("attempts") + 1, **values)
    return True


def test_without_compare_and_set_two_would_claim_the_same_job():
    job = owe("tests/note", "greet:1")
    seen_by_one, seen_by_other = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)

    claimed = [careless_claim(seen_by_one), careless_claim(seen_by_other)]

    assert claimed == [True, True]


def test_a_job_for_later_is_not_claimed(time_passes):
    job = owe("tests/note", "greet:1")
    Job.objects.update(next_attempt_at="2100-01-01T00:00Z")

    assert Job.objects.claim(job.pk) is None
    time_passes()
    assert Job.objects.claim(job.pk).pk == job.pk


def test_a_late_writer_is_refused(time_passes):
    job = owe("tests/note", "greet:1")
    late = Job.objects.claim(job.pk)
    time_passes()
    heir = Job.objects.claim(job.pk)

    for write in (late.finish, late.renew, lambda: late.fail("x"), lambda: late.give_up("x")):
        with pytest.raises(LeaseLost):
            write()
    heir.finish()

    assert Job.objects.get().state == "done"


def test_without_the_lease_a_late_writer_would_overwrite(time_passes):
    job = owe("tests/note", "greet:1")
    late = Job.objects.claim(job.pk)
    time_passes()
    heir = Job.objects.claim(job.pk)

    ended = {"lease_owner": None, "lease_until": None, "finished_at": Now()}
    assert Job.objects.filter(pk=late.pk).update(state="failed", **ended) == 1  # no lease asked

    with pytest.raises(LeaseLost):
        heir.finish()


def test_a_renewed_lease_lasts_longer(settings):
    job = Job.objects.claim(owe("tests/note", "greet:1").pk)
    settings.JOBS_LEASE_SECONDS = 1000

    job.renew()

    assert Job.objects.get().lease_until > job.lease_until


def test_attempts_come_later_and_later(settings, time_passes):
    settings.JOBS_BACK_OFF_SECONDS = [10, 100]
    job = owe("tests/note", "greet:1")
    waits = []

    for _ in range(3):
        Job.objects.claim(job.pk).fail("no")
        wait = Job.objects.annotate(wait=F("next_attempt_at") - Now()).get().wait
        waits.append(round(wait.total_seconds(), -1))
        time_passes()

    assert waits == [10, 100, 100]


def test_the_last_attempt_gives_up_visibly(time_passes):
    job = owe("tests/note", "greet:1", max_attempts=2)

    for _ in range(2):
        Job.objects.claim(job.pk).fail("no")
        time_passes()

    failed = Job.objects.failed().get()
    assert failed.last_error == "no"
    assert failed.finished_at
    assert Job.objects.claim(job.pk) is None


def test_staff_may_ask_for_a_failed_job_again(django_capture_on_commit_callbacks):
    job = owe("tests/note", "greet:1", max_attempts=1)
    Job.objects.claim(job.pk).fail("no")

    with django_capture_on_commit_callbacks() as rings:
        assert job.retry()

    again = Job.objects.owed().get()
    assert again.attempts == 0
    assert again.last_error == "no"
    assert len(rings) == 1


def test_what_has_not_failed_is_not_asked_for_again():
    job = owe("tests/note", "greet:1")

    assert not job.retry()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "running"},
        {"state": "done"},
        {"state": "lost"},
        {"queue": "other"},
        {"attempts": 6},
        {"dedupe_key": ""},
        {"lease_until": "2030-01-01T00:00Z"},
    ],
)
def test_the_database_refuses_impossible_jobs(wrong):
    owe("tests/note", "greet:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**wrong)
