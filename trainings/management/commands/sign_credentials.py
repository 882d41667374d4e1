from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainings.credentials import forget_signatures, owe_signatures
from trainings.issuer_keys import signer


class Command(BaseCommand):
    help = "Lets workers sign what was issued before there was a key. Harmless twice."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--instead-of",
            metavar="KEY",
            help="sign anew what this key has signed: it was stolen and is out of the folder",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key, stolen = signer(), options["instead_of"]
        if key is None:
            raise CommandError("There is no key to sign with: see manage.py make_issuer_key.")
        if stolen == key.id:
            raise CommandError("This is the key that signs. Make a new one first.")
        if stolen:
            self.stdout.write(f"{forget_signatures(stolen)} credentials forgotten.")
        self.stdout.write(f"{owe_signatures(key)} credentials owed; workers sign them.")
