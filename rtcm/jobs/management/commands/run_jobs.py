from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from rtcm.jobs.models import Job
from rtcm.jobs.performing import perform_owed
from rtcm.jobs.reconciling import reclaim_left


class Command(BaseCommand):
    help = "Does all that is due now in this process, without Redis."
    requires_system_checks = ()  # some of them ask the database, which may be away

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", choices=Job.Queue.values, default="", help="only this queue")

    def handle(self, *args: Any, queue: str, **options: Any) -> None:
        reclaim_left()
        done = perform_owed(queue)
        later = Job.objects.filter(state=Job.State.WAITING).count()
        failed = Job.objects.failed().count()
        self.stdout.write(f"{done} attempted, {later} wait for later, {failed} failed.")
