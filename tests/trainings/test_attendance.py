"""Who was there, marked session by session, and what closing makes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.trainings.people import refused
from trainings import attendance, certificates
from trainings.models import Application, Attendance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def training():
    return make.training(in_days=-3, seats=10)


def marks_of(application) -> list[tuple[str, int]]:
    return list(application.attendance.order_by("session").values_list("presence", "minutes"))


def state_of(application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_marks_are_kept_with_who_made_them_and_the_minutes_of_the_session(training, clara):
    session = make.session(training, starts="10:00", ends="11:30")
    here, away = (make.application(training, state="confirmed") for _ in range(2))
    session.refresh_from_db()

    stored = attendance.mark(session, {here.pk: "in_room", away.pk: "absent"}, by=clara)

    assert stored == 2
    assert (marks_of(here), marks_of(away)) == ([("in_room", 90)], [("absent", 0)])
    assert set(Attendance.objects.values_list("marked_by", flat=True)) == {clara.pk}


def test_a_mark_can_be_changed_and_taken_back(training):
    session = make.session(training)
    person = make.application(training, state="confirmed")

    for presence in ("in_room", "absent"):
        attendance.mark(session, {person.pk: presence}, by=None)
    assert marks_of(person) == [("absent", 0)]

    attendance.mark(session, {person.pk: ""}, by=None)
    assert marks_of(person) == []


def test_nobody_is_marked_before_the_session_begins():
    soon = timezone.localtime() + timedelta(days=1)
    training = make.training(in_days=1)
    session = make.session(training, on=soon.date())
    person = make.application(training, state="confirmed")

    said = refused(lambda: attendance.mark(session, {person.pk: "in_room"}, by=None))

    assert (said.code, said.message) == ("early", "This session has not begun yet.")


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "offered", "withdrawn"])
def test_only_who_has_a_confirmed_seat_is_marked(training, state):
    session = make.session(training)
    person = make.application(training, state=state)

    assert refused(lambda: attendance.mark(session, {person.pk: "online"}, by=None)).code == (
        "stranger"
    )
    assert marks_of(person) == []


def test_people_of_another_training_are_strangers_and_nothing_is_half_saved(training):
    session = make.session(training)
    own = make.application(training, state="confirmed")
    stranger = make.application(make.training(in_days=-3), state="confirmed")

    said = refused(
        lambda: attendance.mark(session, {own.pk: "in_room", stranger.pk: "in_room"}, by=None)
    )

    assert said.code == "stranger"
    assert not Attendance.objects.exists()


def test_an_unknown_mark_is_refused(training):
    session = make.session(training)
    person = make.application(training, state="confirmed")

    assert refused(lambda: attendance.mark(session, {person.pk: "maybe"}, by=None)).code == (
        "presence"
    )


def test_whoever_was_in_one_session_attended(training):
    first, second = make.session(training), make.session(training)
    some, never = (make.application(training, state="confirmed") for _ in range(2))
    attendance.mark(first, {some.pk: "absent", never.pk: "absent"}, by=None)
    attendance.mark(second, {some.pk: "online", never.pk: "absent"}, by=None)

    assert attendance.close(training, by=None) == (1, 1)

    assert (state_of(some), state_of(never)) == ("attended", "absent")
    assert list(some.transitions.values_list("from_state", "to_state")) == [
        ("confirmed", "attended")
    ]


def test_nobody_becomes_absent_by_oversight(training):
    session = make.session(training)
    marked = make.application(training, state="confirmed")
    make.application(training, make.person("Forgotten Person"), "confirmed")
    attendance.mark(session, {marked.pk: "in_room"}, by=None)

    said = refused(lambda: attendance.close(training, by=None))

    assert said.message == "Attendance is not marked yet for: Forgotten Person."
    assert state_of(marked) == "confirmed"


def test_a_training_that_has_not_begun_cannot_be_closed():
    assert refused(lambda: attendance.close(make.training(), by=None)).code == "early"


def test_closing_twice_changes_nothing(training):
    person = closed(training, "in_room")

    assert attendance.close(training, by=None) == (1, 0)

    assert person.transitions.count() == 1


def closed(training, presence: str) -> Application:
    person = make.application(training, state="confirmed")
    attendance.mark(make.session(training), {person.pk: presence}, by=None)
    attendance.close(training, by=None)
    return person


def test_a_corrected_mark_counts_when_attendance_is_closed_again(training):
    person = closed(training, "absent")
    attendance.mark(training.sessions.get(), {person.pk: "in_room"}, by=None)

    assert attendance.close(training, by=None) == (1, 0)

    assert list(person.transitions.values_list("from_state", "to_state")) == [
        ("confirmed", "absent"),
        ("absent", "attended"),
    ]


def test_no_attendance_is_taken_away_from_under_a_valid_certificate(training):
    person = closed(training, "in_room")
    certificate = certificates.issue(person, by=None)
    attendance.mark(training.sessions.get(), {person.pk: "absent"}, by=None)

    said = refused(lambda: attendance.close(training, by=None))
    assert (said.code, state_of(person)) == ("certified", "attended")

    certificates.revoke(certificate, by=None, reason="Was not there")
    attendance.close(training, by=None)
    assert state_of(person) == "absent"
