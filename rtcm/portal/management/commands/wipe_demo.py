from typing import Any

from django.core.management.base import BaseCommand

from rtcm.portal.demo.wiping import wipe
from rtcm.portal.figures import recount


class Command(BaseCommand):
    help = "Delete every invented record of the demo; real records stay."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = wipe()
        recount()
        self.stdout.write(f"The demo is gone: {gone} invented people and their records.")
