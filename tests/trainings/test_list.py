"""The list of trainings: what each filter finds, and that no address breaks it."""

import datetime

import pytest
from bs4 import BeautifulSoup

from tests import make

pytestmark = pytest.mark.django_db
LIST = "/en/trainings/"
LIST_QUERIES = 5  # objectives, countries, how many there are, the states of the cards, rows


def titles(client, **query) -> list[str]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return [heading.get_text(strip=True) for heading in page.select("ul.cards h3")]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, django_assert_num_queries, rows):
    for _ in range(rows):
        module = make.module(objectives=[1, 2], secondary=[3])
        countries = ["AZ", "GE"]
        training = make.training(
            seats=5, modules=[module], objectives=[11], countries=countries, city="Baku"
        )
        make.application(training, state="confirmed")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


def test_what_is_next_comes_first_and_what_is_over_is_left_out(client):
    make.training("Later", in_days=60)
    make.training("Soon", in_days=5)
    make.training("Today", in_days=0)
    make.training("Over", in_days=-5)

    assert titles(client) == ["Today", "Soon", "Later"]
    assert titles(client, when="upcoming") == ["Today", "Soon", "Later"]


def test_the_past_begins_with_the_latest(client):
    make.training("Long ago", in_days=-500)
    make.training("Lately", in_days=-5)
    make.training("Soon", in_days=5)

    assert titles(client, when="past") == ["Lately", "Long ago"]
    assert titles(client, when="all") == ["Soon", "Lately", "Long ago"]


def test_a_training_that_runs_today_is_not_past(client):
    today = datetime.date.today()  # noqa: DTZ011 - the machine's own day is near enough here
    running = make.training("Running", in_days=-3, ends_on=today + datetime.timedelta(days=2))

    assert titles(client) == ["Running"]
    assert not running.is_past


def test_drafts_are_for_staff_and_cancelled_ones_for_everybody(client, clara):
    make.training("Draft", status="draft")
    make.training("Cancelled", status="cancelled", in_days=31)

    assert titles(client) == ["Cancelled"]
    client.force_login(clara)
    assert titles(client) == ["Draft", "Cancelled"]


@pytest.mark.parametrize(
    "words", ["sərhəd", "SERHED", "border", "граница", "granitsa", "bakı", "baki"]
)
def test_words_are_found_in_any_language_and_spelling(client, words):
    make.training(
        title_az="Sərhəd idarəetməsi",
        title_en="Border management",
        title_ru="Граница и порядок",
        city_en="Baku",
        city_az="Bakı",
    )
    make.training("Labour")

    assert len(titles(client, q=words)) == 1


def test_every_word_must_occur(client):
    make.training("Border management")
    make.training("Border health")

    assert titles(client, q="health border") == ["Border health"]
    assert titles(client, q="health labour") == []


def test_signs_of_a_pattern_are_letters_like_any_other(client):
    make.training("100% remote")
    make.training("1000 remote")

    assert titles(client, q="100%") == ["100% remote"]
    assert titles(client, q="_") == []


def test_an_objective_is_found_through_modules_and_directly(client):
    make.training("Primary", in_days=1, modules=[make.module(objectives=[11])])
    make.training("Secondary", in_days=2, modules=[make.module(objectives=[1], secondary=[11])])
    make.training("Direct", in_days=3, objectives=[11])
    make.training("Other", in_days=4, objectives=[12])

    assert titles(client, objective="11") == ["Primary", "Secondary", "Direct"]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"mode": "online"}, {"mode": "online"}),
        ({"kind": "workshop"}, {"kind": "workshop"}),
        ({"language": "ru"}, {"working_languages": ["en", "ru"]}),
    ],
)
def test_a_filter_finds_what_has_it(client, query, fields):
    make.training("This", **fields)
    make.training("Other", kind="meeting", working_languages=["en"])

    assert titles(client, **query) == ["This"]


def test_a_country_is_found_as_host_and_as_participant(client):
    georgia = make.country("GE", is_partner=True)
    make.training("Host", in_days=1, country=georgia)
    make.training("Guest", in_days=2, countries=["GE", "TR"])
    make.training("Other", in_days=3, countries=["TR"])

    assert titles(client, country="GE") == ["Host", "Guest"]


def test_filters_work_together(client):
    make.training("Both", mode="online", objectives=[11])
    make.training("Mode", mode="online")
    make.training("Objective", objectives=[11])

    assert titles(client, mode="online", objective="11", when="all", q="bo") == ["Both"]


BAD = [
    "",
    " ",
    "\x00",
    "x" * 5000,
    "99",
    "-1",
    "９９",
    "1e9",
    "9" * 40,
    "' OR 1=1 --",
    "{mlang en}",
    "%",
    "\ud83d",
]
NAMES = ["q", "objective", "mode", "kind", "language", "country", "when", "page", "unknown"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "value", BAD, ids=lambda value: value[:6].encode("unicode_escape").decode()
)
def test_a_value_that_makes_no_sense_counts_as_none(client, name, value):
    make.training("Borders")

    answer = client.get(f"{LIST}?{name}={percent(value)}")

    assert answer.status_code == 200
    if name != "q":
        assert b"Borders" in answer.content


def percent(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))


def test_a_filter_given_twice_and_bytes_that_are_no_text_are_harmless(client):
    answer = client.get(LIST + "?mode=online&mode=hybrid&q=%FF%FE&country=%C0%AF")

    assert answer.status_code == 200


def test_the_list_has_pages_and_the_last_stands_for_any_later(client):
    for number in range(21):
        make.training(f"Training {number:02}", in_days=number + 1)

    assert len(titles(client)) == 20
    assert titles(client, page="2") == ["Training 20"]
    assert titles(client, page="9999") == ["Training 20"]


def test_the_card_counts_seats_left_and_names_no_negative_number(client):
    training = make.training(seats=2)
    for seat in (1, 2):
        make.application(training, state="confirmed", seat_number=seat)
    training.capacity = 1
    training.save()

    page = BeautifulSoup(client.get(LIST).content, "html.parser")

    assert page.select("ul.cards .meta span")[-1].get_text() == "All seats are taken: waiting list"
    make.training("Two left", seats=2)
    assert "2 seats left" in client.get(LIST).content.decode()


def test_seats_taken_meanwhile_show_at_once(client):
    training = make.training(seats=2)
    assert "2 seats left" in client.get(LIST).content.decode()

    make.application(training, state="confirmed")

    assert "1 seat left" in client.get(LIST).content.decode()


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_an_empty_list_says_what_to_do_next(client, language):
    page = client.get(f"/{language}/trainings/").content.decode()

    assert f'href="/{language}/trainings/?when=all"' in page
