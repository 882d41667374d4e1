"""What is owed: one row per thing that must happen outside the database.

The row is written in the transaction of the fact that owes it, so neither exists without the
other. Redis only carries the id of the row, and may lose it: the reconciler asks the rows.
Every time here is the database's, so that no worker's clock can steal or keep a lease.
"""

import threading
from datetime import timedelta
from functools import partial
from typing import Any, Self, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from rtcm.jobs.ring import ring

ERROR_LENGTH = 2000
BATCH = 1000
PATIENCE = 0.5  # seconds that a request waits while many are rung for
CLAIM = """
    UPDATE jobs_job
    SET state = 'running', attempts = attempts + 1,
        lease_owner = %(owner)s, lease_until = statement_timestamp() + %(lease)s
    WHERE id = %(pk)s AND attempts < max_attempts AND (
        (state = 'waiting' AND next_attempt_at <= statement_timestamp())
        OR (state = 'running' AND lease_until < statement_timestamp())
    )
    RETURNING *
"""  # one statement, because this is what a worker does most
Row = TypeVar("Row", bound=models.Model)
FREED: dict[str, Any] = {"lease_owner": None, "lease_until": None}


class GiveUp(Exception):  # noqa: N818 - a verb to raise, not an error of ours
    """Raised while performing: trying again cannot help. The job fails at once, visibly."""


class LeaseLost(Exception):  # noqa: N818 - what happened, not an error of ours
    """The lease ran out and the job belongs to somebody else: this late writer writes nothing."""


class JobQuerySet(models.QuerySet["Job"]):
    def owed(self) -> Self:
        """Waiting, and its time has come."""
        return self.filter(state=Job.State.WAITING, next_attempt_at__lte=Now())

    def stuck(self) -> Self:
        """Claimed by a worker that has not been heard of since its lease ran out."""
        return self.filter(state=Job.State.RUNNING, lease_until__lt=Now())

    def failed(self) -> Self:
        return self.filter(state=Job.State.FAILED)

    def claim(self, pk: int) -> "Job | None":
        """Take the job for one lease, or None: finished, not due, or in other hands."""
        claimed = self.raw(CLAIM, {"pk": pk, "owner": uuid4(), "lease": lease()})
        return next(iter(claimed), None)

    def reclaim(self) -> tuple[int, int]:
        """Free what dead workers hold; returns how many wait again and how many gave up.

        A job that took its worker down on its last attempt is poison: it fails where staff see it.
        """
        gave_up = self.stuck().filter(attempts__gte=F("max_attempts"))
        lost = "The worker stopped without a word, on the last attempt."
        failed = gave_up.update(state=Job.State.FAILED, finished_at=Now(), last_error=lost, **FREED)
        waiting = self.stuck().update(
            state=Job.State.WAITING,
            next_attempt_at=Now(),
            last_error="The worker stopped.",
            **FREED,
        )
        return waiting, failed


