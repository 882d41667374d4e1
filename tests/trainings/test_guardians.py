"""Ages: whoever is too young is refused; a minor's seat waits for the guardian."""

import uuid
from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from rtcm.jobs.models import Message
from rtcm.jobs.sealing import unseal
from tests import make
from tests.making.questions import answer, guardian, question
from tests.trainings.people import refused, said
from trainings import certificates, consenting, retention, seats
from trainings.ages import years_on
from trainings.models import Answer, Application, GuardianConsent

pytestmark = pytest.mark.django_db


def address(training) -> str:
    return f"/en/trainings/{training.slug}/apply/"


def form(**fields):
    return {"token": str(uuid.uuid4()), **fields}


def born(years: int, training) -> str:
    """Exactly so old on the first day."""
    return training.starts_on.replace(year=training.starts_on.year - years, day=1).isoformat()


@pytest.fixture
def camp():
    """From 14 on, first come first served."""
    return make.training("Camp", seats=5, minimum_age=14)


@pytest.fixture
def minor(browser, camp, amina):
    """Amina is sixteen and has applied."""
    browser.post(address(camp), minor_form(camp))
    return Application.objects.get()


def minor_form(camp, **fields):
    given = {"born_on": born(16, camp), "guardian_name": "Leyla", "guardian_language": "az"}
    return form(**given | {"guardian_email": "leyla@example.org"} | fields)


def link() -> str:
    """The path in the letter, as it is really sent."""
    letter = Message.objects.filter(to="leyla@example.org").latest("pk")
    text = unseal(letter.secret)
    return next(word for word in text.replace("\\n", " ").split() if "/guardians/" in word)


@pytest.mark.parametrize(
    ("day", "years"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2026, 3, 2), 18)]
)
def test_one_born_on_a_leap_day_is_older_in_march(day, years):
    assert years_on(day, date(2008, 2, 29)) == years


def test_a_year_of_birth_that_is_known_refuses_who_is_too_young(browser, amina):
    training = make.training()
    amina.person.birth_year = training.starts_on.year - 17
    amina.person.save()

    reply = browser.post(address(training), form())

    assert reply.status_code == 422
    assert "for people who are at least 18 on its first day" in said(reply)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"born_on": ""}, "Your date of birth: This field is required."),
        ({"born_on": "2020-01-01"}, "for people who are at least 14 on its first day"),
        ({"guardian_name": ""}, "please say who your guardian is"),
        ({"guardian_email": ""}, "please say where we can ask your guardian"),
        ({"guardian_email": "amina@example.org"}, "This is your own address"),
        ({"guardian_language": "xx"}, "Select a valid choice."),
    ],
)
def test_a_minor_says_who_the_guardian_is(browser, camp, fields, sentence):
    reply = browser.post(address(camp), minor_form(camp, **fields))

    assert reply.status_code == 422
    assert sentence in said(reply)
    assert not Application.objects.exists()


def test_an_adult_at_such_a_training_has_a_seat_at_once(browser, camp, amina):
    browser.post(address(camp), form(born_on=born(30, camp)))

    assert Application.objects.get().state == "confirmed"
    assert not GuardianConsent.objects.exists()
    amina.person.refresh_from_db()
    assert amina.person.birth_year == camp.starts_on.year - 30


def test_a_minor_is_offered_a_seat_that_is_confirmed_once_the_guardian_agreed(client, minor, amina):
    assert minor.state == "offered"
    assert refused(lambda: seats.confirm(minor, by=None)).code == "guardian"
    letter = Message.objects.get(to="leyla@example.org")
    assert (letter.language, "/guardians/" in letter.body_text) == ("az", False)
    client.logout()
    page = client.get(link())
    assert "Amina Karimova" in said(page)

    client.post(link(), {"agree": "yes"})

    assert minor.guardian.state == "given"
    told = Message.objects.filter(kind="trainings/guardian_agreed").get()
    assert told.to == "amina@example.org"
    seats.confirm(minor, by=amina)
    minor.refresh_from_db()
    assert minor.state == "confirmed"


def test_at_the_door_too_a_minor_needs_the_consent(amina):
    training = make.training(in_days=0, minimum_age=14)
    application = make.application(training, amina.person, state="offered")
    guardian(application)

    deed = partial(seats.walk_in, training, amina.person, by=None, language="en")

    assert refused(deed).code == "guardian"


