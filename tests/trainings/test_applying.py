"""Who may apply, and where an application begins."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rtcm.jobs.models import Message
from tests import make
from tests.trainings.people import ask
from trainings.models import Application, Transition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def refusal(training, person, **fields) -> str:
    with pytest.raises(ValidationError) as refused:
        ask(training, person, **fields)
    assert not Application.objects.filter(training=training, person=person).exists()
    assert not Message.objects.exists()
    return " ".join(refused.value.messages)


def test_the_last_seat_goes_to_the_first_who_asks(amina, boris):
    training = make.training(seats=1)

    first, second = ask(training, amina.person), ask(training, boris.person)

    assert (first.state, first.seat_number) == ("confirmed", 1)
    assert (second.state, second.seat_number) == ("waitlisted", None)


def test_a_training_without_a_limit_confirms_everybody_on_seats_of_their_own():
    training = make.training(seats=None)

    states = [ask(training).state for _ in range(3)]

    assert states == ["confirmed"] * 3
    assert [a.seat_number for a in training.applications.all()] == [1, 2, 3]


def test_where_the_centre_selects_an_application_waits_for_its_decision(amina):
    training = make.training(seats=5, route="selection")

    application = ask(training, amina.person)

    assert (application.state, application.seat_number) == ("submitted", None)


def test_an_application_keeps_institution_country_and_post_of_its_day(amina):
    agency = make.institution(name="State Agency")
    person = amina.person
    person.country, person.institution, person.post = make.country("GE"), agency, "Adviser"
    person.save()
    application = ask(make.training(), person)

    person.country, person.institution, person.post = make.country("TR"), None, "Minister"
    person.save()
    application.refresh_from_db()

    assert application.country_id == "GE"
    assert application.institution_label == "State Agency"
    assert application.post == "Adviser"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "draft"}, "Applications for this training are closed."),
        ({"status": "cancelled"}, "This training is cancelled."),
        (
            {"status": "postponed"},
            "This training is postponed. New dates will be announced here.",
        ),
        ({"in_days": -3}, "Applications for this training are closed."),
        ({"in_days": 0}, "Applications for this training are closed."),
        ({"is_historic": True}, "Applications for this training are closed."),
        (
            {"route": "nomination"},
            "People join this training through their institution's focal point.",
        ),
    ],
)
def test_a_training_that_takes_nobody_says_why(amina, changes, sentence):
    training = make.training(**changes)

    assert refusal(training, amina.person) == sentence


def test_before_the_opening_nobody_can_apply(amina):
    training = make.training(opens_at=timezone.now() + timedelta(minutes=1))

    said = refusal(training, amina.person)

    assert said == "Applications for this training are not open yet."


def test_after_the_deadline_nobody_can_apply(amina):
    training = make.training(closes_at=timezone.now() - timedelta(seconds=1))

    said = refusal(training, amina.person)

    assert said == "The deadline for applications has passed."


def test_a_course_with_a_later_deadline_takes_people_while_it_runs(amina):
    soon = timezone.now() + timedelta(days=2)
    training = make.training(
        in_days=-1, ends_on=timezone.localdate() + timedelta(days=5), closes_at=soon
    )

    assert ask(training, amina.person).state == "confirmed"


def test_nobody_applies_twice(amina):
    training = make.training(seats=5)
    ask(training, amina.person)

    with pytest.raises(ValidationError) as refused:
        ask(training, amina.person)

    assert refused.value.messages == ["You have already applied for this training."]
    assert training.applications.count() == 1


def test_whoever_was_rejected_cannot_try_again(amina):
    training = make.training(seats=5, route="selection")
    make.application(training, amina.person, "rejected")

    with pytest.raises(ValidationError) as refused:
        ask(training, amina.person)

    assert refused.value.error_list[0].code == "twice"


@pytest.mark.parametrize("ended", ["declined", "expired", "withdrawn"])
def test_whoever_left_may_come_back_at_the_end_of_the_line(amina, ended):
    training = make.training(seats=1)
    make.application(training, amina.person, ended)
    make.application(training, state="confirmed")
    make.application(training, state="waitlisted")

    again = ask(training, amina.person)

    assert list(training.applications.waiting_list())[-1] == again


def test_the_same_form_sent_twice_is_one_application(amina):
    training, token = make.training(seats=5), uuid.uuid4()

    first = ask(training, amina.person, token=token)
    second = ask(training, amina.person, token=token)

    assert second == first
    assert Transition.objects.filter(application=first).count() == 1
    assert Message.objects.count() == 1


def test_the_same_form_sent_again_after_the_deadline_still_gives_its_application(amina):
    training, token = make.training(), uuid.uuid4()
    first = ask(training, amina.person, token=token)
    training.closes_at = timezone.now() - timedelta(minutes=1)
    training.save()

    assert ask(training, amina.person, token=token) == first


def test_a_form_used_by_somebody_else_is_refused(amina, boris):
    training, token = make.training(seats=5), uuid.uuid4()
    ask(training, boris.person, token=token)

    with pytest.raises(ValidationError) as refused:
        ask(training, amina.person, token=token)

    assert refused.value.messages == ["This form was already used. Please open it again."]
    assert training.applications.count() == 1


def test_a_form_of_another_training_is_refused(amina):
    token = uuid.uuid4()
    ask(make.training(), amina.person, token=token)

    with pytest.raises(ValidationError, match="already used"):
        ask(make.training(), amina.person, token=token)


def test_the_old_form_of_a_withdrawn_application_does_not_pretend_to_apply(amina):
    training, token = make.training(seats=5), uuid.uuid4()
    make.application(training, amina.person, "withdrawn", token=token)

    with pytest.raises(ValidationError) as refused:
        ask(training, amina.person, token=token)

    assert refused.value.messages == ["This form was already used. Please open it again."]


def test_a_newcomer_does_not_overtake_the_waiting_list(amina):
    training = make.training(seats=1)
    waiting = make.application(training, state="waitlisted")

    newcomer = ask(training, amina.person)

    waiting.refresh_from_db()
    assert (waiting.state, newcomer.state) == ("offered", "waitlisted")
