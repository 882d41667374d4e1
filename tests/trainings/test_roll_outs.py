"""Roll-outs: who may log one, what is refused, and when it counts."""

import datetime
import uuid

import pytest

from rtcm.accounts.models import FocalPoint
from rtcm.jobs.models import Message
from rtcm.portal import figures
from tests import make
from tests.making import outreach
from tests.trainings.people import refused, said
from trainings import rolling_out
from trainings.models import RollOut, Training

pytestmark = pytest.mark.django_db
FORM = {
    "city": "Ganja",
    "hours": "4",
    "country": "AZ",
    "reached-migration_agency-female": "12",
    "reached-academia-male": "7",
}


@pytest.fixture
def graduation(amina):
    return outreach.graduation(of=amina.person)


def form(graduation, **fields):
    training = graduation.application.training
    return FORM | {
        "token": str(uuid.uuid4()),
        "graduation": graduation.pk,
        "on": f"{training.starts_on + datetime.timedelta(days=9)}",
        "modules": [module.pk for module in training.modules.all()],
        **fields,
    }


def counted():
    numbers = figures.count()
    return numbers["roll_outs"], numbers["reached"]


def test_a_graduate_logs_a_roll_out_and_it_counts_once_it_is_checked(browser, graduation, clara):
    make.country("AZ")

    answer = browser.post("/en/me/roll-outs/", form(graduation))

    assert answer.status_code == 302
    roll_out = RollOut.objects.get()
    assert roll_out.training.kind == "roll_out"
    assert roll_out.training.rolled_out_from == graduation.application.training
    groups = roll_out.training.reached_groups
    assert sorted(groups.values_list("institution_kind", "sex", "persons")) == [
        ("academia", "male", 7),
        ("migration_agency", "female", 12),
    ]
    assert counted() == (0, 0)
    assert not Training.objects.published().filter(pk=roll_out.pk).exists()

    rolling_out.check(roll_out, by=clara)

    assert counted() == (1, 19)
    assert Message.objects.get(to="amina@example.org").kind == "trainings/roll_out_checked"


def test_the_same_form_sent_twice_logs_once(browser, graduation):
    make.country("AZ")
    data = form(graduation)

    browser.post("/en/me/roll-outs/", data)
    browser.post("/en/me/roll-outs/", data)

    assert RollOut.objects.count() == 1


def test_a_token_of_somebody_else_is_refused(graduation, amina, boris):
    known = outreach.roll_out(amina, graduation)
    told = outreach.told(graduation.application.training)

    error = refused(lambda: rolling_out.log(graduation, told, by=boris, token=known.token))

    assert error.message == "This form was already used. Please open it again."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": "2999-01-01"}, "Log a roll-out after it was held, not before."),
        ({"on": "2001-01-01"}, "This day is before the training it rolls out."),
        ({"hours": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"reached-academia-male": "-1"}, "Ensure this value is greater than or equal to 0."),
        (
            {"reached-academia-male": "", "reached-migration_agency-female": ""},
            "Write how many people took part, in at least one box.",
        ),
        ({"graduation": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_true_is_refused_and_kept(browser, graduation, change, sentence):
    make.country("AZ")

    answer = browser.post("/en/me/roll-outs/", form(graduation) | change)

    assert answer.status_code in {409, 422}
    assert sentence in said(answer)
    assert 'value="Ganja"' in answer.text
    assert not RollOut.objects.exists()
    assert not Training.objects.filter(kind="roll_out").exists()


def test_topics_are_those_of_the_training_one_graduated_from(browser, graduation):
    make.country("AZ")
    other = make.module(published=True)

    answer = browser.post("/en/me/roll-outs/", form(graduation, modules=[other.pk]))

    assert answer.status_code == 422
    assert not RollOut.objects.exists()


def test_participation_alone_makes_nobody_a_graduate(browser, amina):
    outreach.graduation(of=amina.person, tier="participation")

    answer = browser.get("/en/me/roll-outs/")

    assert "There is none you could log one for." in said(answer)


def test_a_revoked_certificate_ends_it(graduation, amina, clara):
    type(graduation).objects.filter(pk=graduation.pk).update(
        state="revoked", revoked_at="2026-01-01T00:00Z"
    )
    told = outreach.told(graduation.application.training)

    error = refused(lambda: rolling_out.log(graduation, told, by=amina, token=uuid.uuid4()))

    assert error.message.startswith("Only a graduate of this training or their focal point")


def test_a_focal_point_logs_for_the_graduates_of_the_country(emil, amina):
    country = make.country("AZ")
    graduation = outreach.graduation(of=amina.person, country=country)
    FocalPoint.objects.create(person=emil.person, country=country)

    roll_out = outreach.roll_out(emil, graduation)

    assert roll_out.held_by == amina.person
    assert list(RollOut.objects.belonging_to(amina)) == [roll_out]


def test_a_focal_point_of_another_country_cannot(emil, amina):
    graduation = outreach.graduation(of=amina.person, country=make.country("AZ"))
    FocalPoint.objects.create(person=emil.person, country=make.country("GE"))

    refused(lambda: outreach.roll_out(emil, graduation))

    assert not RollOut.objects.exists()


def test_a_returned_log_is_corrected_and_waits_again(browser, graduation, amina, clara):
    roll_out = outreach.roll_out(amina, graduation)
    rolling_out.give_back(roll_out, by=clara, reason="Is it 10 or 100?")

    data = form(graduation, **{"reached-academia-male": "100"})
    answer = browser.post(f"/en/me/roll-outs/{roll_out.pk}/", data)

    assert answer.status_code == 302
    roll_out.refresh_from_db()
    assert (roll_out.state, roll_out.reason) == ("logged", "")
    assert sum(roll_out.training.reached_groups.values_list("persons", flat=True)) == 112


def test_what_is_checked_stays_as_it_is(browser, graduation, amina):
    roll_out = outreach.roll_out(amina, graduation, checked=True)
    told = outreach.told(graduation.application.training)

    browser.post(f"/en/me/roll-outs/{roll_out.pk}/", form(graduation))
    error = refused(lambda: rolling_out.correct(roll_out, told, by=amina))

    assert error.code == "moved"
    assert roll_out.training.city == "Ganja"


def test_nobody_corrects_the_roll_out_of_another(client, graduation, amina, boris):
    roll_out = outreach.roll_out(amina, graduation)
    client.force_login(boris)

    assert client.get(f"/en/me/roll-outs/{roll_out.pk}/").status_code == 404


def test_returning_needs_words(graduation, amina, clara):
    roll_out = outreach.roll_out(amina, graduation)

    error = refused(lambda: rolling_out.give_back(roll_out, by=clara, reason=" "))

    assert error.message == "Please say what should be put right; the graduate reads it."


def test_the_list_of_ones_roll_outs_costs_the_same_for_one_and_for_three(
    browser, graduation, amina, django_assert_num_queries
):
    outreach.roll_out(amina, graduation)
    browser.get("/en/me/roll-outs/")

    with django_assert_num_queries(8):
        browser.get("/en/me/roll-outs/")
    outreach.roll_out(amina, graduation)
    outreach.roll_out(amina, graduation)
    with django_assert_num_queries(8):
        browser.get("/en/me/roll-outs/")
