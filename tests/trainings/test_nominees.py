"""The nominee's link, forms on paper, and somebody else in the same seat."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rtcm.accounts.models import Consent, Person
from tests import make
from tests.making import nominations as made
from tests.making.seats import quota
from tests.trainings.nominating import application_form, complete, letters, with_form
from tests.trainings.people import refused
from trainings import nominated, nominations, nominees
from trainings.models import Nomination


@pytest.fixture
def mandate(emil):
    return made.mandate(emil)


@pytest.fixture
def training(db):
    return made.nominated_training(seats=5)


@pytest.fixture
def sent(training, mandate):
    """Sent to an address that nobody has proven."""
    (row,) = made.on_list(training, mandate, "Amina Karimova", email="work@example.org")
    made.signed_letter(training, mandate)
    nominations.send(training, mandate, by=None)
    row.refresh_from_db()
    return row


@pytest.fixture
def seated(training, mandate):
    row = with_form(training, mandate)
    nominated.accept(row, by=None)
    row.refresh_from_db()
    return row


def test_who_follows_the_link_becomes_the_nominee_and_their_form_comes_in(sent, amina):
    nominees.claim(sent, amina.person, by=amina)

    application = nominees.submit(
        application_form(sent.training, amina.person), by=amina, language="en"
    )

    sent.refresh_from_db()
    assert (sent.person, sent.application) == (amina.person, application)
    assert application.state == "submitted"
    assert application.institution == sent.institution
    assert nominees.awaited(sent.training, amina.person) is None


def test_the_form_is_taken_after_the_deadline(sent, amina):
    nominees.claim(sent, amina.person, by=amina)
    sent.training.closes_at = timezone.now() - timedelta(hours=1)
    sent.training.opens_at = None
    sent.training.save()

    application = nominees.submit(
        application_form(sent.training, amina.person), by=amina, language="en"
    )

    assert application.state == "submitted"


def test_whoever_is_not_nominated_does_not_come_in(training, amina):
    form = application_form(training, amina.person)

    error = refused(lambda: nominees.submit(form, by=amina, language="en"))

    assert error.code == "nomination"


def test_a_verified_address_belongs_to_one_person_only(training, mandate, amina, boris):
    (row,) = made.on_list(training, mandate, "Amina", email="amina@example.org", state="sent")

    assert refused(lambda: nominees.claim(row, boris.person, by=boris)).code == "stranger"


def test_a_profile_of_another_country_is_refused(sent, amina):
    amina.person.country = make.country("GE")
    amina.person.save()

    assert refused(lambda: nominees.claim(sent, amina.person, by=amina)).code == "country"


def test_a_link_expires_and_ends(sent):
    assert nominees.by_link(sent.link_key) == (sent, "")
    assert nominees.by_link("guess") == (None, "wrong")

    Nomination.objects.filter(pk=sent.pk).update(link_until=timezone.now())
    assert nominees.by_link(sent.link_key) == (None, "expired")

    nominations.withdraw(sent, by=None, reason="Moved")
    assert nominees.by_link(sent.link_key) == (None, "ended")


def test_on_paper_the_consent_is_attested_and_kept(training, mandate):
    (row,) = made.on_list(training, mandate, "Leyla Aliyeva", state="sent")

    application = complete(row)

    row.refresh_from_db()
    assert (row.on_paper, row.person, application.state) == (True, application.person, "submitted")
    assert Consent.objects.get(person=row.person).given
    assert list(row.steps.values_list("verb", flat=True))[-2:] == ["consent_on_paper", "complete"]


def test_without_the_attested_consent_nobody_is_entered(training, mandate):
    (row,) = made.on_list(training, mandate, state="sent")
    form = application_form(training, nominees.unsaved_person(row))
    before = Person.objects.count()

    error = refused(
        lambda: nominees.complete_on_paper(row, form, attested=False, certificate_name="", by=None)
    )

    assert (error.code, Person.objects.count()) == ("consent", before)


def test_the_focal_point_answers_the_offer_of_those_who_cannot_sign_in(seated, emil):
    nominees.answer_for(seated, confirms=True, by=emil)

    seated.application.refresh_from_db()
    assert seated.application.state == "confirmed"


def test_whoever_can_sign_in_answers_for_themselves(sent, amina, emil):
    nominees.claim(sent, amina.person, by=amina)
    nominees.submit(application_form(sent.training, amina.person), by=amina, language="en")

    assert refused(lambda: nominees.answer_for(sent, confirms=True, by=emil)).code == "own"


def test_another_takes_the_same_seat_and_the_reason_is_kept(seated, clara):
    seat = seated.application.seat_number

    fresh = nominees.replace(
        seated,
        made.nominee("Rashad Guliyev", email="rashad@example.org"),
        reason="Visa refused",
        by=clara,
    )

    seated.refresh_from_db()
    seated.application.refresh_from_db()
    assert (fresh.state, fresh.rank, fresh.application.seat_number) == ("accepted", 1, seat)
    assert fresh.application.state == "offered"
    assert (seated.state, seated.reason, seated.replaced_by) == ("replaced", "Visa refused", fresh)
    assert (seated.application.state, seated.application.seat_number) == ("withdrawn", None)
    assert letters()[-1] == ("trainings/offered", "rashad@example.org")


def test_before_there_is_a_seat_another_takes_the_place_on_the_list(sent):
    fresh = nominees.replace(
        sent, made.nominee("Next", email="next@example.org"), reason="Illness", by=None
    )

    assert (fresh.state, fresh.rank, fresh.application) == ("sent", 1, None)
    assert letters()[-2:] == [
        ("trainings/nomination_withdrawn", "work@example.org"),
        ("trainings/nominated", "next@example.org"),
    ]


def test_a_refused_replacement_changes_nothing(seated, mandate):
    made.on_list(seated.training, mandate, "Known", email="known@example.org")
    again = made.nominee("Known", email="known@example.org")

    error = refused(lambda: nominees.replace(seated, again, reason="Illness", by=None))

    seated.refresh_from_db()
    assert (error.code, seated.state, seated.replaced_by) == ("twice", "accepted", None)


def test_a_replacement_is_not_one_more_in_the_quota(seated):
    quota(seated.training, 1, country="AZ")

    fresh = nominees.replace(
        seated, made.nominee("Next", email="next@example.org"), reason="Illness", by=None
    )

    assert fresh.state == "accepted"


def test_an_address_of_another_name_is_not_taken_over(seated):
    make.person("Somebody Else").emails.create(email="shared@example.org")
    nominee = made.nominee("Rashad Guliyev", email="shared@example.org")

    error = refused(lambda: nominees.replace(seated, nominee, reason="Illness", by=None))

    assert error.code == "address"
