"""The selection board: what it shows, what it counts, and what it decides."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from rtcm.accounts.models import PersonalDataRead
from tests import make
from tests.making.seats import applicant, quota
from tests.trainings.boards import board, decide, row_of
from tests.trainings.desks import STAFF_QUERIES, states
from tests.trainings.people import said
from trainings.models import Answer, Question, ReviewNote, Training

pytestmark = pytest.mark.django_db
# The training, the page and its number, seats, quotas and their holders, countries that take
# part, earlier trainings, answers and their choices, notes, readings (twice), counters, reasons,
# the countries of the filter.
BOARD_QUERIES = STAFF_QUERIES + 15


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
