"""Builders of test data: plain functions with dull defaults.

Every app adds its own; each returns a saved row, and every default can be overridden.
"""

import datetime
import itertools
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from curriculum.models import Edition, Module, Objective, Principle
from library.models import File, Item
from rtcm.accounts.models import Country, Institution, Person, PersonEmail, User
from rtcm.accounts.roles import sync_roles

NUMBERS = itertools.count(1)
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


def in_all(**texts: str) -> dict[str, str]:
    """The same text in every language: in_all(title="A") fills title_en, title_az, title_ru."""
    return {f"{name}_{code}": text for name, text in texts.items() for code in ("en", "az", "ru")}


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
    """Verified, password "demo"; a role (a group of settings.ROLES) makes staff with a factor."""
    email = email or f"user{next(NUMBERS)}@example.org"
    password = fields.pop("password", "demo")
    made = User.objects.create_user(
        email, password, **({"language": "en", "is_staff": bool(role)} | fields)
    )
    made.emailaddress_set.create(email=email, verified=True, primary=True)
    if role:
        sync_roles()
        made.groups.add(Group.objects.get(name=role))
        second_factor(made)
    return made


def second_factor(owner: User) -> Authenticator:
    """An authenticator app; its secret is TOTP_SECRET."""
    return Authenticator.objects.create(
        user=owner, type=Authenticator.Type.TOTP, data={"secret": TOTP_SECRET}
    )


def member(name: str, role: str = "", **fields: Any) -> User:
    """A user with a person of the same address: name@example.org."""
    email = f"{name.split()[0].lower()}@example.org"
    fields.setdefault("certificate_name", name)
    return user(email, role, person=person(name, email, **fields))


def objective(number: int = 11, **fields: Any) -> Objective:
    names = {"title": f"Objective {number}", "label": f"Label {number}"}
    tables = {0: None} | {n: n % 4 + 1 for n in range(1, 24)}
    defaults = in_all(**names) | {"paragraph": number + 16, "round_table": tables[number]}
    return Objective.objects.get_or_create(number=number, defaults=defaults | fields)[0]


def principle(letter: str = "a") -> Principle:
    defaults = in_all(title=f"Principle {letter}")
    return Principle.objects.get_or_create(letter=letter, defaults=defaults)[0]


def edition(in_force: bool = False, **fields: Any) -> Edition:
    number = next(NUMBERS)
    made = Edition.objects.create(
        **{"code": f"edition-{number}", **in_all(title=f"Edition {number}"), **fields}
    )
    if in_force:
        made.put_in_force(datetime.date(2026, 1, 1))
    return made


def module(
    title: str = "",
    objectives: Iterable[int] = (1,),
    secondary: Iterable[int] = (),
    published: bool = False,
    **fields: Any,
) -> Module:
    """In an edition of its own unless one is given; `published` puts that edition in force."""
    number = next(NUMBERS)
    defaults = {"code": f"T{number}", "slug": f"module-{number}", "hours": 4}
    within = fields.pop("edition", None) or edition(in_force=published)
    made = Module.objects.create(
        edition=within, **(defaults | in_all(title=title or f"Module {number}") | fields)
    )
    made.primary_objectives.set([objective(n) for n in objectives])
    made.secondary_objectives.set([objective(n) for n in secondary])
    return made


def item(
    title: str = "",
    objectives: Iterable[int] = (),
    authors: Iterable[str] = (),
    published: bool = True,
    **fields: Any,
) -> Item:
    number = next(NUMBERS)
    texts = in_all(title=title) if title else {"title_en": f"Item {number}"}
    defaults = {"slug": f"item-{number}", "type": Item.Type.REPORT, "languages": ["en"]}
    countries = fields.pop("countries", ())
    made = Item.objects.create(**(defaults | texts | fields))
    made.objectives.set([objective(n) for n in objectives])
    made.countries.set([country(code) for code in countries])
    for order, name in enumerate(authors, start=1):
        made.contributors.create(name=name, order=order)
    made.remember_names()
    if published:
        made.publish()
    return made


def file(within: Item | None = None, content: bytes = b"%PDF-1.4", name: str = "a.pdf") -> File:
    made = File(item=within or item(), name="The report", size=len(content))
    made.file.save(name, ContentFile(content))
    return made
