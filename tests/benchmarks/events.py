"""The trainings of the benchmark, with their sessions and who applied for them."""

from datetime import date, time

from django.conf import settings

from tests.benchmarks.filling import (
    OWN,
    in_each,
    multiply,
    relate,
    some_country,
    some_module,
    some_text,
    without_indexes,
)
from tests.benchmarks.scales import Scale
from trainings.models import Application, Session, Training, Transition


def seats(scale: Scale) -> int:
    return scale.applications_each * 6 // 10


def trainings(scale: Scale) -> None:
    """Two in a hundred are still to come, the others lie within the last ten years."""
    count, ahead = scale.trainings, max(40, scale.trainings // 50)
    first = f"CASE WHEN i <= {ahead} THEN 20 + i % 180 ELSE -10 - i * 3600 / {count} END"
    published = {"status": Training.Status.PUBLISHED, "working_languages": ["az", "en"]}
    multiply(
        Training(capacity=seats(scale), certificate_hours=16, **published),
        count,
        some_text(scale.texts),
        slug="'training-' || i",
        search_text="t.folded_title || ' ' || i",
        kind="(ARRAY['training', 'workshop', 'roll_out', 'meeting'])[1 + i % 4]",
        mode="(ARRAY['in_person', 'online', 'hybrid'])[1 + i % 3]",
        route="(ARRAY['open', 'selection', 'nomination'])[1 + i % 3]",
        starts_on=f"CURRENT_DATE + ({first})",
        ends_on=f"CURRENT_DATE + 2 + ({first})",
        country_id=some_country(),
        **in_each(city="'Baku'", venue="'Training centre'"),
        **wording(),
    )
    sessions(count)
    relations(count, scale.experts)


def wording() -> dict[str, str]:
    columns = {"title": "t.title_en || ' ' || i"}
    for code, _name in settings.LANGUAGES:
        columns[f"title_{code}"] = f"t.title_{code} || ' ' || i"
        columns[f"summary_{code}"] = f"left(t.{code}, 200)"
        columns[f"description_{code}"] = f"t.{code} || E'\\n\\n' || u.{code}"
    return columns


def sessions(count: int) -> None:
    for place in range(3):
        multiply(
            Session(on=date(2026, 1, 1), starts=time(10), ends=time(17)),
            count,
            f"JOIN trainings_training t ON t.id = {OWN} + i",
            id=f"{OWN} + {place * count} + i",
            training_id=f"i + {OWN}",
            on=f"t.starts_on + {place}",
            **in_each(title=f"'Day {place + 1}'"),
        )


def relations(count: int, experts: int) -> None:
    key = f"i + {OWN}"
    for place in range(2):
        relate(Training.modules.through, count, key, some_module(f"i + {place}"))
        relate(Training.extra_objectives.through, count, key, f"(i * 5 + {place}) % 24")
        lecturer = f"{OWN} + 1 + (i * 2 + {place}) % {experts}"
        relate(Training.trainers.through, count, key, lecturer)
    for place in range(4):
        relate(Training.participating_countries.through, count, key, some_country(f"i + {place}"))


def applications(scale: Scale) -> None:
    """In a past training the seated attended, but for one in twelve; the rest was rejected.

    In one to come a fifth of the seats is still free.
    """
    each, all_seats = scale.applications_each, seats(scale)
    place, training = f"(i - 1) % {each}", f"{OWN} + 1 + (i - 1) / {each}"
    ahead = "t.ends_on >= CURRENT_DATE"
    seated = f"({place}) < CASE WHEN {ahead} THEN {all_seats * 8 // 10} ELSE {all_seats} END"
    absent = f"({place}) % 12 = 11"
    came = f"CASE WHEN {ahead} THEN 'confirmed' WHEN {absent} THEN 'absent' ELSE 'attended' END"
    with without_indexes(Application):
        multiply(
            Application(language="az"),
            scale.applications,
            f"JOIN trainings_training t ON t.id = {training}",
            training_id=training,
            person_id=f"{OWN} + 1 + (i - 1) % {scale.people}",
            token="gen_random_uuid()",
            state=f"CASE WHEN {seated} THEN {came} ELSE 'rejected' END",
            seat_number=f"CASE WHEN {seated} THEN ({place}) + 1 END",
            country_id=some_country(),
        )


def steps(scale: Scale) -> None:
    """One step for each application."""
    own = {"application_id": "a.id", "to_state": "a.state", "at": "a.created_at"}
    source = f"JOIN trainings_application a ON a.id = {OWN} + i"
    with without_indexes(Transition):
        multiply(Transition(), scale.applications, source, **own)
