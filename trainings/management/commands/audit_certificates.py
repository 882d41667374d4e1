from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainings.auditing import findings, repair


class Command(BaseCommand):
    help = "Compares every stored certificate with its hash; status 1 when something is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="make again what is missing or damaged"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = left = 0
        for finding in findings():
            found += 1
            right, said = repair(finding) if options["repair"] else (False, "")
            left += not right
            self.stdout.write(": ".join(filter(None, [finding.what, finding.wrong, said])))
        if left:
            raise CommandError(f"{left} of {found} found wrong need somebody.")
        self.stdout.write(f"{found} repaired." if found else "Every certificate is as it was made.")
