from typing import Any

from django.core.management.base import BaseCommand

from curriculum.compact import load_gcm


class Command(BaseCommand):
    help = "Load the Compact's objectives and principles; staff edits are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_gcm()} objectives and principles written.")
