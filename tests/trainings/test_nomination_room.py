"""The centre's room for nominations, and what a focal point may not see."""

import pytest

from rtcm.accounts.models import PersonalDataRead
from tests import make
from tests.making import nominations as made
from tests.making.seats import quota
from tests.trainings.desks import door
from tests.trainings.nominating import with_form
from tests.trainings.people import said
from trainings.models import Nomination


@pytest.fixture
def mandate(emil):
    return made.mandate(emil)


@pytest.fixture
def training(db):
    return made.nominated_training(seats=5)


def test_staff_see_the_order_the_quota_and_decide_on_several(desk, training, mandate):
    quota(training, 3, country="AZ")
    rows = [with_form(training, mandate, name) for name in ("First One", "Second One")]
    page = said(desk.get(door(training, "nominations")))
    assert "Country AZ: at most 3 · 2 nominees sent" in page
    assert page.index("First One") < page.index("Second One")

    answer = desk.post(
        door(training, "nominations"),
        {"verb": "accept", "nomination": [row.pk for row in rows]},
        follow=True,
    )

    assert "2 nominations decided." in said(answer)
    assert set(training.nominations.values_list("state", flat=True)) == {"accepted"}


def test_a_refusal_is_shown_with_the_name_and_the_others_are_decided(desk, training, mandate):
    ready = with_form(training, mandate, "Ready One")
    (waiting,) = made.on_list(training, mandate, "Waiting One", state="sent")
    chosen = {"verb": "accept", "nomination": [ready.pk, waiting.pk]}

    answer = desk.post(door(training, "nominations"), chosen, follow=True)

    assert "Waiting One: Waiting One has not filled in the application form yet." in said(answer)
    assert Nomination.objects.get(pk=ready.pk).state == "accepted"


def test_drafts_are_nobodys_business_but_the_focal_points(desk, training, mandate):
    (row,) = made.on_list(training, mandate, "Draft One")

    assert "Draft One" not in said(desk.get(door(training, "nominations")))
    assert desk.get(door(training, f"nominations/{row.pk}")).status_code == 404


def test_staff_say_that_somebody_is_known_already(desk, training, mandate):
    known = make.person("Leyla Aliyeva", country=make.country("AZ"))
    (row,) = made.on_list(training, mandate, "Leyla Əliyeva", state="sent")
    page = door(training, f"nominations/{row.pk}")
    assert "Perhaps known already" in said(desk.get(page))

    desk.post(page, {"person": known.pk})

    row.refresh_from_db()
    assert row.person == known
    desk.get(page)
    assert PersonalDataRead.objects.filter(person=known, what="trainings: nomination").exists()


@pytest.mark.parametrize("people", [1, 3])
def test_the_room_asks_as_much_for_three_as_for_one(
    people, desk, training, mandate, django_assert_num_queries
):
    for number in range(people):
        with_form(training, mandate, f"Person {number}")
    desk.get(door(training, "nominations"))

    with django_assert_num_queries(10):
        desk.get(door(training, "nominations"))


@pytest.mark.parametrize("name", ["nominations", "nominations/1"])
def test_the_room_is_closed_to_those_who_do_not_select(client, emil, training, name):
    client.force_login(emil)

    assert client.get(door(training, name)).status_code in (302, 403)
