import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection

from rtcm.jobs.reconciling import reconcile

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sees to what is owed, every RTCM_RECONCILE_SECONDS seconds; --once for one round."
    requires_system_checks = ()  # some of them ask the database, which may be away

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then exit")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            reconcile()
            return
        asked_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_stop.set())
        while not asked_to_stop.is_set():
            self.round()
            asked_to_stop.wait(settings.RECONCILE_SECONDS)

    def round(self) -> None:
        """PostgreSQL may be away: say so, drop the dead connection, come back next time."""
        try:
            reconcile()
        except (DatabaseError, InterfaceError) as error:
            logger.error("This round failed: %s", error)
            connection.close()
