"""The selection list of the desk, and who may open the screens beside it."""

import pytest

from rtcm.jobs.models import Message
from tests import make
from tests.trainings.desks import STAFF_QUERIES, door, states
from tests.trainings.people import said
from trainings.models import Certificate

pytestmark = pytest.mark.django_db
SELECTION_QUERIES = STAFF_QUERIES + 2  # the training, its applicants


# --- Who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["selection", "attendance"])
def test_only_the_coordinator_opens_these_screens(client, name, request):
    training = make.training(in_days=-3)
    expected = {
        "amina": 302,
        "dilara": 302,
        "emil": 302,
        "gunel": 403,
        "hasan": 403,
        "farid": 403,
        "clara": 200,
    }

    seen = {}
    for person in expected:
        client.force_login(request.getfixturevalue(person))
        seen[person] = client.get(door(training, name)).status_code

    assert seen == expected


@pytest.mark.parametrize("name", ["selection", "attendance"])
def test_a_training_that_is_not_there_is_not_found(desk, name):
    assert desk.get(f"/admin/trainings/training/999999/{name}/").status_code == 404


def test_whoever_may_mark_but_not_issue_issues_nothing(client, clara):
    training = make.training(in_days=-3)
    make.application(training, state="attended")
    clara.groups.get().permissions.filter(codename="issue_certificate").delete()
    client.force_login(clara)

    answer = client.post(door(training, "attendance"), {"verb": "issue"})

    assert answer.status_code == 403
    assert not Certificate.objects.exists()


# --- Selecting --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_selection_list_asks_the_same_number_of_questions(
    desk, django_assert_num_queries, rows
):
    training = make.training(seats=5, route="selection", objectives=[11])
    for _ in range(rows):
        make.application(
            training, institution=make.institution(), country=make.country("GE"), motivation="So."
        )
    desk.get(door(training, "selection"))

    with django_assert_num_queries(SELECTION_QUERIES):
        desk.get(door(training, "selection"))


def test_applicants_stand_in_order_of_arrival_with_what_decides(desk):
    training = make.training(seats=5, route="selection")
    for name in ("Zaur", "Anna"):
        make.application(
            training, make.person(name), motivation=f"{name} asks", post="Adviser",
            institution_name="Border Guard", country=make.country("GE", name_en="Georgia"),
        )  # fmt: skip

    text = said(desk.get(door(training, "selection")))

    assert text.index("Zaur asks") < text.index("Anna asks")
    for part in ("Border Guard, Adviser", "Georgia", "0 of 5 seats taken", "Submitted"):
        assert part in text


@pytest.mark.parametrize(
    ("verb", "becomes"), [("offer", "offered"), ("waitlist", "waitlisted"), ("reject", "rejected")]
)
def test_the_coordinator_decides_on_those_ticked(desk, clara, amina, verb, becomes):
    training = make.training(seats=5, route="selection")
    chosen = make.application(training, amina.person)
    make.application(training)

    answer = desk.post(
        door(training, "selection"),
        {"verb": verb, "application": [chosen.pk], "reason": "Of this reason"},
        follow=True,
    )

    assert states(training) == [becomes, "submitted"]
    step = chosen.transitions.get()
    assert (step.by, step.reason) == (clara, "Of this reason")
    assert "Of this reason" in Message.objects.get().body_text
    assert "1 application decided." in said(answer)


def test_offers_go_to_as_many_as_there_are_seats_in_order_of_arrival(desk):
    training = make.training(seats=2, route="selection")
    asking = [make.application(training) for _ in range(3)]

    answer = desk.post(
        door(training, "selection"),
        {"verb": "offer", "application": [it.pk for it in reversed(asking)]},
        follow=True,
    )

    assert states(training) == ["offered", "offered", "submitted"]
    assert "2 applications decided." in said(answer)
    assert f"{asking[2].person}: No seat is free in this training." in said(answer)


def test_rejecting_without_a_reason_is_refused_by_name(desk):
    training = make.training(route="selection")
    asking = make.application(training, make.person("Zaur"))

    answer = desk.post(
        door(training, "selection"),
        {"verb": "reject", "application": [asking.pk], "reason": "\x00 "},
        follow=True,
    )

    assert "Zaur: Please give a reason; the person will read it." in said(answer)
    assert states(training) == ["submitted"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verb": "offer"},
        {"verb": "confirm", "application": "1"},
        {"verb": "offer", "application": ["", "x", "-1", "9" * 30]},
    ],
)
def test_what_cannot_be_meant_changes_nothing(desk, sent):
    training = make.training(seats=2, route="selection")
    make.application(training)

    answer = desk.post(door(training, "selection"), sent)

    assert answer.status_code == 302
    assert states(training) == ["submitted"]


def test_applicants_of_another_training_are_not_decided_on(desk):
    other = make.application(make.training(seats=1, route="selection"))
    training = make.training(seats=1, route="selection")

    desk.post(door(training, "selection"), {"verb": "offer", "application": [other.pk]})

    assert states(other.training) == ["submitted"]