def test_a_guardian_who_refuses_withdraws_the_application(client, minor):
    client.post(link(), {"agree": "no"})

    minor.refresh_from_db()
    assert (minor.state, minor.guardian.state) == ("withdrawn", "refused")
    after = client.get(link())
    assert after.status_code == 200
    assert b'name="agree"' not in after.content


def test_a_guardian_may_think_again_until_the_start(client, minor):
    client.post(link(), {"agree": "yes"})
    client.post(link(), {"agree": "no"})

    minor.refresh_from_db()
    assert minor.state == "withdrawn"


@pytest.mark.parametrize("sent", [{}, {"agree": ""}, {"agree": "maybe"}])
def test_pressing_nothing_says_nothing(client, minor, sent):
    client.post(link(), sent)

    assert GuardianConsent.objects.get().state == "asked"


@pytest.mark.parametrize("wrong", ["x", "x:y", "ə", "a" * 300])
def test_a_wrong_link_is_one_clear_page(client, minor, wrong):
    reply = client.get(f"/en/guardians/{wrong}/")

    assert reply.status_code == 404
    assert "This link does not work" in said(reply)


def test_a_link_ends_when_the_training_begins(client, minor, camp):
    camp.starts_on = camp.ends_on = timezone.localdate() - timedelta(days=1)
    camp.save()

    replies = [client.get(link()), client.post(link(), {"agree": "yes"})]

    assert [it.status_code for it in replies] == [410, 410]
    assert b"Amina" not in replies[0].content
    assert GuardianConsent.objects.get().state == "asked"


def test_a_silent_guardian_is_reminded_every_few_days(minor):
    assert consenting.remind() == 0
    GuardianConsent.objects.update(asked_at=timezone.now() - timedelta(days=5))

    assert [consenting.remind(), consenting.remind()] == [1, 0]
    assert Message.objects.filter(kind="trainings/guardian_reminder").count() == 1


def test_whoever_came_in_without_the_form_tells_their_age_before_the_seat_is_sure(
    browser, amina, camp
):
    application = make.application(camp, amina.person, state="offered")
    assert refused(lambda: seats.confirm(application, by=None)).code == "age"

    reply = browser.post(address(camp), form(born_on=born(30, camp), supervisor_name="Head"))

    assert reply.status_code == 302
    application.refresh_from_db()
    assert application.supervisor_name == "Head"
    seats.confirm(application, by=None)
    again = browser.post(address(camp), form(born_on=born(30, camp)))
    assert again.status_code == 409


@pytest.mark.parametrize("known_by", ["guardian", "year"])
def test_the_public_page_of_a_certificate_never_names_a_minor(client, amina, known_by):
    training = make.training(in_days=-9, minimum_age=14)
    application = make.application(training, amina.person, "attended")
    if known_by == "guardian":
        guardian(application)
    else:
        amina.person.birth_year = training.starts_on.year - 16
        amina.person.save()
    certificate = certificates.issue(application, by=None)

    reply = client.get(f"/en/certificates/{certificate.code}/")

    assert reply.status_code == 200
    assert b"Amina" not in reply.content
    assert "not shown, for the holder was a minor" in said(reply)


# --- Sensitive answers ------------------------------------------------------------------------


def test_sensitive_answers_are_deleted_when_their_time_is_over(caplog):
    today = timezone.localdate()
    over, coming = make.training(in_days=-40), make.training(in_days=40)
    for training, day in ((over, -1), (over, 0), (coming, -1)):
        application = make.application(training)
        asked = question(training, keep_days=30)
        answer(application, asked, delete_after=today + timedelta(days=day))

    assert [retention.forget_sensitive(), retention.forget_sensitive()] == [1, 0]
    assert Answer.objects.count() == 2
    assert "1 sensitive answers deleted" in caplog.text


def test_a_moved_training_takes_its_days_of_deletion_along():
    training = make.training(in_days=10)
    asked = question(training, keep_days=30)
    kept = answer(make.application(training), asked, delete_after=timezone.localdate())

    retention.redate(training)

    kept.refresh_from_db()
    assert kept.delete_after == training.ends_on + timedelta(days=30)
