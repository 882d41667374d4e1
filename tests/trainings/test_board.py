"""The selection board: what it shows, what it counts, and what it decides."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from rtcm.accounts.models import PersonalDataRead
from rtcm.jobs.models import Message
from tests import make
from tests.making.seats import applicant, quota
from tests.trainings.desks import STAFF_QUERIES, door, states
from tests.trainings.people import said
from trainings import seats
from trainings.models import Answer, Application, Question, ReviewNote, Training

pytestmark = pytest.mark.django_db
# The training, the page and its number, seats and quotas with their holders, countries that take
# part, earlier trainings, answers and their choices, notes, readings (twice), counters, reasons,
# the countries of the filter.
BOARD_QUERIES = STAFF_QUERIES + 14


def board(training: Training) -> str:
    return door(training, "selection")


def decide(desk, training, verb, *chosen, **more):
    """As the browser sends it: the rows ticked, with their versions as they are now."""
    rows = {f"version-{it.pk}": Application.objects.get(pk=it.pk).version for it in chosen}
    sent = {"verb": verb, "application": [it.pk for it in chosen]} | rows | more
    return desk.post(board(training), sent, follow=True)


def row_of(answer, application) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    label = page.find("label", string=application.person.full_name)
    return " ".join(label.find_parent("tr").get_text(" ").split())


def counts(answer) -> dict[str, str]:
    page = BeautifulSoup(answer.content, "html.parser")
    rows = page.select(".board-counters dl > div")
    return {" ".join(r.dt.get_text().split()): " ".join(r.dd.get_text().split()) for r in rows}


# --- What it shows ----------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_the_same_number_of_questions(desk, django_assert_num_queries, rows):
    training = make.training(seats=5, route="selection")
    question = Question.objects.create(training=training, key="why", label="Why?")
    quota(training, 2, country="GE")
    quota(training, 2, country="AM")
    for _ in range(rows):
        one = applicant(training, "GE", institution=make.institution(), motivation="So.")
        Answer.objects.create(application=one, question=question, value="Because")
        ReviewNote.objects.create(application=one, text="Good")
        make.application(make.training(in_days=-9), one.person, "attended")
    desk.get(board(training))

    with django_assert_num_queries(BOARD_QUERIES):
        desk.get(board(training))


def test_applicants_stand_in_order_of_arrival_with_what_decides(desk):
    training = make.training(seats=5, route="selection")
    question = Question.objects.create(training=training, key="role", label="Your role?")
    for name in ("Zaur", "Anna"):
        one = make.application(
            training, make.person(name, sex="female"), motivation=f"{name} asks", post="Adviser",
            institution_name="Border Guard", country=make.country("GE", name_en="Georgia"),
        )  # fmt: skip
        Answer.objects.create(application=one, question=question, value="Lead")
        make.application(make.training("Asylum basics", in_days=-9), one.person, "attended")

    answer = desk.get(board(training))

    text = row_of(answer, training.applications.last())
    assert said(answer).index("Zaur asks") < said(answer).index("Anna asks")
    for part in ("Anna Woman", "Georgia Border Guard", "Adviser", "Asylum basics", "Submitted",
                 "Your role? Lead", "Nothing speaks against it"):  # fmt: skip
        assert part in text


def test_what_speaks_against_somebody_is_said(desk):
    training = make.training(
        seats=5, route="selection", countries=["AZ"], working_languages=["ru"],
        starts_on=date(2040, 5, 1),
    )  # fmt: skip
    quota(training, 1, country="GE")
    applicant(training, "GE", "confirmed")
    young = make.person("Young", country=make.country("GE"), birth_year=2025)
    one = applicant(training, of=young, understands=["en"])

    text = row_of(desk.get(board(training)), one)

    for part in ("Younger than 18.", "The country does not take part.",
                 "Understands none of the languages of the training.",
                 "The quota is used up: Country GE: at most 1."):  # fmt: skip
        assert part in text


def test_the_counters_show_quotas_and_women_and_what_would_be(desk):
    training = make.training(seats=3, route="selection", women_target=50)
    quota(training, 1, country="GE")
    applicant(training, "GE", "confirmed").person.__class__.objects.update(sex="male")
    woman = make.person(country=make.country("GE"), sex="female")
    asking = applicant(training, of=woman)

    now = counts(desk.get(board(training)))
    then = counts(decide(desk, training, "preview", asking))

    assert now["Seats taken"] == "1 → 1 / 3"
    assert now["Country GE: at most 1"] == "1 → 1"
    assert now["Women among seat holders (hoped for: 50%)"] == "0% → 0%"
    assert then["Seats taken"] == "1 → 2 / 3"
    assert then["Country GE: at most 1"] == "1 → 2"
    assert then["Women among seat holders (hoped for: 50%)"] == "0% → 50%"
    assert states(training) == ["confirmed", "submitted"]


def test_sensitive_answers_are_not_on_the_board_without_the_permission(desk, clara):
    training = make.training(route="selection")
    question = Question.objects.create(
        training=training, key="diet", label="Diet?", asks_sensitive=True, keep_days=30
    )
    Answer.objects.create(application=applicant(training), question=question, value="Vegan")
    clara.groups.get().permissions.filter(codename="view_sensitive_answer").delete()

    assert "Vegan" not in said(desk.get(board(training)))


def test_an_overhang_is_shown(desk):
    training = make.training(seats=1)
    for seat in (1, 2):
        Training.objects.filter(pk=training.pk).update(capacity=2)
        make.application(training, state="confirmed", seat_number=seat)
    Training.objects.filter(pk=training.pk).update(capacity=1)

    text = said(desk.get(board(training)))

    assert "1 person holds a seat beyond the capacity, which was lowered." in text


def test_filters_narrow_the_list_and_a_wrong_one_is_named(desk):
    training = make.training(route="selection")
    for name, country in (("Zaur", "AZ"), ("Anna", "GE"), ("Maka", "GE")):
        applicant(training, of=make.person(name, country=make.country(country)))

    georgians = said(desk.get(board(training), {"country": "GE"}))
    anna = said(desk.get(board(training), {"country": "GE", "q": "anna"}))
    wrong = desk.get(board(training), {"state": "nothing", "q": "zaur"})

    assert ("Anna" in georgians, "Maka" in georgians, "Zaur" in georgians) == (True, True, False)
    assert ("Anna" in anna, "Maka" in anna) == (True, False)
    assert wrong.status_code == 200
    assert "Select a valid choice" in said(wrong)


def test_a_page_holds_fifty(desk):
    training = make.training(route="selection")
    people = [applicant(training) for _ in range(51)]

    first, second = (desk.get(board(training), {"page": n}) for n in (1, 2))

    assert f'id="application-{people[50].pk}"' not in first.text
    assert f'id="application-{people[50].pk}"' in second.text
    assert "Page 1 of 2" in said(first)


def test_whose_data_was_shown_is_recorded_once_an_hour(desk, clara):
    training = make.training(route="selection")
    people = [applicant(training).person for _ in range(2)]

    desk.get(board(training))
    desk.get(board(training))

    reads = PersonalDataRead.objects.values_list("person", "reader", "what")
    assert sorted(reads) == sorted((it.pk, clara.pk, "selection board") for it in people)


# --- What it decides --------------------------------------------------------------------------


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
