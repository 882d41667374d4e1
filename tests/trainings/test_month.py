"""The list of trainings as a month's sheet."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests import make

pytestmark = pytest.mark.django_db
MONTH_QUERIES = 3  # objectives, countries, the trainings of the month


def sheet(client, **query) -> BeautifulSoup:
    answer = client.get("/en/trainings/", {"view": "month"} | query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def on(page: BeautifulSoup, day: str) -> list[str]:
    cell = page.select_one(f'time[datetime="{day}"]').find_parent("td")
    return [link.get_text() for link in cell.select("a")]


def test_a_training_stands_on_each_of_its_days(client):
    make.training("Borders", starts_on=date(2030, 5, 30), ends_on=date(2030, 6, 2))

    may, june = sheet(client, month="2030-05"), sheet(client, month="2030-06")

    assert on(may, "2030-05-29") == []
    assert on(may, "2030-05-30") == ["Borders"]
    assert on(june, "2030-06-02") == ["Borders"]
    assert on(june, "2030-06-03") == []
    assert may.select_one("caption").get_text() == "May 2030"


def test_filters_hold_in_the_month_too_and_its_links_keep_them(client):
    make.training("Borders", starts_on=date(2030, 5, 3), kind="workshop")
    make.training("Labour", starts_on=date(2030, 5, 3), kind="meeting")

    page = sheet(client, month="2030-05", kind="workshop")

    assert on(page, "2030-05-03") == ["Borders"]
    later = page.select_one('a[rel="next"]')["href"]
    assert set(later.strip("?").split("&")) == {"view=month", "month=2030-06", "kind=workshop"}
    kept = {field["name"]: field["value"] for field in page.select("form input[type=hidden]")}
    assert kept == {"view": "month", "month": "2030-05"}


def test_days_that_are_not_known_are_not_invented(client):
    make.training(
        "Some day", starts_on=date(2022, 3, 1), ends_on=date(2022, 3, 31), date_precision="month"
    )

    page = sheet(client, month="2022-03")

    assert page.select("td a") == []
    assert page.select_one("ul.plain a").get_text() == "Some day"


def test_a_draft_is_for_staff_here_too(client, clara):
    make.training("Draft", status="draft", starts_on=date(2030, 5, 3))

    assert on(sheet(client, month="2030-05"), "2030-05-03") == []
    client.force_login(clara)
    assert on(sheet(client, month="2030-05"), "2030-05-03") == ["Draft"]


@pytest.mark.parametrize("month", ["", "2030-13", "soon", "9999-12", "0001-01", "2030-05-01"])
def test_a_month_that_is_none_is_the_present_one(client, month):
    assert sheet(client, month=month).select_one('[aria-current="date"]')


@pytest.mark.parametrize("rows", [1, 3])
def test_the_month_asks_the_same_number_of_questions(client, django_assert_num_queries, rows):
    for _turn in range(rows):
        make.training(starts_on=date(2030, 5, 3))

    with django_assert_num_queries(MONTH_QUERIES):
        sheet(client, month="2030-05")
