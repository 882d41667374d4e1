"""Travel sheets: filled in by people, read by few, forgotten after thirty days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rtcm.accounts.models import PersonalDataRead
from tests import make
from tests.making.travel import travel_sheet
from tests.trainings.desks import door
from tests.trainings.people import said
from trainings import travelling
from trainings.models import TravelSheet

pytestmark = pytest.mark.django_db


def sheet_of(training, **fields) -> dict[str, str]:
    dull = {"arrives_on": str(training.starts_on), "departs_on": str(training.ends_on)}
    return dull | {"emergency_name": "A sister", "emergency_phone": "+994 12 000"} | fields


def address(application) -> str:
    return f"/en/me/applications/{application.pk}/travel/"


@pytest.fixture
def coming(amina):
    training = make.training(is_residential=True, needs_passport=True)
    return make.application(training, amina.person, "confirmed")


def test_a_sheet_is_kept_and_changed_never_doubled(browser, coming):
    answer = browser.post(address(coming), sheet_of(coming.training, diet="No nuts"))
    browser.post(address(coming), sheet_of(coming.training, diet="No fish"))

    assert answer.url == f"/en/me/applications/{coming.pk}/"
    assert TravelSheet.objects.get().diet == "No fish"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"emergency_phone": ""}, "This field is required."),
        ({"departs_on": "2020-01-01"}, "The departure is before the arrival."),
        ({"arrives_on": "2020-01-01"}, "more than a month away from the training."),
        ({"needs_visa": "on"}, "We need this for the letter that supports your visa."),
    ],
)
def test_a_refusal_keeps_what_was_typed(browser, coming, fields, says):
    answer = browser.post(address(coming), sheet_of(coming.training, diet="No nuts") | fields)

    assert answer.status_code == 422
    assert says in said(answer)
    assert b'value="No nuts"' in answer.content
    assert TravelSheet.objects.count() == 0


def test_a_passport_lasts_until_the_journey_back(browser, coming):
    passport = {
        "needs_visa": "on",
        "passport_name": "AMINA",
        "passport_number": "C1",
        "passport_country": "Azerbaijan",
        "passport_until": str(coming.training.ends_on - timedelta(days=1)),
    }

    answer = browser.post(address(coming), sheet_of(coming.training, **passport))

    assert "The passport runs out before the journey back." in said(answer)


def test_passport_data_are_neither_asked_nor_taken_where_they_are_not_needed(browser, amina):
    training = make.training(is_residential=True)
    application = make.application(training, amina.person, "confirmed")

    browser.post(address(application), sheet_of(training, passport_number="C1234567"))

    assert b"passport" not in browser.get(address(application)).content
    assert TravelSheet.objects.get().passport_number == ""


@pytest.mark.parametrize(
    ("state", "residential", "status"),
    [("confirmed", False, 404), ("waitlisted", True, 404), ("confirmed", True, 200)],
)
def test_the_form_is_for_those_who_come_to_a_residential_training(
    browser, amina, state, residential, status
):
    training = make.training(is_residential=residential)
    application = make.application(training, amina.person, state)

    assert browser.get(address(application)).status_code == status


# --- The desk ---------------------------------------------------------------------------------


def test_every_look_at_a_sheet_is_recorded_and_the_list_is_no_look(desk, clara):
    sheet = travel_sheet()
    training = sheet.application.training

    assert "filled in on" in said(desk.get(door(training, "travel")))
    assert PersonalDataRead.objects.count() == 0
    text = said(desk.get(door(training, "travel/sheets")))

    assert "A sister" in text
    assert "C1234567" not in text  # this training needs no passports
    looks = PersonalDataRead.objects.values_list("reader", "person", "what")
    assert list(looks) == [(clara.pk, sheet.application.person_id, "travel sheet")]


@pytest.mark.parametrize("person", ["hasan", "gunel", "amina"])
def test_others_do_not_read_them(client, person, request):
    training = travel_sheet().application.training
    client.force_login(request.getfixturevalue(person))

    for name in ("travel", "travel/sheets"):
        assert client.get(door(training, name)).status_code in {302, 403}
    assert PersonalDataRead.objects.count() == 0


# --- Forgetting -------------------------------------------------------------------------------


@pytest.mark.parametrize(("days_ago", "kept"), [(29, 1), (30, 1), (31, 0)])
def test_sheets_go_thirty_days_after_the_training(days_ago, kept):
    training = make.training(is_residential=True, in_days=-days_ago)
    travel_sheet(make.application(training, state="attended"))

    assert travelling.forget() == 1 - kept
    assert travelling.forget() == 0
    assert TravelSheet.objects.count() == kept


def test_the_trail_says_how_many_were_deleted():
    training = make.training(is_residential=True, in_days=-40)
    for _turn in range(3):
        travel_sheet(make.application(training, state="attended"))

    travelling.forget()

    step = training.steps.get()
    assert (step.deed, step.facts, step.by) == ("travel_deleted", {"sheets": 3}, None)


def test_who_no_longer_comes_is_forgotten_at_once():
    training = make.training(is_residential=True)
    travel_sheet(make.application(training, state="withdrawn"))
    coming = travel_sheet(make.application(training, state="confirmed"))

    assert travelling.forget() == 1
    assert TravelSheet.objects.get() == coming


def test_a_day_is_counted_in_days_of_the_calendar():
    assert timezone.localdate() - travelling.KEPT == timezone.localdate() - timedelta(days=30)
