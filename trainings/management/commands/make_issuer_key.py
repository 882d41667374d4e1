from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainings.issuer_keys import folder, make_key, retire_keys, signer

OFF = "Set CREDENTIAL_KEYS to a folder outside the project first, readable by the portal alone."
SAID = """\
New key: {path}
It signs from now on; older keys still verify. What to do now:
1. Copy the folder {folder} to where the other secrets are kept. Never put it into git or into
   the database's backup: whoever has this file can sign certificates.
2. Look at {folder} on every machine that runs web or worker processes: it must be the same.
3. Certificates issued so far: manage.py sign_credentials
4. Once nothing signs with the older keys any more: manage.py make_issuer_key --retire
"""


class Command(BaseCommand):
    help = "Makes the key that signs credentials from now on, and says what to do with it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--retire",
            action="store_true",
            help="make none: of every key but the newest leave the public half, which verifies",
        )
        parser.add_argument("--once", action="store_true", help="make none where one signs already")

    def handle(self, *args: Any, **options: Any) -> None:
        place = folder()
        if place is None:
            raise CommandError(OFF)
        if options["once"] and signer():
            return
        if options["retire"]:
            for path in retire_keys(place):
                self.stdout.write(f"Only verifies from now on: {path}")
            return
        self.stdout.write(SAID.format(path=make_key(place), folder=place))
