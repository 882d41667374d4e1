"""Calendar files and feeds, read as a calendar program reads them."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests import make
from tests.trainings.people import said
from trainings import planning
from trainings.models import CalendarFeed

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address: str) -> Calendar:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def calendar_of(client, training) -> Calendar:
    return read(client, f"/en/trainings/{training.slug}/calendar.ics")


def entries(calendar: Calendar) -> dict[str, tuple[int, str]]:
    """SEQUENCE and STATUS by the first part of the UID."""
    return {
        str(event["uid"]).split("@")[0]: (int(event["sequence"]), str(event.get("status", "")))
        for event in calendar.walk("VEVENT")
    }


def test_a_moved_training_keeps_its_uid_with_a_higher_sequence(client, clara):
    training = make.training(in_days=30, time_zone="Asia/Tbilisi")
    session = make.session(training)
    (before,) = calendar_of(client, training).walk("VEVENT")

    planning.move(training, training.starts_on + timedelta(days=7), by=clara)

    (after,) = calendar_of(client, training).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert str(after["uid"]).startswith(f"session-{session.pk}@")
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == before.decoded("dtstart") + timedelta(days=7)


def test_a_cancelled_training_calls_every_entry_off(client, clara):
    training = make.training()
    sessions = [make.session(training), make.session(training)]

    planning.cancel(training, by=clara, reason="No trainers.")

    calendar = calendar_of(client, training)
    assert str(calendar["method"]) == "CANCEL"
    assert entries(calendar) == {f"session-{session.pk}": (1, "CANCELLED") for session in sessions}


def test_a_removed_session_is_sent_once_more_as_cancelled(client, clara):
    training = make.training()
    stays, goes = make.session(training), make.session(training, title_en="Second")
    key, starts = goes.pk, goes.starts_at

    planning.remove_session(goes, by=clara)

    calendar = calendar_of(client, training)
    assert str(calendar["method"]) == "PUBLISH"
    assert entries(calendar) == {
        f"session-{stays.pk}": (1, ""),
        f"session-{key}": (1, "CANCELLED"),
    }
    gone = calendar.walk("VEVENT")[1]
    assert (str(gone["summary"]), gone.decoded("dtstart")) == ("Second", starts)


def test_a_postponed_training_is_tentative(client, clara):
    training = make.training()

    planning.postpone(training, by=clara)

    assert entries(calendar_of(client, training)) == {f"training-{training.pk}": (1, "TENTATIVE")}


def test_the_whole_span_gives_way_to_sessions_and_comes_back(client, clara):
    training = make.training()
    session = make.session(training)
    planning.revise(training, had_sessions=False)

    assert entries(calendar_of(client, training)) == {
        f"session-{session.pk}": (1, ""),
        f"training-{training.pk}": (1, "CANCELLED"),
    }
    key = session.pk
    planning.remove_session(session, by=clara)
    assert entries(calendar_of(client, training)) == {
        f"session-{key}": (2, "CANCELLED"),
        f"training-{training.pk}": (2, ""),
    }


@pytest.mark.parametrize(
    ("zone", "on", "utc_hour"),
    [
        ("Europe/Chisinau", date(2030, 3, 30), 8),
        ("Europe/Chisinau", date(2030, 3, 31), 7),
        ("Europe/Kyiv", date(2030, 10, 26), 7),
        ("Europe/Kyiv", date(2030, 10, 27), 8),
        ("Asia/Almaty", date(2024, 2, 28), 4),
        ("Asia/Almaty", date(2024, 3, 1), 5),
    ],
)
def test_ten_o_clock_is_the_right_moment_on_both_sides_of_a_change(client, zone, on, utc_hour):
    training = make.training(time_zone=zone, starts_on=on)
    make.session(training)

    (event,) = calendar_of(client, training).walk("VEVENT")

    moment = datetime(on.year, on.month, on.day, utc_hour, tzinfo=ZoneInfo("UTC"))
    assert event.decoded("dtstart") == moment


# --- Feeds ------------------------------------------------------------------------------------


def test_the_public_calendar_holds_what_is_coming_up(client):
    soon = make.training("Soon", in_days=5)
    make.training("Draft", in_days=5, status="draft")
    make.training("Over", in_days=-5)
    make.training("Some month", in_days=9, date_precision="month")

    calendar = read(client, "/en/feeds/trainings.ics")

    assert entries(calendar) == {f"list-{soon.pk}": (0, "")}


@pytest.mark.parametrize(("language", "title"), [("en", "Borders"), ("az", "Sərhədlər")])
def test_the_atom_feed_speaks_the_language_of_its_address(client, settings, language, title):
    settings.SITE_ORIGIN = "https://rtcm.example"
    make.training(title_en="Borders", title_az="Sərhədlər", title_ru="", slug="borders")

    answer = client.get(f"/{language}/feeds/trainings.atom")

    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    (entry,) = feed.findall(f"{ATOM}entry")
    assert answer["Content-Type"] == "application/atom+xml"
    assert entry.find(f"{ATOM}title").text == title
    assert entry.find(f"{ATOM}link").get("href") == (
        f"https://rtcm.example/{language}/trainings/borders/"
    )
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language


def test_the_list_says_where_its_feeds_are(client):
    page = client.get("/en/trainings/").content.decode()

    assert '<link rel="alternate" type="application/atom+xml" href="/en/feeds/tr' in page
    assert '<link rel="alternate" type="text/calendar" href="/en/feeds/trainings.ics"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_feeds_ask_the_same_number_of_questions(client, django_assert_num_queries, amina, rows):
    for _turn in range(rows):
        training = make.training()
        make.session(training)
        make.application(training, amina.person, "confirmed")
    feed = CalendarFeed.objects.all().give(amina.person)

    with django_assert_num_queries(1):
        client.get("/en/feeds/trainings.ics")
    with django_assert_num_queries(1):
        client.get("/en/feeds/trainings.atom")
    with django_assert_num_queries(4):
        client.get(f"/en/feeds/mine/{feed.token}.ics")


# --- One's own --------------------------------------------------------------------------------


def test_ones_own_feed_holds_ones_own_seats_and_no_links(client, amina, boris):
    mine, offered = make.training(), make.training()
    session = make.session(mine, online_link="https://meet.example.org/x")
    seat = make.application(mine, amina.person, "confirmed")
    make.application(offered, amina.person, "offered")
    make.application(make.training(), amina.person, "withdrawn")
    make.application(make.training(), boris.person, "confirmed")
    feed = CalendarFeed.objects.all().give(amina.person)

    calendar = read(client, f"/en/feeds/mine/{feed.token}.ics")

    assert entries(calendar) == {
        f"training-{offered.pk}": (0, "TENTATIVE"),
        f"session-{session.pk}": (0, ""),
    }
    assert f"/en/me/applications/{seat.pk}/" in calendar.to_ical().decode()
    assert b"meet.example.org" not in calendar.to_ical()


def test_an_address_is_made_replaced_and_stopped_by_its_owner(browser, amina):
    page = "/en/me/calendar/"
    browser.post(f"{page}give/")
    first = CalendarFeed.objects.get().token
    assert f"/en/feeds/mine/{first}.ics" in browser.get(page).content.decode()

    browser.post(f"{page}give/")
    second = CalendarFeed.objects.get().token
    browser.post(f"{page}stop/")

    assert len({first, second}) == 2
    assert len(first) >= 43  # 256 bits
    for token in (first, second):
        assert browser.get(f"/en/feeds/mine/{token}.ics").status_code == 404
    assert "Make an address for my calendar" in said(browser.get(page))


def test_the_calendar_page_of_a_training_parses_in_every_language(client):
    training = make.training("Sərhəd")

    for language in ("az", "en", "ru"):
        address = reverse("trainings:calendar", args=[training.slug])
        found = read(client, address.replace("/en/", f"/{language}/", 1))
        assert len(found.walk("VEVENT")) == 1
