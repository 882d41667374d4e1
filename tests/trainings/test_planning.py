"""Planning a training: publish, postpone, move, cancel, and the trail and letters they leave."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rtcm.jobs.models import Message
from tests import make
from tests.trainings.desks import states
from tests.trainings.people import refused
from trainings import planning
from trainings.models import RemovedEvent, TrainingStep

pytestmark = pytest.mark.django_db


def fresh(training):
    training.refresh_from_db()
    return training


def deeds(training) -> list[tuple[str, str, int]]:
    return list(training.steps.values_list("deed", "reason", "revision"))


def letters(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).order_by("to").values_list("to", flat=True))


def everybody(training) -> None:
    """Somebody in every state, a trainer, and a person who is both."""
    for state in ("submitted", "waitlisted", "offered", "confirmed", "rejected", "withdrawn"):
        make.application(training, make.person(email=f"{state}@example.org"), state)
    training.trainers.add(make.expert(make.person("Both", "both@example.org")))
    make.application(training, training.trainers.get().person, "confirmed")
    training.trainers.add(make.expert(make.person("Trainer", "trainer@example.org")))


# --- The trail --------------------------------------------------------------------------------


def test_a_step_of_planning_is_never_changed_nor_removed(clara):
    step = TrainingStep.objects.create(training=make.training(), deed="published", by=clara)

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        TrainingStep.objects.update(reason="Another one")
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        TrainingStep.objects.all().delete()

    step.refresh_from_db()
    assert step.reason == ""


def test_a_step_outlives_the_account_of_who_took_it(clara):
    step = TrainingStep.objects.create(training=make.training(), deed="published", by=clara)

    clara.delete()

    step.refresh_from_db()
    assert step.by is None


# --- Publish ----------------------------------------------------------------------------------


def test_a_draft_is_published_and_its_trainers_are_told(clara):
    training = make.training(status="draft")
    everybody(training)

    planning.publish(training, by=clara)

    assert fresh(training).status == "published"
    assert deeds(training) == [("published", "", 1)]
    assert letters("trainings/published") == ["both@example.org", "trainer@example.org"]
    assert Message.objects.count() == 2


def test_a_draft_whose_day_is_over_is_not_published(clara):
    training = make.training(status="draft", in_days=-3)

    refusal = refused(lambda: planning.publish(training, by=clara))

    assert refusal.message == "The first day is in the past."
    assert fresh(training).status == "draft"
    assert deeds(training) == []


@pytest.mark.parametrize("status", ["published", "cancelled"])
def test_what_is_public_or_cancelled_is_not_published_again(status, clara):
    training = make.training(status=status)

    refusal = refused(lambda: planning.publish(training, by=clara))

    assert "the training's status is" in refusal.message


def test_a_postponed_training_may_go_ahead_after_all_and_everybody_hears_it(clara):
    training = make.training(seats=9)
    everybody(training)
    planning.postpone(training, by=clara)

    planning.publish(training, by=clara)

    assert [deed for deed, _reason, _revision in deeds(training)] == ["postponed", "published"]
    assert letters("trainings/goes_ahead") == letters("trainings/postponed")
    assert states(training)[1] == "offered"  # who waited moves up as soon as there are seats again


# --- Postpone and cancel ----------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["postponed", "cancelled"])
def test_everybody_concerned_gets_exactly_one_letter(deed, clara):
    training = make.training(seats=9)
    everybody(training)
    before = states(training)
    verb = {"postponed": planning.postpone, "cancelled": planning.cancel}[deed]

    verb(training, by=clara, reason="The hall is being repaired.")

    assert fresh(training).status == deed
    assert states(training) == before
    assert deeds(training) == [(deed, "The hall is being repaired.", 1)]
    assert letters(f"trainings/{deed}") == [
        "both@example.org",
        "confirmed@example.org",
        "offered@example.org",
        "submitted@example.org",
        "trainer@example.org",
        "waitlisted@example.org",
    ]
    assert Message.objects.count() == 6
    assert "The hall is being repaired." in Message.objects.first().body_text


def test_cancelling_needs_a_reason(clara):
    training = make.training()

    refusal = refused(lambda: planning.cancel(training, by=clara, reason="  "))

    assert refusal.code == "reason"
    assert fresh(training).status == "published"


def test_what_is_over_is_not_cancelled_and_what_has_begun_is_not_postponed(clara):
    over, running = make.training(in_days=-3), make.training(in_days=0)

    assert refused(lambda: planning.cancel(over, by=clara, reason="Why?")).code == "over"
    assert refused(lambda: planning.postpone(running, by=clara)).code == "begun"


def test_nominees_and_their_focal_points_are_told_too(clara, emil):
    training = make.training(route="nomination")
    mandate = emil.person.focal_points.create(country=make.country("GE"))
    for name in ("one", "two"):
        training.nominations.create(
            focal_point=mandate,
            full_name=name,
            email=f"{name}@example.org",
            rank=1,
            state="sent",
        )

    planning.cancel(training, by=clara, reason="No trainers.")

    assert letters("trainings/cancelled") == [
        "emil@example.org",
        "one@example.org",
        "two@example.org",
    ]


# --- Rooms ------------------------------------------------------------------------------------


def test_a_cancelled_training_gives_its_rooms_back(clara):
    cancelled = make.training()
    make.session(cancelled, room="Main hall")

    planning.cancel(cancelled, by=clara, reason="No trainers.")

    make.session(make.training(starts_on=cancelled.starts_on), room="Main hall")


def test_a_postponed_training_cannot_take_back_a_room_given_away(clara):
    training = make.training()
    make.session(training, room="Main hall")
    planning.postpone(training, by=clara)
    make.session(make.training(starts_on=training.starts_on), room="Main hall")

    with pytest.raises(ValidationError, match="Another session is in this room"):
        planning.publish(training, by=clara)


# --- Sessions taken off -----------------------------------------------------------------------


def test_a_session_taken_off_a_public_training_stays_known_to_calendars(clara):
    session = make.session(title_en="Second day")
    key, training = session.pk, session.training

    planning.remove_session(session, by=clara)

    assert list(RemovedEvent.objects.values_list("uid", "title")) == [
        (f"session-{key}", "Second day")
    ]
    assert fresh(training).revision == 1
    assert [deed for deed, _reason, _revision in deeds(training)] == ["session_removed"]


def test_a_session_with_attendance_stays(clara):
    session = make.session()
    make.application(session.training, state="attended").attendance.create(
        session=session, presence="in_room"
    )

    assert refused(lambda: planning.remove_session(session, by=clara)).code == "attended"


def test_modules_and_trainers_of_a_session_are_those_of_the_training(clara):
    session = make.session()
    session.modules.add(make.module(objectives=[5]))
    session.trainers.add(make.expert("Trainer"))

    planning.revise(session.training)

    assert session.training.objective_numbers == [5]
    assert session.training.trainers.count() == 1
