"""The doorbell: tells a worker the id of an owed job, within bounds, and never says no.

Redis may be away or hang; the user must not notice. So a publish has short timeouts and no
retries, and after three failures in a row nobody rings for a while. A lost ring costs time only:
the reconciler rings again.
"""

import logging
import os
import threading
import time
from dataclasses import dataclass, field

from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

from rtcm.celery import app

logger = logging.getLogger(__name__)

TASK = "rtcm.jobs.tasks.perform"
PATIENCE = 0.4  # seconds for each word with Redis
OPENS_AFTER = 3  # failures in a row
STAYS_OPEN = 30  # seconds


@dataclass
class Breaker:
    """Per process: after three failures in a row, do not even try for half a minute."""

    failed_in_a_row: int = 0
    closed_again_at: float = 0.0
    failures: int = 0
    unrung: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_open(self) -> bool:
        return time.monotonic() < self.closed_again_at

    def note_success(self) -> None:
        self.failed_in_a_row, self.closed_again_at = 0, 0.0

    def note_failure(self) -> None:
        with self.lock:
            self.failures += 1
            self.failed_in_a_row += 1
            if self.failed_in_a_row >= OPENS_AFTER:
                self.closed_again_at = time.monotonic() + STAYS_OPEN


breaker = Breaker()
held = threading.local()  # a kombu connection is not for sharing between threads


def ring(job_id: int, queue: str) -> bool:
    """Publish one id. False when nobody could be told; that is counted, never shown."""
    if breaker.is_open():
        breaker.unrung += 1
        return False
    try:
        publish(job_id, queue)
    except Exception as error:  # noqa: BLE001 - whatever ails Redis, the user must not hear of it
        breaker.note_failure()
        logger.warning("The ring for job %s was not heard: %s", job_id, error)
        return False
    breaker.note_success()
    return True


def publish(job_id: int, queue: str) -> None:
    """A held line may be stale since Redis restarted, so it gets one more try on a fresh one."""
    fresh = line() is None
    try:
        say(job_id, queue)
    except OperationalError as error:
        hang_up()
        if fresh or "timed out" in str(error).lower():
            raise
        say(job_id, queue)


def say(job_id: int, queue: str) -> None:
    connection = line() or dial()
    try:
        app.send_task(TASK, args=[job_id], queue=queue, connection=connection, retry=False)
    except Exception:
        hang_up()
        raise


def line() -> Connection | None:
    """This thread's open line, unless it was opened before a fork."""
    return getattr(held, "connection", None) if getattr(held, "pid", 0) == os.getpid() else None


def dial() -> Connection:
    held.pid = os.getpid()
    held.connection = Connection(
        settings.CELERY_BROKER_URL,
        connect_timeout=PATIENCE,
        transport_options={
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "retry_on_timeout": False,
            "max_retries": 0,
        },
    )
    return held.connection


def hang_up() -> None:
    connection = line()
    held.connection = None
    if connection is not None:
        connection.collect(socket_timeout=PATIENCE)


def depth(queue: str) -> int:
    """How many ids wait in Redis; 0 when it cannot be asked."""
    if breaker.is_open():
        return 0
    try:
        channel = (line() or dial()).default_channel
        return channel.client.llen(queue)  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001 - as above
        breaker.note_failure()
        logger.warning("The length of %s is unknown: %s", queue, error)
        hang_up()
        return 0
