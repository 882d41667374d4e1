"""Two at once about the same seat: one replacement wins, and the seat keeps its number."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.making import nominations as made
from tests.trainings.nominating import with_form
from tests.trainings.racing import overlap
from trainings import nominated, nominees, seats, steps
from trainings.models import Nomination, Training

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seated(emil):
    training = made.nominated_training(seats=1)
    row = with_form(training, made.mandate(emil))
    nominated.accept(row, by=None)
    row.refresh_from_db()
    return row


def replace(row, name):
    nominee = made.nominee(name, email=f"{name.lower()}@example.org")
    return lambda: nominees.replace(row, nominee, reason="Visa refused", by=None)


def holders(training):
    return list(training.applications.seated().values_list("seat_number", flat=True))


def test_of_two_replacements_at_once_one_is_refused_and_the_seat_stays(seated):
    results = overlap(replace(seated, "First"), replace(seated, "Second"))

    refusals = [result for result in results if isinstance(result, ValidationError)]
    assert [refusal.code for refusal in refusals] == ["moved"]
    assert "the nomination's status is “Replaced”" in str(refusals[0])
    assert holders(seated.training) == [1]


def test_who_waits_does_not_slip_into_a_seat_that_is_being_replaced(seated):
    waiting = make.application(seated.training, state="waitlisted")

    overlap(replace(seated, "First"), lambda: seats.fill(seated.training))

    waiting.refresh_from_db()
    assert (waiting.state, holders(seated.training)) == ("waitlisted", [1])


def plain_read(nomination, _allowed):
    """As nominations.locked reads it, without any lock."""
    fresh = Nomination.objects.select_related("application", "focal_point").get(pk=nomination.pk)
    fresh.training = Training.objects.get(pk=fresh.training_id)
    return fresh


def test_control_without_locks_the_second_gets_as_far_as_the_seat(seated, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(steps, "lock", lambda pk: Training.objects.get(pk=pk))
        patch.setattr(nominees, "locked", plain_read)
        results = overlap(replace(seated, "First"), replace(seated, "Second"))

    assert "the application's status is “Withdrawn”" in str(results[1])
