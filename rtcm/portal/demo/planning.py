"""What a planned training looks like: programme, materials, travel sheets and the trail."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from experts.models import Expert
from library.models import Item
from rtcm.accounts.models import Country, Person, User
from rtcm.portal.demo.trainings import CITY, LANGUAGES, VENUE, in_each
from trainings.models import (
    Application,
    ProgrammeItem,
    Session,
    Training,
    TrainingStep,
    Transition,
    TravelSheet,
)

SLUG = "regional-school-on-legal-pathways"
STARTS_IN = 45  # days
TITLE = [
    "Regional school on legal pathways",
    "Qanuni miqrasiya yolları üzrə regional məktəb",
    "Региональная школа по законным путям миграции",
]
SUMMARY = [
    "Four days together: how people move lawfully for work, study and family.",
    "Dörd gün birlikdə: iş, təhsil və ailə üçün qanuni yolla köçmək.",
    "Четыре дня вместе: как люди законно переезжают ради работы, учёбы и семьи.",
]
MORNING = ["Morning session", "Səhər sessiyası", "Утренняя сессия"]
AFTERNOON = ["Afternoon session", "Günortadan sonrakı sessiya", "Дневная сессия"]
ROOMS = ["Caspian hall", "Xəzər zalı", "Каспийский зал"]
SPEAKERS = "Rauf Səfərli, State Migration Service; Nino Beridze, invited lawyer"
# Kind, first and last minute of the programme, title in each language.
PROGRAMMES = {
    "09:30": [
        ("opening", "09:30", "09:45", ["Welcome", "Açılış sözü", "Приветствие"]),
        (
            "lecture",
            "09:45",
            "10:45",
            [
                "What a lawful way in is",
                "Ölkəyə gəlməyin qanuni yolu nədir",
                "Что такое законный путь",
            ],
        ),
        ("break", "10:45", "11:00", ["", "", ""]),
        (
            "group_work",
            "11:00",
            "12:30",
            ["A case from each country", "Hər ölkədən bir nümunə", "По случаю из каждой страны"],
        ),
    ],
    "14:00": [
        (
            "exercise",
            "14:00",
            "15:30",
            ["Advising a family", "Ailəyə məsləhət vermək", "Консультация семьи"],
        ),
        ("break", "15:30", "15:45", ["", "", ""]),
        (
            "discussion",
            "15:45",
            "16:45",
            [
                "What we take home",
                "Evə nə aparırıq",
                "Что мы увезём с собой",
            ],
        ),
        ("closing", "16:45", "17:00", ["Close of the day", "Günün yekunu", "Итоги дня"]),
    ],
}


def load_planning(users: dict[str, User], participants: list[Person]) -> None:
    """Harmless twice: what is there already stays as it is."""
    if Training.objects.filter(slug=SLUG).exists():
        return
    training = _school(timezone.localdate() + timedelta(days=STARTS_IN))
    training.target_groups.set(_first_target_groups(training))
    training.participating_countries.set(Country.objects.partners())
    training.extra_objectives.set([5])
    for day in range(4):
        for starts, ends, title in (
            ("09:30", "12:30", MORNING),
            ("14:00", "17:00", AFTERNOON),
        ):
            _session(training, day, starts, ends, title)
    _experts(training)
    _people(training, [users["amina"].person, *participants[:11]])
    for deed in (TrainingStep.Deed.COPIED, TrainingStep.Deed.PUBLISHED):
        TrainingStep.objects.create(training=training, deed=deed, by=users["clara"])


def _school(starts_on: date) -> Training:
    return Training.objects.create(
        slug=SLUG,
        kind=Training.Kind.TRAINING,
        mode=Training.Mode.IN_PERSON,
        route=Training.Route.SELECTION,
        status=Training.Status.PUBLISHED,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=3),
        capacity=24,
        certificate_hours=24,
        working_languages=["en", "ru"],
        interpretation_languages=["az"],
        country_id="AZ",
        is_residential=True,
        needs_passport=True,
        is_demo=True,
        **in_each("title", TITLE),
        **in_each("summary", SUMMARY),
        **in_each("city", CITY),
        **in_each("venue", VENUE),
    )


def _first_target_groups(training: Training) -> Any:
    return training.target_groups.model.objects.order_by("pk")[:2]


def _session(training: Training, day: int, starts: str, ends: str, title: list[str]) -> None:
    session = Session.objects.create(
        training=training,
        on=training.starts_on + timedelta(days=day),
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        room=ROOMS[0],
        channels="1 English, 2 Русский, 3 Azərbaycanca",
        **in_each("title", title),
    )
    for kind, first, last, name in PROGRAMMES[starts]:
        ProgrammeItem.objects.create(
            session=session,
            kind=kind,
            starts=time.fromisoformat(first),
            ends=time.fromisoformat(last),
            speakers=SPEAKERS if kind == "lecture" else "",
            **{f"title_{code}": name[at] for at, code in enumerate(LANGUAGES)},
        )
    items = Item.objects.published().order_by("pk")[day * 2 : day * 2 + 2]
    for item, visibility in zip(items, ("everybody", "accepted"), strict=False):
        session.materials.create(item=item, visibility=visibility)


def _experts(training: Training) -> None:
    experts = list(Expert.objects.published().order_by("pk")[:2])
    training.trainers.set(experts)
    for session in training.sessions.all():
        session.trainers.set(experts[:1])


def _people(training: Training, people: list[Any]) -> None:
    for seat, person in enumerate(people, start=1):
        application = Application.objects.create(
            training=training,
            person=person,
            state=Application.State.CONFIRMED,
            seat_number=seat,
            language=person.language,
            country_id=person.country_id,
            institution_id=person.institution_id,
            post=person.post,
        )
        Transition.objects.create(application=application, to_state=application.state)
        if 1 < seat < 9:
            _sheet(application, seat)


def _sheet(application: Application, number: int) -> None:
    training = application.training
    TravelSheet.objects.create(
        application=application,
        arrives_on=training.starts_on - timedelta(days=1),
        arrives_at=time(12 + number),
        arrival_by=f"J2 80{number}",
        departs_on=training.ends_on + timedelta(days=1),
        departure_by=f"J2 81{number}",
        needs_visa=number % 3 == 0,
        diet="vegetarian" if number == 4 else "",
        emergency_name="Invented contact",
        emergency_phone=f"+000 00 000 00 0{number}",
    )
