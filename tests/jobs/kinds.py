"""What performs the jobs of these tests."""

from rtcm.jobs.models import GiveUp, Job

performed: list[str] = []

JOBS = {
    "mail": "rtcm.jobs.sending.send",
    "tests/note": "tests.jobs.kinds.note",
    "tests/stumble": "tests.jobs.kinds.stumble",
    "tests/hopeless": "tests.jobs.kinds.hopeless",
    "tests/lose": "tests.jobs.kinds.lose",
}


def note(job: Job) -> None:
    performed.append(job.dedupe_key)


def stumble(job: Job) -> None:
    """Fails as often as its payload says."""
    performed.append(job.dedupe_key)
    if job.attempts <= job.payload["times"]:
        raise RuntimeError("stumbled")


def hopeless(job: Job) -> None:
    performed.append(job.dedupe_key)
    raise GiveUp("no such person")


def lose(job: Job) -> None:
    """Takes so long that its lease runs out and somebody else claims the job."""
    Job.objects.filter(pk=job.pk).update(lease_until="2020-01-01T00:00Z")
    assert Job.objects.claim(job.pk)


def sweep_well() -> None:
    performed.append("swept well")


def sweep_badly() -> None:
    raise RuntimeError("badly")
