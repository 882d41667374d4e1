"""How far the documents of one training's certificates are, and what stands in their way."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Concat, Now

from rtcm.jobs.models import Job
from trainings.models import Certificate, Training

State = Job.State
GLANCE = timedelta(minutes=1)  # the rate is that of the last minute


@dataclass(frozen=True)
class Progress:
    """Documents made, waiting and failed; `rate` per minute, `minutes` that are left to go."""

    done: int
    waiting: int
    failed: int
    rate: int

    @property
    def whole(self) -> int:
        return self.done + self.waiting + self.failed

    @property
    def minutes(self) -> int | None:
        """Rounded up; None while nobody can tell."""
        return -(-self.waiting // self.rate) if self.waiting and self.rate else None


def jobs_of(training: Training) -> QuerySet[Job]:
    numbers = Certificate.objects.filter(application__training=training).values(
        key=Concat(Value("certificate:"), "number")
    )
    return Job.objects.filter(kind="certificate", dedupe_key__in=numbers)


def progress(training: Training) -> Progress:
    lately = Q(finished_at__gte=Now() - GLANCE)
    found: dict[str, Any] = jobs_of(training).aggregate(
        done=Count("pk", filter=Q(state=State.DONE)),
        waiting=Count("pk", filter=Q(state__in=[State.WAITING, State.RUNNING])),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        lately=Count("pk", filter=Q(state=State.DONE) & lately),
        first=Min("finished_at", filter=lately),
        last=Max("finished_at", filter=lately),
    )
    seconds = (found["last"] - found["first"]).total_seconds() if found["lately"] > 1 else 0
    rate = round((found["lately"] - 1) * 60 / seconds) if seconds else found["lately"]
    return Progress(found["done"], found["waiting"], found["failed"], rate)


def retry(training: Training) -> int:
    """Owes again what failed; returns how many."""
    failed = jobs_of(training).filter(state=State.FAILED)
    return sum(job.retry() for job in failed.order_by("pk"))


def failures(training: Training, at_most: int = 50) -> list[dict[str, Any]]:
    """What failed: the job, its certificate and the reason."""
    jobs = list(jobs_of(training).filter(state=State.FAILED).order_by("pk")[:at_most])
    certificates = Certificate.objects.in_bulk([job.payload["certificate"] for job in jobs])
    return [{"job": job, "certificate": certificates[job.payload["certificate"]]} for job in jobs]
