"""The centre's real past: as it is known, and no more."""

import csv
from datetime import date

import pytest
from django.core.management import call_command

from tests import make
from trainings.history import FACTS, load_history
from trainings.models import Application, Training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _facts():
    call_command("load_countries")
    for number in range(24):
        make.objective(number)


def rows() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def event(title: str) -> Training:
    return Training.objects.get(title_en=title)


def test_every_event_of_the_reference_is_loaded_as_a_past_one():
    assert load_history() == len(rows()) == 13

    assert Training.objects.past().count() == 13
    assert set(Training.objects.values_list("is_historic", "is_demo", "status")) == {
        (True, False, "published")
    }
    assert sorted(Training.objects.values_list("title_en", flat=True)) == sorted(
        row["title_en"] for row in rows()
    )


def test_loading_twice_is_harmless_and_keeps_what_staff_corrected():
    load_history()
    training = event("Migration School - 4")
    training.venue = training.venue_en = "Main hall"
    training.save()

    assert load_history() == 0

    assert Training.objects.count() == 13
    assert event("Migration School - 4").venue_en == "Main hall"


def test_dates_are_as_exact_as_they_are_known():
    load_history()

    exact = event("Key concepts and trends in the sphere of migration")
    school = event("Migration School - 4")
    law = event("International migration law")
    assert (exact.starts_on, exact.ends_on, exact.date_precision) == (
        date(2021, 5, 25),
        date(2021, 5, 27),
        "day",
    )
    assert (school.starts_on, school.ends_on, school.date_precision) == (
        date(2022, 1, 1),
        date(2022, 7, 31),
        "month",
    )
    assert (law.starts_on, law.ends_on, law.date_precision) == (
        date(2022, 3, 1),
        date(2022, 3, 31),
        "month",
    )


def test_days_that_are_not_public_are_not_shown(client):
    load_history()

    page = client.get(event("International migration law").get_absolute_url()).content.decode()

    assert "2022-03-01" not in page
    assert "31" not in page.split("<h1>")[1].split("<footer")[0]


def test_meetings_and_consultations_never_count_as_trainings():
    load_history()

    counted = Training.objects.counted()

    assert set(counted.values_list("kind", flat=True)) == {
        "training",
        "training_of_trainers",
        "roll_out",
        "workshop",
    }
    talk = {"meeting", "consultation", "study_visit", "awareness_event"}
    expected = [row for row in rows() if row["kind"] not in talk]
    assert counted.count() == len(expected) == 7


def test_unknown_head_counts_stay_unknown():
    load_history()

    known = dict(
        Training.objects.exclude(reported_persons=None).values_list("title_en", "reported_persons")
    )

    assert known == {"Migration School - 4": 20}


def test_countries_and_objectives_are_those_of_the_reference():
    load_history()

    for row in rows():
        training = event(row["title_en"])
        countries = training.participating_countries.values_list("pk", flat=True)
        assert set(countries) == {code for code in row["countries"].split(";") if code}
        numbers = row["objectives"].replace("general", "0").split(";")
        assert training.objective_numbers == sorted(int(number) for number in numbers if number)


def test_every_title_is_known_in_three_languages():
    load_history()

    for training in Training.objects.all():
        titles = [training.title_az, training.title_en, training.title_ru]
        assert all(titles)
        assert len(set(titles)) == 3


def test_nobody_invented_takes_part_in_a_real_event():
    load_history()

    assert not Application.objects.filter(training__is_historic=True).exists()
    assert all(training.why_closed() for training in Training.objects.all())


def test_the_command_says_what_it_added(capsys):
    call_command("load_history")
    call_command("load_history")

    said = capsys.readouterr().out
    assert "13 past events added." in said
    assert "0 past events added." in said
