"""The planning screen, the programme screen, and sessions on the desk."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import make
from tests.making.programme import material, programme_item
from tests.trainings.desks import STAFF_QUERIES, door
from tests.trainings.people import said
from tests.trainings.test_desk_training import form_of
from trainings.models import RemovedEvent, Training

pytestmark = pytest.mark.django_db
# The training; its sessions with trainers; trainers, modules, objectives; sessions; steps.
PLAN_QUERIES = 8
PROGRAMME_QUERIES = 5  # the training, its sessions, their programme, materials, items


def verbs_on(page) -> list[str]:
    return [
        button["value"] for button in BeautifulSoup(page, "html.parser").select(".verbs button")
    ]


def test_the_screen_says_what_is_missing(desk):
    training = make.training(status="draft", in_days=-2)

    text = said(desk.get(door(training, "planning")))

    assert "Dates Missing The first day is in the past." in text
    assert "Seats To be considered Without a number of seats, everybody gets one." in text
    assert "Sessions To be considered Plan at least one session." in text


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        ("draft", ["publish", "copy"]),
        ("published", ["move", "postpone", "copy", "cancel"]),
        ("postponed", ["publish", "move", "copy", "cancel"]),
        ("cancelled", ["copy"]),
    ],
)
def test_the_verbs_offered_are_those_possible(desk, status, verbs):
    page = desk.get(door(make.training(status=status), "planning"))

    assert verbs_on(page.content) == verbs


def test_a_draft_is_published_by_a_button_and_the_trail_says_by_whom(desk):
    training = make.training(status="draft")

    answer = desk.post(door(training, "planning"), {"verb": "publish"}, follow=True)

    assert Training.objects.get().status == "published"
    assert "The training is published." in said(answer)
    row = BeautifulSoup(answer.content, "html.parser").select("table")[-1].select("tbody td")
    assert [cell.get_text() for cell in row[1:3]] == ["Published", "clara@example.org"]


def test_a_refusal_keeps_what_was_typed(desk):
    training = make.training()

    answer = desk.post(
        door(training, "planning"),
        {"verb": "move", "starts_on": training.starts_on, "reason": "A holiday"},
    )

    assert answer.status_code == 422
    assert "The training is on these days already." in said(answer)
    assert 'value="A holiday"' in answer.content.decode()


@pytest.mark.parametrize("sent", [{"verb": "cancel"}, {"verb": "move", "starts_on": "soon"}])
def test_a_form_that_lacks_something_says_so(desk, sent):
    training = make.training()

    answer = desk.post(door(training, "planning"), sent)

    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "html.parser").select_one(".verbs .refusal")
    assert Training.objects.get().status == "published"


def test_a_copy_leads_to_the_new_draft(desk):
    training = make.training("Borders")
    day = training.starts_on + timedelta(days=60)

    answer = desk.post(door(training, "planning"), {"verb": "copy", "starts_on": day})

    new = Training.objects.get(status="draft")
    assert answer.url == door(new, "planning")
    assert new.starts_on == day


def test_the_director_reads_the_trail_and_does_nothing(client, hasan):
    client.force_login(hasan)
    training = make.training(status="draft")

    page = client.get(door(training, "planning"))

    assert verbs_on(page.content) == []
    assert client.post(door(training, "planning"), {"verb": "publish"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_both_screens_ask_the_same_number_of_questions(desk, django_assert_num_queries, rows):
    training = make.training()
    for _turn in range(rows):
        session = make.session(training)
        programme_item(session)
        material(session)
        training.steps.create(deed="published")

    with django_assert_num_queries(STAFF_QUERIES + PLAN_QUERIES):
        desk.get(door(training, "planning"))
    with django_assert_num_queries(STAFF_QUERIES + PROGRAMME_QUERIES):
        desk.get(door(training, "programme"))


def test_the_programme_screen_shows_what_happens_and_who_speaks(desk):
    session = make.session(title_en="Morning", room="Main hall")
    programme_item(session, kind="group_work", title_en="Case", speakers="Anna Ivanova, IOM")

    text = said(desk.get(door(session.training, "programme")))

    assert "10:00–12:00: Morning (Main hall)" in text
    assert "10:00–10:30 Group work Case Anna Ivanova, IOM" in text


# --- The form of a training -------------------------------------------------------------------


def test_the_days_of_a_public_training_are_moved_not_typed(desk):
    training = make.training()
    url = f"/admin/trainings/training/{training.pk}/change/"

    assert "starts_on" not in form_of(desk, url)
    make_draft = make.training(status="draft")
    assert "starts_on" in form_of(desk, f"/admin/trainings/training/{make_draft.pk}/change/")


def test_a_session_removed_in_the_form_stays_known_to_calendars(desk):
    session = make.session()
    url = f"/admin/trainings/training/{session.training.pk}/change/"

    answer = desk.post(url, form_of(desk, url) | {"sessions-0-DELETE": "on"})

    assert answer.status_code == 302
    assert RemovedEvent.objects.get().uid == f"session-{session.pk}"


def test_a_session_that_was_attended_is_not_removed(desk):
    session = make.session(make.training(in_days=-3), title_en="Morning")
    make.application(session.training, state="attended").attendance.create(
        session=session, presence="in_room"
    )
    url = f"/admin/trainings/training/{session.training.pk}/change/"

    answer = desk.post(url, form_of(desk, url) | {"sessions-0-DELETE": "on"})

    assert answer.status_code == 200
    assert session.training.sessions.count() == 1


def test_two_sessions_typed_into_one_room_are_refused_in_a_sentence(desk):
    first = make.session(room="Main hall")
    make.session(first.training, room="Small hall")
    url = f"/admin/trainings/training/{first.training.pk}/change/"

    answer = desk.post(url, form_of(desk, url) | {"sessions-1-room": "main hall"})

    assert "Another session is in this room at that time." in said(answer)


# --- The form of a session --------------------------------------------------------------------


def test_a_programme_item_lies_within_its_session(desk):
    item = programme_item()
    url = reverse("admin:trainings_session_change", args=[item.session_id])
    page = form_of_session(desk, url)

    answer = desk.post(url, page | {"programme-0-ends": "13:00"})

    assert "is not within the hours of its session." in said(answer)


def test_a_changed_session_gives_its_calendar_a_new_revision(desk):
    session = make.session()
    url = reverse("admin:trainings_session_change", args=[session.pk])

    answer = desk.post(url, form_of_session(desk, url) | {"room": "Main hall"})

    assert answer.status_code == 302
    assert Training.objects.get().revision == 1
    session.refresh_from_db()
    assert session.room == "Main hall"


def form_of_session(desk, url) -> dict[str, object]:
    page = BeautifulSoup(desk.get(url).content, "html.parser")
    sent = {
        field["name"]: field.get("value", "")
        for field in page.select("form#session_form input[name]")
        if field.get("type") not in {"checkbox", "submit"}
    }
    for select in page.select("form#session_form select[name]"):
        chosen = [option["value"] for option in select.select("option[selected]")]
        sent[select["name"]] = chosen if select.has_attr("multiple") else (chosen or [""])[0]
    return sent
