"""What the selection board decides, and what it refuses to overwrite; notes of reviewers."""

import pytest
from bs4 import BeautifulSoup

from rtcm.jobs.models import Message
from tests import make
from tests.trainings.boards import board, decide, row_of
from tests.trainings.desks import states
from tests.trainings.people import said
from trainings import seats
from trainings.models import ReviewNote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "becomes"), [("offer", "offered"), ("waitlist", "waitlisted"), ("reject", "rejected")]
)
def test_the_coordinator_decides_on_those_ticked(desk, clara, amina, verb, becomes):
    training = make.training(seats=5, route="selection")
    chosen = make.application(training, amina.person)
    make.application(training)

    answer = decide(desk, training, verb, chosen, reason="Of this reason")

    assert states(training) == [becomes, "submitted"]
    step = chosen.transitions.get()
    assert (step.by, step.reason) == (clara, "Of this reason")
    assert "Of this reason" in Message.objects.get().body_text
    assert "1 application decided." in said(answer)


def test_offers_go_to_as_many_as_there_are_seats_in_order_of_arrival(desk):
    training = make.training(seats=2, route="selection")
    asking = [make.application(training) for _ in range(3)]

    answer = decide(desk, training, "offer", *reversed(asking))

    assert answer.status_code == 409
    assert states(training) == ["offered", "offered", "submitted"]
    assert "2 applications decided." in said(answer)
    assert f"{asking[2].person}: No seat is free in this training." in said(answer)


def test_a_refusal_keeps_the_reason_and_the_ticks_of_those_refused(desk):
    training = make.training(seats=1, route="selection")
    asking = [make.application(training) for _ in range(2)]

    answer = decide(desk, training, "offer", *asking, reason="Well argued")

    page = BeautifulSoup(answer.content, "html.parser")
    ticked = [tick["value"] for tick in page.select("input[name=application][checked]")]
    assert ticked == [str(asking[1].pk)]
    assert page.find(id="reason")["value"] == "Well argued"


def test_what_another_coordinator_changed_meanwhile_is_reported_and_left(desk):
    training = make.training(seats=5, route="selection")
    zaur, anna = (make.application(training, make.person(name)) for name in ("Zaur", "Anna"))
    old = {f"version-{it.pk}": it.version for it in (zaur, anna)}
    seats.waitlist(zaur, by=None, reason="Perhaps later")

    sent = {"verb": "reject", "application": [zaur.pk, anna.pk], "reason": "No", **old}
    answer = desk.post(board(training), sent)

    assert answer.status_code == 409
    assert states(training) == ["waitlisted", "rejected"]
    assert "Zaur: Somebody changed this application meanwhile; please look again." in said(answer)


def test_a_row_without_its_version_is_not_decided_on(desk):
    training = make.training(seats=5, route="selection")
    asking = make.application(training)

    desk.post(board(training), {"verb": "offer", "application": [asking.pk]})

    assert states(training) == ["submitted"]


def test_rejecting_without_a_reason_is_refused_by_name(desk):
    training = make.training(route="selection")
    asking = make.application(training, make.person("Zaur"))

    answer = decide(desk, training, "reject", asking, reason="\x00 ")

    assert "Zaur: Please give a reason; the person will read it." in said(answer)
    assert states(training) == ["submitted"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verb": "offer"},
        {"verb": "confirm", "application": "1"},
        {"verb": "offer", "application": ["", "x", "-1", "9" * 30, "٣"]},
    ],
)
def test_what_cannot_be_meant_changes_nothing_and_says_so(desk, sent):
    training = make.training(seats=2, route="selection")
    make.application(training)

    answer = desk.post(board(training), sent)

    assert answer.status_code == 422
    assert "Tick the people first, then press one of the buttons." in said(answer)
    assert states(training) == ["submitted"]


def test_applicants_of_another_training_are_not_decided_on(desk):
    other = make.application(make.training(seats=1, route="selection"))
    training = make.training(seats=1, route="selection")

    decide(desk, training, "offer", other)

    assert states(other.training) == ["submitted"]


# --- Notes ------------------------------------------------------------------------------------


def test_reviewers_write_notes_that_others_read(desk, clara):
    training = make.training(route="selection")
    asking = make.application(training)

    sent = {"note": asking.pk, f"note-{asking.pk}": "Knows the <b>subject</b>"}
    answer = desk.post(board(training), sent, follow=True)

    written = ReviewNote.objects.get()
    assert (written.application, written.by, written.text) == (
        asking,
        clara,
        sent[f"note-{asking.pk}"],
    )
    assert "Knows the <b>subject</b>" in row_of(answer, asking)


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_note_that_cannot_be_kept_is_refused_and_stays_typed(desk, text):
    training = make.training(route="selection")
    asking = make.application(training)

    answer = desk.post(board(training), {"note": asking.pk, f"note-{asking.pk}": text})

    assert answer.status_code == 422
    assert not ReviewNote.objects.exists()
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find(id=f"note-{asking.pk}").get_text().strip() == text.strip()


def test_a_note_about_somebody_of_another_training_is_not_found(desk):
    other = make.application()

    answer = desk.post(board(make.training()), {"note": other.pk, f"note-{other.pk}": "Wrong door"})

    assert answer.status_code == 404
