"""Pages that list cost the same number of queries for one row and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from rtcm.portal.figures import recount
from tests import make

pytestmark = pytest.mark.django_db

PAGES = {
    "portal:home": ([], 1),
    "portal:objective_page": ([11], 1),
    "portal:principle_page": (["a"], 1),
    "portal:country_page": (["az"], 6),
    "portal:coverage": ([], 2),
    "portal:search": ([], 8),
}


@pytest.fixture(autouse=True)
def no_minute_ends(monkeypatch):
    """Cards are kept until the minute ends, which must not happen between two requests."""
    monkeypatch.setattr("rtcm.portal.templatetags.cards.LIFE", 10**10)


def fill(number: int) -> None:
    edition = make.edition(in_force=True)
    for _row in range(number):
        module = make.module("Borders", objectives=[11], edition=edition)
        module.principles.set([make.principle("a")])
        make.training("Borders", modules=[module], countries=["AZ"], objectives=[3, 8])
        make.training("Borders", modules=[module], countries=["AZ"], in_days=-9)
        item = make.item("Borders", objectives=[11, 8], authors=["A", "B"], countries=["AZ"])
        item.principles.set([make.principle("a")])
        make.expert("Borders Expert", published=True, countries=["AZ"])
        make.institution(country=make.country("AZ"))
    recount()


def cost(client, name: str) -> int:
    with translation.override("en"):
        path = reverse(name, args=PAGES[name][0])
    client.get(path, {"q": "borders"})  # what is cached for everybody is cached now
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path, {"q": "borders"}).status_code == 200
    return len(queries)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_for_one_row_and_for_three(name, rows, client):
    fill(rows)

    assert cost(client, name) == PAGES[name][1]


def own(client, user, name: str, rows: int) -> int:
    for _row in range(rows):
        attended = make.application(make.training(in_days=-9), user.person, state="attended")
        make.certificate(attended)
        make.application(make.training(), user.person, state="offered")
    client.force_login(user)
    with translation.override("en"):
        path = reverse(name)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "expected"),
    [("portal:me", 7), ("trainings:my_applications", 4), ("trainings:my_certificates", 4)],
)
def test_ones_own_pages_cost_the_same_for_one_row_and_for_three(
    name, expected, rows, client, amina
):
    assert own(client, amina, name, rows) == expected
