"""Two colleagues at the same moment: one booking of an interpreter, numbers without gaps.

The twins run with the lock off and must go wrong, which proves that the tests can see the fault.
"""

import time
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F

from rtcm.jobs import ring
from tests import make
from tests.making import outreach
from tests.trainings.racing import at_once, overlap
from trainings import interpreting, official
from trainings.models import Booking, Interpreter, LetterCounter, OfficialLetter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_rings(monkeypatch):
    """The doorbell rests, as it does when Redis is away: what is owed is in the rows."""
    monkeypatch.setattr(ring.breaker, "closed_again_at", time.monotonic() + 600)


@pytest.fixture(autouse=True)
def _register_emptied(django_db_blocker):
    """The register refuses to be emptied row by row; the next test begins at number one."""
    yield
    assert OfficialLetter.objects.filter(is_demo=False).count() == 0


def two_bookings():
    ilaha = outreach.interpreter()
    sessions = [make.session(), make.session()]
    deeds = [
        lambda session=session: interpreting.book(session, ilaha, ("az", "en"), by=None)
        for session in sessions
    ]
    return overlap(*deeds)


def test_two_trainings_at_once_get_one_interpreter_once():
    results = two_bookings()

    assert [type(result) for result in results] == [Booking, ValidationError]
    assert Booking.objects.count() == 1


def test_twin_without_the_lock_an_interpreter_is_in_two_places(monkeypatch):
    monkeypatch.setattr(interpreting, "lock", lambda pk: Interpreter.objects.get(pk=pk))

    two_bookings()

    assert Booking.objects.count() == 2


def eight_letters():
    training = make.training(is_demo=True)
    people = [make.application(training, state="confirmed") for _turn in range(8)]
    return at_once(
        [
            lambda to=to: official.issue("acceptance", training, [to], by=None, batch=uuid.uuid4())
            for to in people
        ]
    )


def serials() -> list[int]:
    found = sorted(OfficialLetter.objects.values_list("serial", flat=True))
    OfficialLetter.objects.all().delete()
    return found


def test_letters_at_once_have_numbers_without_gaps():
    eight_letters()

    assert serials() == [1, 2, 3, 4, 5, 6, 7, 8]


def test_twin_counting_before_the_lock_loses_letters(monkeypatch):
    def counted(year: int) -> int:
        LetterCounter.objects.get_or_create(year=year)
        last = LetterCounter.objects.values_list("last", flat=True).get(year=year)
        time.sleep(0.3)
        LetterCounter.objects.filter(year=year).update(last=F("last") + 1)
        return last + 1

    monkeypatch.setattr(official, "next_serial", counted)

    eight_letters()

    assert serials() != [1, 2, 3, 4, 5, 6, 7, 8]
