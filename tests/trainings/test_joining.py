"""The joining page: for whom it opens, and that an online link is in it only in its time."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import make
from tests.making import testing as made
from tests.making.programme import material, programme_item
from tests.making.travel import travel_sheet
from tests.trainings.people import said
from trainings import personal_codes, surveys
from trainings.models import Survey
from trainings.views.joining import open_link

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/room-7"
# Session, user, person; the application, sessions, programme, materials, trainer or not, sheet,
# open tests and evaluations.
JOINING_QUERIES = 10


def address(application, within: str = "") -> str:
    return f"/en/me/applications/{application.pk}/{within}"


def test_the_accepted_read_where_when_and_how(browser, amina):
    training = make.training("Borders", city="Baku", venue="Main building")
    session = make.session(training, title_en="Morning", room="Hall 2", channels="1 English")
    programme_item(session, kind="group_work", title_en="A case", speakers="Anna Ivanova")
    application = make.application(training, amina.person, "confirmed")

    text = said(browser.get(address(application)))

    for part in ("Borders", "Main building, Baku", "Morning", "Room: Hall 2", "1 English"):
        assert part in text
    assert "10:00–10:30 A case · Group work Anna Ivanova" in text


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "offered", "rejected", "withdrawn"])
def test_before_a_seat_is_confirmed_the_page_is_closed(browser, amina, state):
    application = make.application(of=amina.person, state=state)

    answer = browser.get(address(application), follow=True)

    assert answer.redirect_chain == [("/en/me/applications/", 302)]
    assert "This page opens once your seat is confirmed." in said(answer)


def test_somebody_elses_page_is_not_found(browser, boris):
    application = make.application(of=boris.person, state="confirmed")

    assert browser.get(address(application)).status_code == 404


@pytest.mark.parametrize(
    ("minutes_to_start", "shown"),
    [(61, False), (59, True), (0, True), (-119, True), (-121, False)],
)
def test_the_link_opens_an_hour_before_and_closes_at_the_end(minutes_to_start, shown):
    zone = ZoneInfo("Asia/Tashkent")
    training = make.training(time_zone=zone.key)
    session = make.session(training, online_link=LINK)
    starts = datetime.combine(session.on, time(10), tzinfo=zone)

    assert open_link(session, starts - timedelta(minutes=minutes_to_start)) == (
        LINK if shown else ""
    )


@pytest.mark.parametrize("minutes_from_now", [-300, 30, 90])
def test_no_page_holds_the_link_at_any_other_time(browser, amina, minutes_from_now):
    starts = timezone.localtime() + timedelta(minutes=minutes_from_now)
    if starts.date() != (starts + timedelta(minutes=20)).date():
        pytest.skip("A session does not last over midnight.")
    training = make.training(
        starts_on=starts.date(), ends_on=timezone.localdate() + timedelta(days=1)
    )
    ends = (starts + timedelta(minutes=20)).time()
    make.session(training, starts=starts.time(), ends=ends, online_link=LINK)
    application = make.application(training, amina.person, "confirmed")

    pages = [
        browser.get(address(application)).content,
        browser.get(f"/en/trainings/{training.slug}/").content,
        browser.get(f"/en/trainings/{training.slug}/calendar.ics").content,
    ]

    assert [LINK.encode() in page for page in pages] == [minutes_from_now == 30, False, False]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_does_not_take_place_has_no_link(status):
    session = make.session(make.training(status=status), online_link=LINK)

    assert open_link(session, session.starts_at) == ""


def test_materials_are_shown_to_those_they_are_for(browser, amina):
    training = make.training()
    session = make.session(training)
    for visibility in ("everybody", "accepted", "trainers"):
        material(session, make.item(f"For {visibility}"), visibility)
    material(session, make.item("A draft", published=False))
    application = make.application(training, amina.person, "confirmed")

    def shown(url: str) -> list[str]:
        text = said(browser.get(url))
        names = ("For everybody", "For accepted", "For trainers", "A draft")
        return [name for name in names if name in text]

    assert shown(f"/en/trainings/{training.slug}/") == ["For everybody"]
    assert shown(address(application)) == ["For everybody", "For accepted"]
    earlier = make.application(make.training(in_days=-9), amina.person, "attended")
    make.certificate(earlier, tier="trainer")
    assert shown(address(application)) == ["For everybody", "For accepted", "For trainers"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    browser, amina, django_assert_num_queries, rows
):
    training = make.training(is_residential=True)
    for _turn in range(rows):
        session = make.session(training)
        programme_item(session)
        material(session)
    application = make.application(training, amina.person, "confirmed")

    with django_assert_num_queries(JOINING_QUERIES):
        browser.get(address(application))


def test_residential_trainings_ask_for_the_travel_sheet_until_it_is_there(browser, amina):
    training = make.training(is_residential=True)
    application = make.application(training, amina.person, "confirmed")

    assert "Fill in the travel sheet" in said(browser.get(address(application)))
    travel_sheet(application)
    assert "Change my travel sheet" in said(browser.get(address(application)))


def test_what_waits_for_answers_is_one_click_away_and_the_personal_code_stands_there(
    browser, amina
):
    training = made.held(0)
    application = make.application(
        training, amina.person, "attended", supervisor_email="boss@example.org"
    )
    test = made.exam(training, "post")
    made.exam(training, "pre", closes_at=timezone.now() - timedelta(hours=1))
    for kind in (Survey.Kind.END, Survey.Kind.SUPERVISOR):
        surveys.open_now(training, kind)

    answer = browser.get(address(application))

    links = set(re.findall(r'href="(/en/(?:tests|evaluations)/[^"]+)"', answer.content.decode()))
    mine = application.survey_guests.get(survey__kind=Survey.Kind.END)
    assert links == {f"/en/tests/{test.token}/", f"/en/evaluations/{surveys.link_of(mine)}/"}
    assert personal_codes.code_of(application) in said(answer)
