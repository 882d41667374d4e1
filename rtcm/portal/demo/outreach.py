"""The demo's cascade, interpreters, official letters and alumni; rows only, no letter is owed.

What is written here hangs on the demo's trainings and people and goes with them.
"""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from library.models import Item
from rtcm.accounts.models import Person
from trainings import alumni, certificates, official
from trainings.models import (
    Application,
    Booking,
    Call,
    CallAnswer,
    Certificate,
    Interpreter,
    Mentorship,
    ReachedGroup,
    RollOut,
    SessionMaterial,
    Training,
)

SOURCE = "training-of-trainers-migration-basics"
INTERPRETED = "humanitarian-border-management"
CALLED = "training-of-trainers-regional-curriculum"
# Days ago, women and men of agencies, women and men of civil society, checked.
ROLL_OUTS = [
    (190, 14, 11, 6, 0, True),
    (160, 9, 12, 3, 2, True),
    (120, 16, 9, 7, 5, True),
    (95, 8, 13, 0, 0, True),
    (60, 2, 1, 0, 0, True),
    (40, 11, 9, 8, 6, True),
    (30, 7, 10, 0, 5, True),
    (20, 12, 10, 4, 3, False),
]
TOWNS = {
    "AZ": "Gəncə", "BY": "Brest", "GE": "Kutaisi", "IR": "Tabriz", "KG": "Osh", "KZ": "Shymkent",
    "MD": "Bălți", "RU": "Kazan", "TJ": "Khujand", "TM": "Mary", "TR": "Van", "UA": "Lviv",
    "UZ": "Samarkand",
}  # fmt: skip
INTERPRETERS = {
    "Ilaha Mursalova (example)": [("az", "en"), ("az", "ru")],
    "Viktor Belov (example)": [("en", "ru")],
    "Ketevan Lortkipanidze (example)": [("en", "ka"), ("ka", "ru")],
}
UNDERSTOOD = [["en", "ru"], ["en"], ["ru", "az"], ["az"], ["ka", "ru"], ["ka"]]
LETTERS = uuid.UUID("5a1f0f3e-6a0e-4d53-9b59-0d6a1c0f2026")


def load_outreach(users: dict[str, Any]) -> None:
    """Adds what is missing; a second call changes nothing."""
    source = Training.objects.get(slug=SOURCE)
    if source.roll_outs.exists():
        return
    graduates = _graduate(source)
    for fact, certificate in zip(ROLL_OUTS, graduates * 2, strict=False):
        _roll_out(source, certificate.application, fact, users)
    _pack(source)
    _interpretation(users["clara"])
    _letters(users["clara"])
    _alumni(source, users)


def _graduate(source: Training) -> list[Certificate]:
    """Trainer certificates for seven of them, Amina first."""
    attended = source.applications.filter(state=Application.State.ATTENDED)
    people = attended.select_related("person__user", "training__country").order_by("pk")
    known = [row for row in people if hasattr(row.person, "user")]
    chosen = sorted(known, key=lambda row: row.person.user.email)
    chosen += [row for row in people if not hasattr(row.person, "user")][:5]
    return [certificates.issue(row, by=None, tier=Certificate.Tier.TRAINER) for row in chosen]


def _roll_out(source: Training, by: Application, fact: Any, users: dict[str, Any]) -> None:
    days, *people, is_checked = fact
    city = TOWNS.get(by.country_id or "", "")
    on = timezone.localdate() - datetime.timedelta(days=days)
    training = Training.objects.create(
        slug=f"{source.slug}-{days}",
        kind=Training.Kind.ROLL_OUT,
        level=Training.Level.NATIONAL,
        status=Training.Status.PUBLISHED if is_checked else Training.Status.DRAFT,
        rolled_out_from=source,
        starts_on=on,
        ends_on=on,
        country=by.country,
        is_demo=True,
        **{f"city_{code}": city for code, _name in settings.LANGUAGES},
        **_titles(source),
    )
    training.modules.set(source.modules.all())
    if by.country:
        training.participating_countries.set([by.country])
    RollOut.objects.create(
        training=training,
        held_by=by.person,
        logged_by=getattr(by.person, "user", None) or users["emil"],
        hours=Decimal(4),
        state=RollOut.State.CHECKED if is_checked else RollOut.State.LOGGED,
        decided_by=users["clara"] if is_checked else None,
        decided_at=timezone.now() if is_checked else None,
    )
    kinds = ["migration_agency", "migration_agency", "civil_society", "civil_society"]
    ReachedGroup.objects.bulk_create(
        ReachedGroup(training=training, institution_kind=kind, sex=sex, persons=persons)
        for kind, sex, persons in zip(kinds, ["female", "male"] * 2, people, strict=True)
        if persons
    )


def _titles(source: Training) -> dict[str, str]:
    titles = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            title = translation.gettext("Roll-out: %(title)s") % {"title": source.title}
        titles[f"title_{code}"] = title
    return titles


def _pack(source: Training) -> None:
    session = source.sessions.earliest("pk")
    for item in Item.objects.published().order_by("pk")[:2]:
        SessionMaterial.objects.create(
            session=session, item=item, visibility=SessionMaterial.Visibility.TRAINERS
        )


def _interpretation(clara: Any) -> None:
    training = Training.objects.get(slug=INTERPRETED)
    for turn, row in enumerate(training.applications.filter(understands=[]).order_by("pk")):
        row.understands = UNDERSTOOD[turn % len(UNDERSTOOD)]
        row.save(update_fields=["understands"])
    for name, pairs in INTERPRETERS.items():
        interpreter = Interpreter.objects.create(name=name, is_demo=True)
        for first, second in pairs:
            interpreter.pairs.create(first=first, second=second)
    ilaha = Interpreter.objects.get(name="Ilaha Mursalova (example)", is_demo=True)
    for session in training.sessions.all():
        Booking.objects.create(
            session=session, interpreter=ilaha, first="az", second="en", booked_by=clara
        )


def _letters(clara: Any) -> None:
    """To people without an address, so that no letter by e-mail follows."""
    training = Training.objects.get(slug=INTERPRETED)
    confirmed = training.applications.filter(state=Application.State.CONFIRMED, person__emails=None)
    people = list(confirmed.select_related("person").order_by("pk")[:4])
    written = official.issue("acceptance", training, people, by=clara, batch=LETTERS)
    official.void(written[-1], by=clara, reason="The institution's name was wrong.")


def _alumni(source: Training, users: dict[str, Any]) -> None:
    amina, dilara = users["amina"].person, users["dilara"].person
    attended = Person.objects.filter(
        is_demo=True, applications__state=Application.State.ATTENDED
    ).distinct()
    others = attended.filter(user=None).order_by("pk")[:12]
    for turn, person in enumerate([dilara, *others]):
        shows = ["country", "institution", "post", "trainings"][: turn % 5]
        alumni.join(person, shows=shows, about="")
    Mentorship.objects.create(training=source, graduate=amina, mentor=dilara, by=users["clara"])
    closes = timezone.localdate() + datetime.timedelta(days=21)
    call = Call.objects.create(
        training=Training.objects.get(slug=CALLED),
        text="Two hours on the basics, in English or Russian.",
        closes_on=closes,
        opened_by=users["clara"],
    )
    CallAnswer.objects.create(call=call, person=dilara, text="Gladly, on any of the five days.")
