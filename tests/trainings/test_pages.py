"""One training, its calendar file, and the page of a certificate."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from curriculum.models import TargetGroup
from tests import make
from tests.trainings.people import said

pytestmark = pytest.mark.django_db
# The training; target groups with countries, sessions, their programme and materials, modules;
# objectives, trainers. All but the first are asked once a minute.
PAGE_QUERIES = 8


def page_of(client, training, language: str = "en"):
    return client.get(f"/{language}/trainings/{training.slug}/")


def test_a_training_says_what_when_where_and_how_to_get_in(client):
    training = make.training(
        "Border management",
        seats=25,
        city="Baku",
        country=make.country("AZ", name_en="Azerbaijan"),
        working_languages=["en", "ru"],
        starts_on=date(2030, 5, 25),
        ends_on=date(2030, 5, 27),
        objectives=[11],
    )
    make.session(training, title_en="Opening")

    text = said(page_of(client, training))

    for part in ("Border management", "25–27", "May 2030", "Azerbaijan", "English", "Opening"):
        assert part in text
    assert "25 of 25" in text
    assert "Apply for this training" in text
    assert "Label 11" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(client, django_assert_num_queries, amina, rows):
    training = make.training(seats=9)
    for number in range(rows):
        make.session(training)
        training.modules.add(make.module(objectives=[number + 1]))
        training.extra_objectives.add(make.objective(11 + number))
        training.participating_countries.add(make.country(["AZ", "GE", "TR"][number]))
        make.application(training, state="confirmed")
    client.get("/en/trainings/")  # what every page asks once

    with django_assert_num_queries(PAGE_QUERIES):
        page_of(client, training)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "cancelled"}, "This training is cancelled."),
        ({"status": "postponed"}, "This training is postponed."),
        ({"in_days": -9}, "Applications for this training are closed."),
        ({"route": "nomination"}, "through their institution's focal point"),
        ({"opens_at": timezone.now() + timedelta(days=2)}, "are not open yet"),
        (
            {"closes_at": timezone.now() - timedelta(days=2)},
            "The deadline for applications has passed.",
        ),
    ],
)
def test_where_nobody_can_apply_the_page_says_why_and_offers_no_button(client, fields, sentence):
    answer = page_of(client, make.training(**fields))

    assert sentence in said(answer)
    assert b"/apply/" not in answer.content


def test_a_draft_is_for_staff(client, amina, clara):
    training = make.training(status="draft")

    assert page_of(client, training).status_code == 404
    client.force_login(amina)
    assert page_of(client, training).status_code == 404
    client.force_login(clara)
    assert page_of(client, training).status_code == 200


def test_the_applicant_sees_where_they_stand(client, amina):
    application = make.application(make.training(seats=1), amina.person, "offered")
    client.force_login(amina)

    text = said(page_of(client, application.training))

    assert "Seat offered" in text
    assert "Answer the offer" in text
    assert "Apply for this training" not in text


def test_dates_of_the_past_are_as_exact_as_they_are_known(client):
    training = make.training(
        starts_on=date(2022, 3, 1), ends_on=date(2022, 3, 31), date_precision="month"
    )

    answer = page_of(client, training)

    assert "Mar 2022" in said(answer)
    assert b"31" not in answer.content.split(b"<h1>")[1].split(b"<footer")[0]


def test_programme_times_are_those_of_baku_and_of_the_place(client):
    training = make.training(time_zone="Asia/Tashkent", starts_on=date(2030, 5, 25))
    make.session(training, starts="10:00", ends="12:30")

    text = said(page_of(client, training))

    assert "Local time (Asia/Tashkent)" in text
    assert "09:00 –11:30 10:00–12:30" in text


# --- The calendar file ------------------------------------------------------------------------


def events_of(client, training) -> list:
    answer = client.get(f"/az/trainings/{training.slug}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{training.slug}.ics"'
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_without_sessions_the_calendar_holds_the_whole_days(client):
    training = make.training(
        "Sərhəd; idarə, etmə", starts_on=date(2030, 5, 25), ends_on=date(2030, 5, 27), city="Bakı"
    )

    (event,) = events_of(client, training)

    assert str(event["summary"]) == "Sərhəd; idarə, etmə"
    assert event.decoded("dtstart") == date(2030, 5, 25)
    assert event.decoded("dtend") == date(2030, 5, 28)
    assert str(event["location"]) == "Bakı"


def test_with_sessions_each_is_an_event_at_its_own_hour(client):
    training = make.training("Borders", time_zone="Asia/Tbilisi", starts_on=date(2030, 5, 25))
    for hour in (10, 14):
        make.session(training, starts=f"{hour}:00", ends=f"{hour + 1}:30", title_az="Açılış")

    events = events_of(client, training)

    tbilisi = ZoneInfo("Asia/Tbilisi")
    assert [event.decoded("dtstart") for event in events] == [
        datetime(2030, 5, 25, 10, tzinfo=tbilisi),
        datetime(2030, 5, 25, 14, tzinfo=tbilisi),
    ]
    assert events[0].decoded("dtend") == datetime(2030, 5, 25, 11, 30, tzinfo=tbilisi)
    assert len({str(event["uid"]) for event in events}) == 2
    assert str(events[0]["summary"]) == "Borders: Açılış"


def test_the_file_carries_its_time_zone_and_a_cancelled_training_says_so(client):
    training = make.training(status="cancelled", time_zone="Asia/Tbilisi")
    make.session(training)

    content = client.get(reverse("trainings:calendar", args=[training.slug])).content

    zones = Calendar.from_ical(content).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Tbilisi"]
    assert b"STATUS:CANCELLED" in content


def test_a_title_cannot_smuggle_a_line_into_the_calendar(client):
    training = make.training("Borders\r\nATTACH:http://evil.example/x")

    (event,) = events_of(client, training)

    assert "attach" not in event


def test_the_calendar_of_a_draft_is_not_found(client):
    training = make.training(status="draft")

    answer = client.get(reverse("trainings:calendar", args=[training.slug]))

    assert answer.status_code == 404


def test_the_page_says_for_whom_it_is_and_which_countries_take_part(client):
    training = make.training("Borders")
    for order, name in enumerate(["Trainers", "Border officials"]):
        group = TargetGroup.objects.create(slug=f"g{order}", name_en=name, order=order)
        training.target_groups.add(group)
    for code, name, note in (("TR", "Türkiye", ""), ("GE", "Georgia", "As on the map.")):
        country = make.country(code, name_en=name, footnote_en=note)
        training.participating_countries.add(country)

    text = said(page_of(client, training))

    assert "For whom Trainers Border officials" in text
    assert "Participating countries Georgia* , Türkiye" in text
    assert "As on the map." in text