class Job(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    class Queue(models.TextChoices):
        DEFAULT = "default", _("default")
        MAIL = "mail", _("mail")
        DOCUMENTS = "documents", _("documents")

    kind = models.CharField(_("kind"), max_length=60)
    dedupe_key = models.CharField(_("dedupe key"), max_length=200, unique=True)
    payload = models.JSONField(_("payload"), default=dict, blank=True)
    queue = models.CharField(_("queue"), max_length=20, choices=Queue, default=Queue.DEFAULT)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    max_attempts = models.PositiveSmallIntegerField(_("attempts at most"), default=5)
    next_attempt_at = models.DateTimeField(_("next attempt"), db_default=Now())
    lease_until = models.DateTimeField(_("lease until"), null=True, editable=False)
    lease_owner = models.UUIDField(_("lease owner"), null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    created_at = models.DateTimeField(_("owed since"), db_default=Now(), editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("retry_job", _("Can retry failed jobs"))]
        constraints = [
            models.CheckConstraint(
                name="job_state_known",
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="job_queue_known", condition=Q(queue__in=["default", "mail", "documents"])
            ),
            models.CheckConstraint(
                name="job_leased_while_running",
                condition=Q(state="running", lease_owner__isnull=False, lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_owner__isnull=True) & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_finished_when_over",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_attempts_within_bounds",
                condition=Q(attempts__lte=F("max_attempts"), max_attempts__gte=1),
            ),
            models.CheckConstraint(name="job_has_a_key", condition=~Q(dedupe_key="")),
        ]
        indexes = [
            models.Index(
                fields=["queue", "next_attempt_at"],
                name="job_owed_next",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["lease_until"], name="job_leases", condition=Q(state="running")),
            models.Index(fields=["-finished_at"], name="job_failures", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return self.dedupe_key

    @property
    def on_last_attempt(self) -> bool:
        return self.attempts >= self.max_attempts

    def renew(self) -> None:
        """Hold the lease for longer; a long job may also call it between its steps."""
        self._write_as_holder(lease_until=Now() + lease())

    def finish(self) -> None:
        self._write_as_holder(state=Job.State.DONE, finished_at=Now(), **FREED)

    def fail(self, error: str) -> None:
        """This attempt failed: wait for the next one, or give up after the last."""
        if self.on_last_attempt:
            self.give_up(error)
            return
        self._write_as_holder(
            state=Job.State.WAITING,
            next_attempt_at=Now() + back_off(self.attempts),
            last_error=error[:ERROR_LENGTH],
            **FREED,
        )

    def give_up(self, error: str) -> None:
        self._write_as_holder(
            state=Job.State.FAILED, finished_at=Now(), last_error=error[:ERROR_LENGTH], **FREED
        )

    def retry(self) -> bool:
        """Staff ask for a failed job once more: all its attempts are back."""
        fresh = {"attempts": 0, "next_attempt_at": Now(), "finished_at": None}
        with transaction.atomic():
            mine = Job.objects.failed().filter(pk=self.pk)
            again = mine.update(state=Job.State.WAITING, **fresh)
            if again:
                transaction.on_commit(partial(ring, self.pk, self.queue), robust=True)
        return bool(again)

    def _write_as_holder(self, **changes: Any) -> None:
        mine = Job.objects.filter(pk=self.pk, state=Job.State.RUNNING, lease_owner=self.lease_owner)
        if mine.update(**changes) != 1:
            raise LeaseLost(f"Job {self.pk} is no longer held by {self.lease_owner}.")


def owe(
    kind: str,
    dedupe_key: str,
    *,
    payload: dict[str, Any] | None = None,
    queue: str = Job.Queue.DEFAULT,
    max_attempts: int = 5,
) -> Job:
    """Owe one thing once, in the caller's transaction; the same key again gives the same row."""
    _refuse_unknown(kind)
    job = Job(
        kind=kind,
        dedupe_key=dedupe_key,
        payload=payload or {},
        queue=queue,
        max_attempts=max_attempts,
    )
    with transaction.atomic(savepoint=False):
        job = written_once(job)
        if job.state == Job.State.WAITING:
            transaction.on_commit(partial(ring, job.pk, job.queue), robust=True)
    return job


def written_once(row: Row) -> Row:
    """The row; or the earlier one, where its dedupe key was written before."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        earlier: Any = type(row)._default_manager
        return earlier.get(dedupe_key=row.dedupe_key)  # type: ignore[attr-defined]
    return row


def owe_many(kind: str, payloads: dict[str, dict[str, Any]], *, queue: str) -> None:
    """Owe one thing once for each dedupe key, with two questions for each BATCH of them."""
    _refuse_unknown(kind)
    keys = list(payloads)
    with transaction.atomic(savepoint=False):
        for start in range(0, len(keys), BATCH):
            part = keys[start : start + BATCH]
            rows = [
                Job(kind=kind, dedupe_key=key, payload=payloads[key], queue=queue) for key in part
            ]
            Job.objects.bulk_create(rows, ignore_conflicts=True)
            waiting = Job.objects.filter(dedupe_key__in=part, state=Job.State.WAITING)
            ids = list(waiting.order_by("pk").values_list("pk", flat=True))
            transaction.on_commit(partial(_ring_all, ids, queue), robust=True)


def _ring_all(ids: list[int], queue: str) -> None:
    """Nobody waits for the last of a thousand rings; those that a dying process leaves out are
    the reconciler's."""
    ringing = threading.Thread(target=lambda: [ring(pk, queue) for pk in ids], daemon=True)
    ringing.start()
    ringing.join(PATIENCE)


def _refuse_unknown(kind: str) -> None:
    if kind not in settings.JOBS:
        raise LookupError(f"Nothing performs {kind!r}: add it to settings.JOBS.")


def lease() -> timedelta:
    return timedelta(seconds=settings.JOBS_LEASE_SECONDS)


def back_off(attempts: int) -> timedelta:
    """Kept in the row, never in Redis; the last step repeats."""
    steps = settings.JOBS_BACK_OFF_SECONDS
    return timedelta(seconds=steps[min(attempts, len(steps)) - 1])
