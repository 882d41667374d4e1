from typing import Any

from django.core.management.base import BaseCommand

from library.seed import load_library


class Command(BaseCommand):
    help = "Add the library's first works; needs load_gcm before it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_library()} works added.")
