"""Asks the rows what is owed and sees to it, whatever Redis has forgotten.

Every half minute; harmless twice, because an advisory lock lets one round run at a time and
because every step could be repeated.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from rtcm.jobs.models import Job, Message
from rtcm.jobs.ring import breaker, depth, ring

logger = logging.getLogger(__name__)

ADVISORY_LOCK = 7_282_001  # any number, as long as nobody else in this database uses it
FULL_ROUND = 1000  # ids rung per queue and round when its workers have little to do
BUSY_ROUND = 50  # and when they are busy: the ids are most likely in Redis already
BUSY = 100


def reconcile() -> bool:
    """One round. False when another reconciler is at it."""
    with only_one() as alone:
        if not alone:
            return False
        reclaim_left()
        ring_owed()
        sweep()
    return True


def reclaim_left() -> None:
    """What dead workers hold waits again, and a letter whose job gave up is shown as failed."""
    waiting, failed = Job.objects.reclaim()
    if waiting or failed:
        logger.warning("Left by dead workers: %s wait again, %s failed.", waiting, failed)
    Message.objects.settle()


@contextmanager
def only_one() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        # A connection lost on the way has given the lock back by itself.
        if alone and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def ring_owed() -> None:
    """Ring for the oldest first. A busy queue holds most ids already, so only a few are doubled."""
    breaker.note_success()  # each round may ask Redis anew
    for queue in Job.Queue.values:
        at_most = BUSY_ROUND if depth(queue) > BUSY else FULL_ROUND
        owed = Job.objects.owed().filter(queue=queue).order_by("next_attempt_at", "pk")
        for job_id in owed.values_list("pk", flat=True)[:at_most]:
            ring(job_id, queue)


def sweep() -> None:
    """What time itself makes due. One sweep that fails does not stop the others."""
    for path in settings.SWEEPS:
        try:
            import_string(path)()
        except Exception:
            logger.exception("The sweep %s failed.", path)
