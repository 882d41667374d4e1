"""An old list that waits on the demo's desk: people known under other spellings, one mistake."""

from django.core.files.base import ContentFile
from django.utils import timezone

from rtcm.accounts.models import Person, User
from rtcm.importing import bringing
from rtcm.importing.kinds import kind_called
from rtcm.importing.models import Import
from rtcm.spreadsheets import answer
from trainings.models import Training

NAME = "participants-old-register.xlsx"
HEADINGS = ("Full name", "Country", "Institution", "Sex", "Attended", "Certificate number")
NEW = [
    ("Мурадова Айгуль Сапаровна", "TM", "Migration service", "female", "1", "RTCM-031"),
    ("Bek Toktogulov", "KG", "State agency", "male", "1", "RTCM-032"),
    ("Olena Kravchuk", "Wonderland", "Border guard", "female", "1", ""),
]


def load_imports(people: list[Person], users: dict[str, User]) -> int:
    """One import by the coordinator, once; nothing of it is decided yet."""
    coordinator = users["clara"]
    past = Training.objects.filter(
        is_demo=True, ends_on__lt=timezone.localdate(), status="published"
    )
    training = past.order_by("starts_on", "pk").first()
    if training is None or Import.objects.filter(by=coordinator, name=NAME).exists():
        return 0
    there = set(training.applications.values_list("person_id", flat=True))
    known = [person for person in people if person.pk not in there][:3]
    rows = [(_otherwise(person), person.country_id, "", "", "1", "") for person in known] + NEW
    table = ContentFile(answer(NAME, HEADINGS, rows).content, name=NAME)
    bringing.upload(kind_called("participants"), table, by=coordinator, subject=training)
    return 1


def _otherwise(person: Person) -> str:
    """As an old register writes it: the surname first, in capitals."""
    first, *rest = person.full_name.split()
    return f"{' '.join(rest).upper()} {first}"
