"""Staff roles: groups that hold exactly the permissions settings.ROLES gives them."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission


class UnknownPermission(Exception):  # noqa: N818 - what happened, not an error of ours
    """settings.ROLES names a permission that no model has."""


def sync_roles() -> dict[str, int]:
    """Makes every role's group hold what is written, no more and no less; harmless twice."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    return {role: _sync(role, names, known) for role, names in settings.ROLES.items()}


def _sync(role: str, names: list[str], known: dict[str, Permission]) -> int:
    missing = sorted(set(names) - set(known))
    if missing:
        raise UnknownPermission(f"{role}: {', '.join(missing)}")
    group, _ = Group.objects.get_or_create(name=role)
    group.permissions.set([known[name] for name in names])
    return len(names)
