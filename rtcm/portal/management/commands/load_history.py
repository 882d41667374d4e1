from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from rtcm.portal.figures import recount
from rtcm.portal.published import load_published
from trainings.history import load_history


class Command(BaseCommand):
    help = "Load the centre's past events and published figures (harmless twice)."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        added = load_history()
        load_published()
        recount()
        self.stdout.write(f"{added} past events added.")
