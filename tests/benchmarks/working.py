"""What the workers do: certificates beside bare WeasyPrint, and letters into a local mailbox."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from rtcm.accounts.models import User
from rtcm.children import Guard, bound
from rtcm.jobs.letters import write_letter
from rtcm.jobs.models import Job, Message
from tests.benchmarks.ground import Process, say, wait_until
from tests.benchmarks.scales import Scale
from trainings import certificates
from trainings.certificate_pdf import html
from trainings.models import Application, Certificate

PROCESSES = 2  # on the same two cores, with our pipeline and without
WARM = 5  # documents for each process before the clock starts
SHARE = 0.85
LETTERS_PER_SECOND = 200


class Worker(Process):
    def __init__(self, queue: str, processes: int, folder: Path, guard: Guard) -> None:
        words = ["celery", "-A", "rtcm", "worker", "-Q", queue, "-c", str(processes), "-n", queue]
        super().__init__(f"worker-{queue}", words, folder, guard)


def documents(scale: Scale, folder: Path, guard: Guard) -> dict[str, Any]:
    """Issue first, then let the workers begin; each job's end is in its row."""
    issued = issue(scale.documents)
    worker = Worker("documents", PROCESSES, folder, guard)
    jobs = Job.objects.filter(kind="certificate")
    memory = []
    for share in (0.1, 0.5, 1):
        goal = int(len(issued) * share)
        wait_until(lambda goal=goal: ended(jobs) >= goal, 60 + goal, "The certificates")
        memory.append(round(worker.memory(), 1))
    worker.stop()
    ours, bare = rate(jobs), bare_rate(issued, folder)
    report = {
        "certificates": len(issued),
        "per_second": ours,
        "bare_per_second": bare,
        "share": round(ours / bare, 3),
        "memory_mb": memory,
        "undone": jobs.exclude(state=Job.State.DONE).count(),
        "letters_owed": Message.objects.filter(kind="trainings/certificate").count(),
        "within": ours / bare >= SHARE,
    }
    say(f"  certificates: {report}")
    return report


def issue(count: int) -> list[Certificate]:
    """To people who attended and have none yet, as the desk does."""
    coordinator = User.objects.order_by("pk").first()
    without = Application.objects.filter(state=Application.State.ATTENDED, certificates=None)
    rows = without.select_related("person", "training__country").order_by("-pk")[:count]
    return [certificates.issue(row, by=coordinator) for row in rows]


def ended(jobs: Any) -> int:
    return jobs.filter(state__in=[Job.State.DONE, Job.State.FAILED]).count()


def rate(jobs: Any) -> float:
    """Per second, from the moment when the first few were done: starting up is not counted."""
    ends = list(
        jobs.filter(finished_at__isnull=False)
        .order_by("finished_at")
        .values_list("finished_at", flat=True)
    )
    return per_second(ends[WARM * PROCESSES :])


def per_second(ends: list[datetime]) -> float:
    if len(ends) < 2:
        return 0.0
    return round((len(ends) - 1) / (ends[-1] - ends[0]).total_seconds(), 2)


def bare_rate(issued: list[Certificate], folder: Path) -> float:
    """The same HTML, rendered and thrown away by as many processes as the worker had."""
    runs = []
    for part in range(PROCESSES):
        path = folder / f"pages-{part}.jsonl"
        rows = [json.dumps([c.number, html(c)]) for c in issued[part::PROCESSES]]
        path.write_text("\n".join(rows))
        words = [sys.executable, "-m", "tests.benchmarks.bare_pdf", str(path), str(WARM)]
        runs.append(subprocess.Popen(bound(words), stdout=subprocess.PIPE, text=True))
    seconds = [float(run.communicate(timeout=60 + len(issued))[0]) for run in runs]
    return round((len(issued) - WARM * PROCESSES) / max(seconds), 2)


def letters(scale: Scale, folder: Path, guard: Guard) -> dict[str, Any]:
    """By one worker process, over the real path: claim, hand over, write down."""
    for number in range(scale.letters):
        write_one(number)
    waiting = Message.objects.owed().count()
    with mailbox() as took:
        worker = Worker("mail", 1, folder, guard)
        wait_until(lambda: not Message.objects.owed(), 60 + waiting / 20, "The letters", 1)
        memory = worker.memory()
        worker.stop()
    sent = Message.objects.filter(state=Message.State.SENT).order_by("sent_at")
    speed = per_second(list(sent.values_list("sent_at", flat=True)))
    report = {
        "letters": waiting,
        "per_second": speed,
        "memory_mb": round(memory, 1),
        "taken_by_the_server": took["letters"],
        "twice": took["letters"] - took["different"],
        "within": speed >= LETTERS_PER_SECOND and took["letters"] == took["different"] == waiting,
    }
    say(f"  letters: {report}")
    return report


def write_one(number: int) -> None:
    words = {"name": "Amina", "training": "A training", "number": str(number), "code": "A-B-C"}
    write_letter(
        "trainings/certificate",
        to=f"person{number}@example.org",
        language="az",
        context=words | {"url": "http://localhost/", "check_url": "http://localhost/"},
        dedupe_key=f"benchmark:{number}",
    )


@contextmanager
def mailbox() -> Iterator[dict[str, int]]:
    """A mail server in a process of its own; at the end it says what it took."""
    words = [sys.executable, "-m", "tests.smtp_sink", str(settings.EMAIL_PORT)]
    took: dict[str, int] = {}
    sink = subprocess.Popen(bound(words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: listens(settings.EMAIL_PORT), 20, "The mail server")
        yield took
        letters_, different = sink.communicate("", timeout=60)[0].split()
        took |= {"letters": int(letters_), "different": int(different)}
    finally:
        sink.kill()
        sink.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((settings.EMAIL_HOST, port)) == 0
