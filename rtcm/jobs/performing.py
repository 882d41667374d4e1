"""Does what is owed: claim, perform while the lease is kept alive, write down how it went."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.module_loading import import_string

from rtcm.jobs.models import GiveUp, Job, LeaseLost

logger = logging.getLogger(__name__)


def perform(job_id: int) -> bool:
    """Do one job if it is ours to do; False when it is finished, not due or in other hands."""
    job = Job.objects.claim(job_id)
    if job is None:
        return False
    try:
        attempt(job)
    except LeaseLost as late:
        logger.warning("%s", late)
    return True


def attempt(job: Job) -> None:
    try:
        with lease_kept_alive(job):
            performer(job.kind)(job)
    except LeaseLost:
        raise
    except GiveUp as reason:
        logger.error("Job %s (%s) gave up.", job.pk, job.kind)
        job.give_up(str(reason))
    except Exception as error:
        logger.warning("Job %s (%s) failed.", job.pk, job.kind, exc_info=True)
        job.fail(f"{type(error).__name__}: {error}")
    else:
        job.finish()


def performer(kind: str) -> Callable[[Job], None]:
    """Looked up at the last moment: an older worker may meet a kind that it does not know yet."""
    return import_string(settings.JOBS[kind])


def perform_owed(queue: str = "") -> int:
    """Do all that is due now, here, without Redis; returns how many."""
    done = 0
    while job_ids := list(owed_ids(queue)):
        done += sum(perform(job_id) for job_id in job_ids)
    return done


def owed_ids(queue: str, at_most: int = 100) -> Iterator[int]:
    owed = Job.objects.owed()
    if queue:
        owed = owed.filter(queue=queue)
    return owed.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:at_most].iterator()


@contextmanager
def lease_kept_alive(job: Job) -> Iterator[None]:
    """Renew from a thread of its own, so that a lease may be short and a job long."""
    over = threading.Event()
    thread = threading.Thread(target=keep_alive, args=[job, over], daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def keep_alive(job: Job, over: threading.Event) -> None:
    """Short jobs end before the first renewal and cost no second database connection."""
    try:
        while not over.wait(settings.JOBS_LEASE_SECONDS / 3):
            try:
                job.renew()
            except LeaseLost:
                return
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The lease of job %s was not renewed: %s", job.pk, error)
                connection.close()
    finally:
        connection.close()
