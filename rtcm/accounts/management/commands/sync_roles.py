from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rtcm.accounts.roles import UnknownPermission, sync_roles


class Command(BaseCommand):
    help = "Gives every staff group exactly the permissions of settings.ROLES. Harmless twice."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = sync_roles()
        except UnknownPermission as problem:
            raise CommandError(f"settings.ROLES names unknown permissions: {problem}") from None
        for role, count in counts.items():
            self.stdout.write(f"{role}: {count} permissions")
