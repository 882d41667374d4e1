"""The numbers an operator watches."""

from django.db.models import Count, Min, Q
from django.db.models.functions import Extract, Now

from rtcm.jobs.models.job import Job
from rtcm.jobs.models.message import Message
from rtcm.jobs.ring import breaker


def figures() -> dict[str, int]:
    """All numbers are of the whole site, except the rings, which are this process's own."""
    return {**job_figures(), **letter_figures(), **ring_figures()}


def job_figures() -> dict[str, int]:
    due = Q(state=Job.State.WAITING, next_attempt_at__lte=Now())
    stuck = Q(state=Job.State.RUNNING, lease_until__lt=Now())
    counts = Job.objects.exclude(state=Job.State.DONE).aggregate(
        jobs_waiting=Count("pk", filter=Q(state=Job.State.WAITING)),
        jobs_due=Count("pk", filter=due),
        jobs_running=Count("pk", filter=Q(state=Job.State.RUNNING)),
        jobs_stuck=Count("pk", filter=stuck),
        jobs_failed=Count("pk", filter=Q(state=Job.State.FAILED)),
        oldest_due_seconds=Extract(Now() - Min("next_attempt_at", filter=due), "epoch"),
    )
    return {name: int(count or 0) for name, count in counts.items()}


def letter_figures() -> dict[str, int]:
    unsent = Message.objects.exclude(state=Message.State.SENT)
    return unsent.aggregate(
        letters_owed=Count("pk", filter=Q(state=Message.State.OWED)),
        letters_failed=Count("pk", filter=Q(state=Message.State.FAILED)),
        letters_unknown=Count("pk", filter=Q(state=Message.State.UNKNOWN)),
    )


def ring_figures() -> dict[str, int]:
    return {
        "ring_failures": breaker.failures,
        "ring_skipped": breaker.unrung,
        "ring_circuit_open": int(breaker.is_open()),
    }
