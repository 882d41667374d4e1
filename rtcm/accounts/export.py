"""What this app gives a person who asks for their data. The roof adds what other apps know."""

from typing import Any

from django.db.models import FileField

from rtcm.accounts.data_map import DATA_MAP
from rtcm.accounts.models import Person
from rtcm.data_map import Field


def export_person(person: Person) -> dict[str, Any]:
    user = getattr(person, "user", None)
    return {
        "person": exported(person),
        "emails": [exported(email) for email in person.emails.all()],
        "user": exported(user) if user else None,
        "focal_points": [exported(point) for point in person.focal_points.all()],
        "consents": [exported(consent) for consent in person.consents.all()],
        "data_requests": [exported(request) for request in person.data_requests.all()],
        "reads": person.reads.count(),
    }


def exported(row: Any, data_map: dict[str, dict[str, Field]] = DATA_MAP) -> dict[str, Any]:
    """The fields of a row that its room's data map exports, choices and countries by name."""
    fields = data_map[row._meta.label]
    return {name: _readable(row, name) for name, field in fields.items() if field.export}


def _readable(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    if field.many_to_many:
        return [str(related) for related in getattr(row, name).all()]
    if field.is_relation:
        related = getattr(row, name)
        return str(related) if related else None
    if isinstance(field, FileField):
        return getattr(row, name).name
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)
