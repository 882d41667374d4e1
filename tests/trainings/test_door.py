"""The list at the door: tapped on a phone, by two people, twice, and for who came unannounced."""

import uuid

import pytest

from rtcm.accounts.models import Person
from tests import make
from tests.making.attendance import seated, session_now
from tests.trainings.desks import STAFF_QUERIES
from tests.trainings.people import refused, said
from trainings import attendance
from trainings.attendance import Tap
from trainings.models import Attendance

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def session():
    return session_now()


def at_the_door(session) -> str:
    return f"/admin/trainings/training/{session.training_id}/sessions/{session.pk}/door/"


def marked(application) -> tuple[str, int]:
    mark = application.attendance.get()
    return mark.presence, mark.minutes


def test_a_tap_without_a_script_is_a_plain_form(desk, session):
    (someone,) = seated(session, make.person())

    answer = desk.post(
        at_the_door(session), {"application": someone.pk, "presence": "in_room", "seen": ""}
    )

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#person-{someone.pk}")
    assert marked(someone) == ("in_room", session.minutes)


def test_the_same_tap_twice_is_stored_once(desk, session):
    (someone,) = seated(session, make.person())
    tap = {"application": someone.pk, "presence": "online", "seen": "", "tap": uuid.uuid4()}

    answers = [desk.post(at_the_door(session), tap, headers=JSON) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert Attendance.objects.count() == 1


def test_what_somebody_else_marked_meanwhile_stays_and_is_shown(desk, session, clara, farid):
    (someone,) = seated(session, make.person())
    attendance.mark(session, {someone.pk: "absent"}, by=farid)

    answer = desk.post(
        at_the_door(session),
        {"application": someone.pk, "presence": "in_room", "seen": ""},
        headers=JSON,
    )

    assert answer.status_code == 409
    assert answer.json()["mark"]["by"] == "Farid Aliyev"
    assert marked(someone) == ("absent", 0)


def test_after_looking_again_it_can_be_written_over(desk, session, farid):
    (someone,) = seated(session, make.person())
    attendance.mark(session, {someone.pk: "absent"}, by=farid)
    seen = desk.get(at_the_door(session), headers=JSON).json()["marks"][str(someone.pk)]["tap"]

    desk.post(
        at_the_door(session), {"application": someone.pk, "presence": "in_room", "seen": seen}
    )

    assert marked(someone)[0] == "in_room"


@pytest.mark.parametrize("arrived", [True, False])
def test_ones_own_tap_of_which_no_answer_came_is_no_stranger(session, clara, arrived):
    (someone,) = seated(session, make.person())
    first = Tap(someone.pk, "in_room", seen="")
    second = Tap(someone.pk, "absent", seen="", after=frozenset({str(first.id)}))

    late = attendance.take(session, [first] if arrived else [], by=clara)
    late += attendance.take(session, [second], by=clara)

    assert late == []
    assert marked(someone) == ("absent", 0)


@pytest.mark.parametrize(("minutes", "stored"), [(0, 0), (45, 45)])
def test_minutes_may_be_fewer_than_the_sessions(session, clara, minutes, stored):
    (someone,) = seated(session, make.person())

    attendance.take(session, [Tap(someone.pk, "in_room", minutes)], by=clara)

    assert marked(someone) == ("in_room", stored)


@pytest.mark.parametrize("minutes", [-1, 10_000])
def test_impossible_minutes_are_refused(session, minutes):
    (someone,) = seated(session, make.person())

    refusal = refused(
        lambda: attendance.take(session, [Tap(someone.pk, "in_room", minutes)], by=None)
    )

    assert refusal.message.startswith("Minutes must be between 0 and")
    assert not someone.attendance.exists()


def test_pressing_the_same_button_again_keeps_the_minutes(session, clara):
    (someone,) = seated(session, make.person())
    attendance.take(session, [Tap(someone.pk, "in_room", 45)], by=clara)

    attendance.take(session, [Tap(someone.pk, "in_room")], by=clara)

    assert marked(someone) == ("in_room", 45)


@pytest.mark.parametrize(
    "fields",
    [
        {"application": "0"},
        {"application": "x" * 30},
        {"application": "9" * 30},
        {"presence": "asleep"},
        {"minutes": "-4"},
        {"minutes": "many"},
        {"seen": "not a tap"},
        {"tap": "\x00"},
    ],
)
def test_forged_fields_are_refused_in_a_sentence(desk, session, fields):
    (someone,) = seated(session, make.person())
    dull = {"application": someone.pk, "presence": "in_room"}

    answer = desk.post(at_the_door(session), dull | fields, headers=JSON)

    assert answer.status_code == 422
    assert answer.json()["said"]
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    desk, session, django_assert_num_queries, rows, clara
):
    for application in seated(session, *(make.person() for _ in range(rows))):
        attendance.mark(session, {application.pk: "in_room"}, by=clara)
    desk.get(at_the_door(session))

    with django_assert_num_queries(STAFF_QUERIES + 4):  # session, marks, people, countries
        desk.get(at_the_door(session))


def test_only_who_marks_attendance_comes_in(client, session, hasan, gunel):
    for person in (hasan, gunel):
        client.force_login(person)
        assert client.get(at_the_door(session)).status_code == 403


def test_a_session_of_another_training_is_not_found(desk, session):
    other = session_now()

    strange = at_the_door(session).replace(f"/{session.training_id}/", f"/{other.training_id}/")

    assert desk.get(strange).status_code == 404


# --- Walk-ins -----------------------------------------------------------------------------------


def come(desk, session, **fields):
    dull = {"verb": "walk_in", "full_name": "Zaur Nobody", "email": ""}
    return desk.post(at_the_door(session), dull | fields, follow=True)


def test_somebody_new_gets_a_seat_and_a_mark(desk, session):
    answer = come(desk, session, email="zaur@example.org", institution_name="Customs")

    application = session.training.applications.get()
    assert "Zaur Nobody has a seat and is marked as present." in said(answer)
    assert (application.state, marked(application)[0]) == ("confirmed", "in_room")
    assert application.person.address == "zaur@example.org"
    assert application.institution_name == "Customs"


def test_an_address_that_is_known_decides_who_it_is(desk, session, amina):
    come(desk, session, full_name="A. Kerimova", email="AMINA@example.org")

    assert session.training.applications.get().person == amina.person
    assert Person.objects.filter(full_name="A. Kerimova").count() == 0


def test_alike_names_are_suggested_and_staff_decide(desk, session, amina):
    asked = come(desk, session, full_name="Amina Kərimova")
    assert "Is it one of these people?" in said(asked)
    assert not session.training.applications.exists()

    come(desk, session, full_name="Amina Kərimova", person=str(amina.person.pk))

    assert session.training.applications.get().person == amina.person


def test_when_no_seat_is_free_nothing_is_kept(desk):
    session = session_now(seats=1)
    seated(session, make.person())

    answer = come(desk, session)

    assert answer.status_code == 409
    assert "Zaur Nobody" in answer.content.decode()  # what was typed is still there
    assert not Person.objects.filter(full_name="Zaur Nobody").exists()


@pytest.mark.parametrize("name", ["", " ", "12345", "x" * 201])
def test_a_name_that_is_none_is_refused(desk, session, name):
    assert come(desk, session, full_name=name).status_code == 422


def test_a_person_that_is_not_known_any_more_is_refused(desk, session):
    answer = come(desk, session, person="999999999")

    assert answer.status_code == 409
    assert "not known any more" in said(answer)
