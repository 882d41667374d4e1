import pytest
from django.db import IntegrityError, transaction

from rtcm.accounts.consents import TEXTS, current, decide
from rtcm.accounts.models import Consent
from tests import make

pytestmark = pytest.mark.django_db


def given(person, **fields):
    defaults = {"purpose": "processing", "given": True, "text_version": "1", "language": "en"}
    return Consent.objects.create(person=person, **(defaults | fields))


@pytest.mark.parametrize("change", [{"given": False}, {"text_version": "2"}, {"purpose": "x"}])
def test_a_consent_cannot_be_changed(change):
    consent = given(make.person())

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**change)


def test_a_consent_cannot_be_removed():
    consent = given(make.person())

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        consent.delete()


def test_a_consent_moves_with_a_merged_person():
    consent, kept = given(make.person()), make.person()

    Consent.objects.filter(pk=consent.pk).update(person=kept)

    assert kept.consents.get() == consent


def test_consents_of_invented_people_may_be_wiped():
    consent = given(make.person(is_demo=True))

    consent.delete()

    assert not Consent.objects.exists()


def test_a_decision_records_the_version_of_the_text():
    person = make.person()

    decide(person, "announcements", given=True)

    consent = person.consents.get()
    assert consent.text_version == TEXTS[Consent.Purpose.ANNOUNCEMENTS].version
    assert consent.language


def test_the_same_decision_twice_is_one_row():
    person = make.person()
    decide(person, "announcements", given=True)

    assert decide(person, "announcements", given=True) is None
    assert person.consents.count() == 1


def test_a_new_text_asks_for_a_new_row():
    person = make.person()
    given(person, purpose="announcements", text_version="older")

    decide(person, "announcements", given=True)

    assert person.consents.count() == 2


def test_the_last_decision_counts():
    person = make.person()
    decide(person, "announcements", given=True)
    decide(person, "announcements", given=False)

    assert current(person)["announcements"].given is False
