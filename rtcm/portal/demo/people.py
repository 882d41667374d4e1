"""The demo's people: eight who can sign in, and about 250 participants of the partner countries.

Names are drawn at random from common given names and surnames; no official of any of these
countries is meant. Nobody but the eight has an e-mail address, so no letter leaves for them.
"""

import random
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from rtcm.accounts.models import Country, FocalPoint, Institution, Person, PersonEmail, User
from rtcm.accounts.roles import sync_roles
from rtcm.portal.demo.names import FEMININE_SURNAMES, NAMES, POSTS

PASSWORD = "demo"  # noqa: S105 - printed by `make demo`, refused outside it
SIGN_IN = {
    "amina": ("Amina Səfərova", "Amina Safarova", "az", ""),
    "boris": ("Борис Ткаченко", "Boris Tkachenko", "ru", ""),
    "clara": ("Clara Demirli", "Clara Demirli", "en", "coordinator"),
    "dilara": ("Dilarə Ağayeva", "Dilara Aghayeva", "az", ""),
    "emil": ("Emil Nurizadə", "Emil Nurizada", "az", ""),
    "farid": ("Fərid Qasımlı", "Farid Gasimli", "az", "administrator"),
    "gunel": ("Günel Ələkbərli", "Gunel Alakbarli", "az", "librarian"),
    "hasan": ("Həsən Turalov", "Hasan Turalov", "az", "director"),
}
COUNTRY_OF = {"boris": "UA"}


def load_institutions() -> dict[str, list[Institution]]:
    """Two invented institutions per partner country: a state body and a civil society one."""
    return {country.pk: _institutions(country) for country in Country.objects.partners()}


def _institutions(country: Any) -> list[Institution]:
    en, az, ru = country.name_en, country.name_az, country.name_ru
    agency = {
        "name_az": f"Miqrasiya Agentliyi, {az} (nümunə)",
        "name_ru": f"Миграционное агентство, {ru} (пример)",
        "kind": Institution.Kind.MIGRATION_AGENCY,
    }
    association = {
        "name_az": f"Miqrantlara Dəstək Birliyi, {az} (nümunə)",
        "name_ru": f"Ассоциация поддержки мигрантов, {ru} (пример)",
        "kind": Institution.Kind.CIVIL_SOCIETY,
    }
    named = {
        f"Migration Agency, {en} (example)": agency,
        f"Migrant Support Association, {en} (example)": association,
    }
    return [
        Institution.objects.get_or_create(
            name_en=name, is_demo=True, defaults={**rest, "country": country}
        )[0]
        for name, rest in named.items()
    ]


def load_sign_in(institutions: dict[str, list[Institution]]) -> dict[str, User]:
    """The eight people who can sign in; existing ones stay as they are."""
    sync_roles()
    return {name: _sign_in(name, institutions) for name in SIGN_IN}


def _sign_in(name: str, institutions: dict[str, list[Institution]]) -> User:
    email = f"{name}@example.org"
    known = User.objects.filter(email=email).first()
    if known:
        return known
    full_name, latin, language, role = SIGN_IN[name]
    country = COUNTRY_OF.get(name, "AZ")
    person = Person.objects.create(
        full_name=full_name,
        certificate_name=latin,
        country_id=country,
        institution=institutions[country][0],
        post=POSTS[language][0],
        language=language,
        is_demo=True,
    )
    PersonEmail.objects.create(person=person, email=email, verified_at=timezone.now())
    user: Any = User.objects.create_user(
        email, PASSWORD, person=person, language=language, is_staff=bool(role), is_demo=True
    )
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    if name == "emil":
        FocalPoint.objects.create(
            person=person, country_id=country, institution=institutions[country][0]
        )
    return user


def load_participants(
    institutions: dict[str, list[Institution]], chance: random.Random, number: int = 250
) -> list[Person]:
    """Invented participants, spread over the countries; a second call adds none."""
    existing = Person.objects.filter(is_demo=True, user=None, expert=None).order_by("pk")
    if existing.exists():
        return list(existing)
    countries = sorted(institutions)
    people = [
        _participant(countries[turn % len(countries)], institutions, chance, turn)
        for turn in range(number)
    ]
    return Person.objects.bulk_create(people)


def _participant(
    iso2: str, institutions: dict[str, list[Institution]], chance: random.Random, turn: int
) -> Person:
    sex = ("female", "male")[turn // len(institutions) % 2]
    given, surnames = NAMES[iso2][sex], NAMES[iso2]["surname"]
    name = f"{chance.choice(given)} {chance.choice(surnames)}"
    if iso2 in FEMININE_SURNAMES and sex == "female" and name[-2:] in {"ov", "ev"}:
        name += "a"
    return Person(
        full_name=name,
        certificate_name=name,
        sex=sex,
        country_id=iso2,
        institution=chance.choice(institutions[iso2]),
        post=chance.choice(POSTS["en"]),
        language="en",
        is_demo=True,
    )
