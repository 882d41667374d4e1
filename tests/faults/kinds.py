"""What performs the test's own kinds of job, inside the real workers."""

import os
import signal
import time
from pathlib import Path

from rtcm.jobs.models import Job


def make_file(job: Job) -> None:
    """Takes a moment, then puts a whole file in its place, as the certificates do."""
    target = Path(job.payload["path"])
    half = target.with_suffix(f".{os.getpid()}.half")
    half.write_text(job.dedupe_key)
    time.sleep(job.payload["seconds"])
    job.renew()  # who comes late stops here
    half.rename(target)


def nothing(job: Job) -> None:
    """Done as soon as it is begun."""


def poison(job: Job) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
