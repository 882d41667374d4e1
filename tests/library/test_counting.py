"""A large library is counted now and then, a small one on every page."""

import pytest

from library import counting
from library.models import Tally
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(monkeypatch):
    """Two works make a large library here."""
    monkeypatch.setattr(counting, "LARGE", 2)
    for _ in range(2):
        make.item(title="Borders", objectives=[1, 11], countries=["AZ"])
    counting.recount()


def list_of(client, **query) -> str:
    return client.get("/en/library/", query).content.decode()


def test_a_small_library_is_counted_on_every_page(client):
    make.item(title="Borders")
    counting.recount()
    make.item(title="Borders")

    assert "2 items" in list_of(client)
    assert not Tally.objects.exists()


def test_the_first_page_of_a_large_library_takes_the_last_count(client, large):
    make.item(title="Labour")

    page = list_of(client)

    assert "2 items" in page
    assert "Labour" in page
    assert "report (2)" in page


def test_filters_are_counted_to_the_last_work(client, large):
    make.item(title="Labour", objectives=[11])

    assert "3 items" in list_of(client, objective="11")


def test_only_the_newest_count_is_kept(large):
    make.item(title="Labour")

    counting.recount()

    assert [tally.total for tally in Tally.objects.all()] == [3]


def test_a_library_that_shrank_is_counted_on_every_page_again(client, large, monkeypatch):
    monkeypatch.setattr(counting, "LARGE", 10)

    counting.recount()

    assert not Tally.objects.exists()
