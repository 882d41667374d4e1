"""Self check-in: the code of the screen, for a minute at most, by who has a seat."""

import datetime

import pytest
from django.utils import timezone

from tests import make
from tests.making.attendance import seated, session_now
from tests.trainings.people import refused, said
from trainings import attendance, check_in
from trainings.models import Session

pytestmark = pytest.mark.django_db
PAGE = "/en/me/check-in/"


@pytest.fixture
def session(amina):
    session = session_now(begun=5, minutes=60)
    seated(session, amina.person)
    return session


def code(session: Session, ago: int = 0) -> str:
    return check_in.code_of(session, check_in.window_now() - ago)


def test_the_code_marks_its_owner_present_by_themselves(browser, session, amina):
    answer = browser.post(PAGE, {"code": code(session).lower()})

    mark = session.attendance.get()
    assert "You are checked in" in said(answer)
    assert (mark.presence, mark.minutes, mark.by_self) == ("in_room", session.minutes, True)
    assert mark.marked_by == amina


def test_opening_the_link_only_fills_the_field_in(browser, session):
    answer = browser.get(PAGE, {"code": code(session)})

    assert f'value="{code(session)}"' in answer.content.decode()
    assert not session.attendance.exists()


@pytest.mark.parametrize(("ago", "stored"), [(0, 1), (1, 1), (2, 0), (-1, 0), (100, 0)])
def test_a_code_works_for_one_window_of_grace(browser, session, ago, stored):
    browser.post(PAGE, {"code": code(session, ago)})

    assert session.attendance.count() == stored


def test_the_code_of_another_session_is_refused(browser, session):
    answer = browser.post(PAGE, {"code": code(session_now())})

    assert answer.status_code == 409
    assert "This code has run out or belongs to another session." in said(answer)


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "offered", "withdrawn", "absent"])
def test_without_a_confirmed_seat_no_session_is_open(state, boris):
    session = session_now(begun=5)
    make.application(session.training, boris.person, state)

    refusal = refused(lambda: check_in.check_in(boris.person, code(session), by=boris))

    assert refusal.code == "closed"


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-40, False), (-29, True), (0, True), (59, True), (61, False)]
)
def test_it_opens_half_an_hour_before_and_closes_at_the_end(minutes, is_open, monkeypatch):
    session = make.session(make.training(in_days=3), starts="10:00", ends="11:00")
    session.refresh_from_db()
    now = session.starts_at + datetime.timedelta(minutes=minutes)

    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        found = check_in.is_open(session)

    assert found is is_open


def test_who_comes_late_has_the_minutes_that_are_left(amina):
    session = session_now(begun=30, minutes=60)
    seated(session, amina.person)

    mark = check_in.check_in(amina.person, code(session), by=amina)

    assert mark.minutes in (29, 30) or mark.minutes < session.minutes


def test_twice_is_once(amina, session):
    first, second = (check_in.check_in(amina.person, code(session), by=amina) for _ in range(2))

    assert first.pk == second.pk
    assert session.attendance.count() == 1


def test_who_was_marked_absent_speaks_to_the_coordinator(amina, session, clara):
    attendance.mark(session, {session.training.applications.get().pk: "absent"}, by=clara)

    refusal = refused(lambda: check_in.check_in(amina.person, code(session), by=amina))

    assert refusal.code == "absent"
    assert session.attendance.get().presence == "absent"


def test_in_a_hybrid_training_one_says_from_where(browser, amina):
    session = session_now(begun=5, mode="hybrid")
    seated(session, amina.person)

    browser.post(PAGE, {"code": code(session), "place": "online"})

    assert session.attendance.get().presence == "online"


def test_codes_cannot_be_tried_out(browser, session):
    statuses = [browser.post(PAGE, {"code": f"WRONG{n}"}).status_code for n in range(11)]

    assert statuses == [409] * 10 + [429]


def test_who_has_no_person_is_told(client):
    client.force_login(make.user())

    answer = client.post(PAGE, {"code": "ABCDEFGH"})

    assert answer.status_code == 409
    assert "None of your sessions" in said(answer)


def test_the_screen_shows_the_code_of_now(desk, session):
    page = f"/admin/trainings/training/{session.training_id}/sessions/{session.pk}/screen/"

    answer = desk.get(page)

    shown = said(answer)
    assert any(f"{one[:4]} {one[4:]}" in shown for one in (code(session), code(session, 1)))
    assert "<svg" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_before_and_after_the_screen_shows_no_code(desk):
    session = make.session(make.training(in_days=3))
    page = f"/admin/trainings/training/{session.training_id}/sessions/{session.pk}/screen/"

    assert "Self check-in opens 30 minutes before" in said(desk.get(page))
