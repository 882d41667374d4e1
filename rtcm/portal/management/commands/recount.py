from typing import Any

from django.core.management.base import BaseCommand

from rtcm.portal.figures import recount


class Command(BaseCommand):
    help = "Count all figures now instead of at the next round of the reconciler."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(recount()))
