"""The two kinds of tables of the past: trainings, and the people on their lists."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from rtcm.accounts.models import Person, PersonEmail
from rtcm.importing import bringing
from rtcm.jobs.models import Message
from tests import make
from tests.making.importing import uploaded
from trainings.models import Application, Training, Transition

pytestmark = pytest.mark.django_db
NAMES = ["Full name", "E-mail", "Country", "Institution", "Sex", "Attended", "Certificate number"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make.country("AZ", name_en="Azerbaijan", name_az="Azərbaycan", name_ru="Азербайджан")
    make.country("KZ", name_en="Kazakhstan", name_az="Qazaxıstan", name_ru="Казахстан")


@pytest.fixture
def past():
    return make.training(title="Border management", in_days=-900)


def errors(source):
    return {row.number: row.errors for row in source.rows.wrong()}


def listed(training, *rows):
    return uploaded("participants", NAMES, *rows, subject=training)


def test_a_whole_training_of_the_past():
    make.objective(11)
    module = make.module("Visas", published=True)
    whole = {
        "Title in English": "Border",
        "title_ru": "Граница",
        "First day": "13.05.2019",
        "Last day": "17.05.2019",
        "Kind of event": "Workshop",
        "Host country": "Азербайджан",
        "City in English": "Baku",
        "Participating countries": "Azərbaycan; KZ",
        "Modules": module.code,
        "Objectives": "11",
        "Head-count": 24,
        "Note for staff": "from the paper register",
    }
    with override("az"):
        source = uploaded("trainings", [*whole], [*whole.values()])

    bringing.bring_in(source, by=None)

    training = Training.objects.get()
    assert (training.starts_on, training.ends_on) == (date(2019, 5, 13), date(2019, 5, 17))
    assert (training.kind, training.level, training.status) == ("workshop", "regional", "published")
    assert (training.country_id, training.city_en, training.reported_persons) == ("AZ", "Baku", 24)
    assert (training.title_en, training.is_historic) == ("Border", True)
    assert set(training.participating_countries.values_list("pk", flat=True)) == {"AZ", "KZ"}
    assert list(training.modules.all()) == [module]
    assert training.objective_numbers == [1, 11]


@pytest.mark.parametrize(
    ("typed", "start", "end", "precision"),
    [
        ("2019-05-13", date(2019, 5, 13), date(2019, 5, 13), "day"),
        ("13/05/2019", date(2019, 5, 13), date(2019, 5, 13), "day"),
        ("05.2019", date(2019, 5, 1), date(2019, 5, 31), "month"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        (date(2019, 5, 13), date(2019, 5, 13), date(2019, 5, 13), "day"),
    ],
)
def test_dates_are_as_precise_as_they_were_written(typed, start, end, precision):
    bringing.bring_in(uploaded("trainings", ["Title", "First day"], ["A", typed]), by=None)

    training = Training.objects.get()
    assert (training.starts_on, training.ends_on, training.date_precision) == (
        start,
        end,
        precision,
    )


def test_every_mistake_of_a_training_is_a_sentence():
    heading = [
        "Title",
        "First day",
        "Last day",
        "Kind of event",
        "Country",
        "Objectives",
        "Modules",
    ]
    source = uploaded(
        "trainings",
        [*heading, "Head-count"],
        ["Right", "2019"],
        ["", "2019"],
        ["A", "31.02.2019"],
        ["A", "2019-05-03", "2019-05-01"],
        ["A", "2019-05-03", "2019"],
        ["A", "1719"],
        ["A", "2099"],
        ["A", "2019", "", "party"],
        ["A", "2019", "", "", "Atlantis", "99", "Alchemy"],
        ["A", "2019", "", "", "", "", "", "many"],
        ["Right", "2019"],
        ["x" * 201, "2019"],
    )

    assert {number: len(each) for number, each in errors(source).items()} == {
        3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 3, 11: 1, 12: 1, 13: 1,
    }  # fmt: skip
    assert errors(source)[12] == ["The same training stands further up in this table."]


def test_people_of_an_old_list_are_brought_in_without_letters(past, clara):
    source = listed(
        past,
        [
            "Əliyev Rəşad",
            "R.Aliyev@example.org",
            "Azərbaycan",
            "Old Ministry",
            "male",
            "1",
            "17",
        ],
        ["Иванова Анна", "", "KZ", "", "F", "0", ""],
    )
    bringing.bring_in(source, by=clara)

    rashad = Person.objects.get(full_name="Əliyev Rəşad")
    application = rashad.applications.get()
    assert (application.state, application.country_id, application.institution_label) == (
        "attended",
        "AZ",
        "Old Ministry",
    )
    assert rashad.address == "r.aliyev@example.org"
    step = application.transitions.get()
    assert step.reason.endswith("Certificate of the old register: 17.")
    assert step.by == clara
    assert Application.objects.get(person__full_name="Иванова Анна").state == "absent"
    assert Message.objects.count() == 0


def test_somebody_known_is_suggested_and_a_person_decides(past):
    known = make.person("Rashad Aliyev", country=make.country("AZ"))
    source = listed(past, ["Алиев Рашад", "", "Азербайджан"], ["Nigar Quliyeva"])

    row = source.rows.get(number=2)
    assert [each["person"] for each in row.suggestions] == [known.pk]
    with pytest.raises(ValidationError, match="1 row waits for your decision"):
        bringing.bring_in(source, by=None)
    bringing.decide(source, {row.pk: str(known.pk)})
    bringing.bring_in(source, by=None)

    assert known.applications.get().training == past
    assert Person.objects.count() == 2


def test_the_rest_may_be_said_to_be_new_in_one_go(past):
    make.person("Rashad Aliyev")
    source = listed(past, ["Rashad Aliyev"])

    bringing.rest_is_new(source)
    bringing.bring_in(source, by=None)

    assert Person.objects.filter(full_name="Rashad Aliyev").count() == 2


def test_an_address_that_belongs_to_somebody_is_not_given_to_somebody_new(past):
    make.person("Rashad Aliyev", "rashad@example.org")
    source = listed(past, ["Karl Marx", "rashad@example.org"])
    bringing.rest_is_new(source)

    bringing.bring_in(source, by=None)

    assert errors(source) == {2: ["The address rashad@example.org belongs to somebody already."]}
    assert not Person.objects.filter(full_name="Karl Marx").exists()


def test_nobody_stands_on_one_list_twice(past):
    known = make.person("Rashad Aliyev")
    make.application(past, known, state="attended")
    source = listed(past, ["Rashad Aliyev"], ["ALIYEV, Rashad"])

    assert errors(source) == {3: ["The same name or address stands further up in this table."]}
    bringing.decide(source, {source.rows.first().pk: str(known.pk)})
    bringing.bring_in(source, by=None, without_wrong=True)

    assert errors(source)[2] == ["This person stands on the list of this training already."]
    assert past.applications.count() == 1


def test_every_mistake_of_a_person_is_a_sentence(past):
    source = listed(
        past,
        ["---", "a@example.org"],
        ["A", "nobody"],
        ["B", "", "Atlantis"],
        ["C", "", "", "", "unknown"],
        ["D", "", "", "", "", "perhaps"],
        ["Z" * 201],
        ["=A1"],
    )

    assert {number: len(each) for number, each in errors(source).items()} == {
        2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 2,
    }  # fmt: skip
    assert errors(source)[8][0] == (
        "Full name: There is a formula in this cell. Put its value there instead."
    )


def test_a_list_needs_its_training():
    with pytest.raises(ValidationError, match="Choose what this table belongs to"):
        uploaded("participants", NAMES, ["A"])


def test_taking_a_list_back_leaves_those_who_were_here_before(past):
    known = make.person("Rashad Aliyev", "rashad@example.org")
    source = listed(past, ["Rashad Aliyev"], ["Nigar Quliyeva", "nigar@example.org", "AZ"])
    bringing.decide(source, {source.rows.first().pk: str(known.pk)})
    bringing.bring_in(source, by=None)

    bringing.undo(source)

    assert [row.note for row in source.rows.all()] == ["", ""]
    assert list(Person.objects.all()) == [known]
    assert list(PersonEmail.objects.values_list("email", flat=True)) == ["rashad@example.org"]
    assert (Application.objects.count(), Transition.objects.count()) == (0, 0)
