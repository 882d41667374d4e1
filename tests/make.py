"""Builders of test data: plain functions with dull defaults.

Every app adds its own; each returns a saved row, and every default can be overridden.
"""

import datetime
import itertools
import time
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from curriculum.models import Edition, Module, Objective, Principle
from experts.models import DEFAULT_VISIBILITY, Expert
from library.models import File, Item
from rtcm.accounts.models import Country, Institution, Person, PersonEmail, User
from rtcm.accounts.roles import sync_roles
from rtcm.jobs.sealing import seal
from trainings import certificates
from trainings.models import Application, Certificate, Session, Training

NUMBERS = itertools.count(1)
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


def totp_code(secret: str = TOTP_SECRET) -> str:
    """What the authenticator app shows now."""
    now = int(time.time()) // 30
    return format_hotp_value(hotp_value(secret, now))


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
        user=owner, type=Authenticator.Type.TOTP, data={"secret": seal(TOTP_SECRET)}
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


def training(
    title: str = "",
    seats: int | None = None,
    in_days: int = 30,
    objectives: Iterable[int] = (),
    **fields: Any,
) -> Training:
    """Published and open; it starts `in_days` days from now (in the past when negative)."""
    number = next(NUMBERS)
    start = fields.pop("starts_on", timezone.localdate() + datetime.timedelta(days=in_days))
    dull = {"slug": f"training-{number}", "status": "published", "capacity": seats}
    dull |= {"starts_on": start, "ends_on": start} | in_all(title=title or f"Training {number}")
    relations = {name: fields.pop(name, ()) for name in ("modules", "trainers")}
    countries = fields.pop("countries", ())
    made = Training.objects.create(**(dull | fields))
    made.extra_objectives.set([objective(n) for n in objectives])
    made.participating_countries.set([country(code) for code in countries])
    for name, rows in relations.items():
        getattr(made, name).set(rows)
    return made


def session(within: Training | None = None, **fields: Any) -> Session:
    """From 10 to 12 on the first day of its training."""
    within = within or training()
    dull = {"on": within.starts_on, "starts": datetime.time(10), "ends": datetime.time(12)}
    dull |= in_all(title=f"Session {next(NUMBERS)}")
    return Session.objects.create(training=within, **(dull | fields))


def application(
    within: Training | None = None,
    of: Person | None = None,
    state: str = "submitted",
    **fields: Any,
) -> Application:
    """A row as if it had got that far, with the next seat where its state has one; no letter."""
    within = within or training()
    if state in Application.SEATED:
        fields.setdefault("seat_number", within.applications.seated().count() + 1)
    if state == "offered":
        fields.setdefault("offered_until", timezone.now() + datetime.timedelta(days=7))
    dull = {"training": within, "person": of or person(), "state": state}
    return Application.objects.create(**(dull | fields))


def certificate(of: Application | None = None, **fields: Any) -> Certificate:
    """Issued to somebody who attended; any column can be overridden afterwards."""
    of = of or application(training(in_days=-10), state="attended")
    made = certificates.issue(of, by=None)
    Certificate.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def expert(
    known: Person | str = "",
    objectives: Iterable[int] = (11,),
    languages: Iterable[str] = ("en",),
    published: bool = False,
    visibility: dict[str, str] | None = None,
    **fields: Any,
) -> Expert:
    """Of a person, or of a new one with this name; speaks and trains in every language given."""
    someone = known if isinstance(known, Person) else person(known)
    made = Expert.objects.all().start(someone)
    countries = fields.pop("countries", ())
    for name, value in (in_all(headline=f"Expert {made.slug}") | fields).items():
        setattr(made, name, value)
    made.visibility = DEFAULT_VISIBILITY | (visibility or {})
    made.save()
    made.countries.set([country(code) for code in countries])
    for number in objectives:
        made.areas.create(objective=objective(number))
    for code in languages:
        made.languages.create(code=code, level="C1", can_train=True)
    if published:
        made.publish(by=None)
    return made
