"""Builders of test data: plain functions with dull defaults.

Every app adds its own; each returns a saved row, and every default can be overridden.
"""

import itertools
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from rtcm.accounts.models import Country, Institution, Person, PersonEmail, User
from rtcm.accounts.roles import sync_roles

NUMBERS = itertools.count(1)


def country(iso2: str = "AZ", **fields: Any) -> Country:
    names = {"name_en": f"Country {iso2}", "name_az": f"Ölkə {iso2}", "name_ru": f"Страна {iso2}"}
    return Country.objects.get_or_create(iso2=iso2, defaults=names | fields)[0]


def institution(**fields: Any) -> Institution:
    name = fields.pop("name", None) or f"Institution {next(NUMBERS)}"
    names = {"name_en": name, "name_az": name, "name_ru": name}
    fields.setdefault("kind", Institution.Kind.MIGRATION_AGENCY)
    return Institution.objects.create(**(names | fields))


def person(name: str = "", email: str = "", **fields: Any) -> Person:
    """With an address of their own, verified, when one is given."""
    made = Person.objects.create(
        full_name=name or f"Person {next(NUMBERS)}", **({"language": "en"} | fields)
    )
    if email:
        PersonEmail.objects.create(person=made, email=email, verified_at=timezone.now())
    return made


def user(email: str = "", role: str = "", **fields: Any) -> User:
    """Verified, password "demo"; with a role (a group of settings.ROLES) also staff."""
    email = email or f"user{next(NUMBERS)}@example.org"
    password = fields.pop("password", "demo")
    made = User.objects.create_user(
        email, password, **({"language": "en", "is_staff": bool(role)} | fields)
    )
    made.emailaddress_set.create(email=email, verified=True, primary=True)
    if role:
        sync_roles()
        made.groups.add(Group.objects.get(name=role))
    return made


def member(name: str, role: str = "", **fields: Any) -> User:
    """A user with a person of the same address: name@example.org."""
    email = f"{name.split()[0].lower()}@example.org"
    fields.setdefault("certificate_name", name)
    return user(email, role, person=person(name, email, **fields))
