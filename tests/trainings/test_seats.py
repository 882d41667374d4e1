"""What becomes of an application: offers, answers, the waiting list."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make
from tests.trainings.people import ask, refused
from trainings import seats
from trainings.models import Application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

VERBS = {
    "offer": lambda it: seats.offer(it, by=None),
    "waitlist": lambda it: seats.waitlist(it, by=None),
    "reject": lambda it: seats.reject(it, by=None, reason="Too far from your work"),
    "confirm": lambda it: seats.confirm(it, by=None),
    "decline": lambda it: seats.decline(it, by=None),
    "withdraw": lambda it: seats.withdraw(it, by=None),
}
# Everything the verbs allow; whatever is not here must be refused.
ALLOWED = {
    ("offer", "submitted"): "offered",
    ("offer", "waitlisted"): "offered",
    ("waitlist", "submitted"): "waitlisted",
    ("reject", "submitted"): "rejected",
    ("reject", "waitlisted"): "rejected",
    ("confirm", "offered"): "confirmed",
    ("decline", "offered"): "declined",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "waitlisted"): "withdrawn",
    ("withdraw", "offered"): "withdrawn",
    ("withdraw", "confirmed"): "withdrawn",
}
EVERY = [(verb, state) for verb in VERBS for state in Application.State.values]


def state_of(application) -> str:
    return Application.objects.get(pk=application.pk).state


def steps_of(application) -> list[tuple[str, str]]:
    return list(application.transitions.values_list("from_state", "to_state"))


@pytest.mark.parametrize(("verb", "state"), EVERY, ids=lambda name: str(name))
def test_every_verb_in_every_state_either_makes_one_step_or_none(verb, state):
    application = make.application(make.training(seats=2, route="selection"), state=state)
    becomes = ALLOWED.get((verb, state))

    if becomes:
        VERBS[verb](application)
    else:
        assert refused(lambda: VERBS[verb](application)).code == "moved"

    assert state_of(application) == (becomes or state)
    assert steps_of(application) == ([(state, becomes)] if becomes else [])


def test_the_whole_way_leaves_one_step_each_with_who_and_why(clara, amina):
    training = make.training(seats=1, route="selection")
    application = ask(training, amina.person, by=amina)

    seats.waitlist(application, by=clara, reason="Perhaps later")
    seats.offer(application, by=clara)
    seats.confirm(application, by=amina)
    seats.withdraw(application, by=amina, reason="Ill")

    trail = application.transitions.values_list("from_state", "to_state", "by", "reason")
    assert list(trail) == [
        ("", "submitted", amina.pk, ""),
        ("submitted", "waitlisted", clara.pk, "Perhaps later"),
        ("waitlisted", "offered", clara.pk, ""),
        ("offered", "confirmed", amina.pk, ""),
        ("confirmed", "withdrawn", amina.pk, "Ill"),
    ]


def test_an_offer_holds_a_seat_and_says_until_when():
    training = make.training(seats=1, route="selection", offer_days=3)
    application = make.application(training)

    offered = seats.offer(application, by=None)

    last_day = timezone.localdate(timezone=training.zone) + timedelta(days=3)
    assert offered.seat_number == 1
    assert offered.offered_until == datetime.combine(last_day, time(23, 59, 59), training.zone)


def test_an_offer_never_outlives_the_last_moment_to_join():
    training = make.training(seats=1, route="selection", in_days=2, offer_days=7)

    offered = seats.offer(make.application(training), by=None)

    assert offered.offered_until == training.starts_at


def test_no_seat_is_offered_when_none_is_free():
    training = make.training(seats=1, route="selection")
    make.application(training, state="confirmed")
    asking = make.application(training)

    said = refused(lambda: seats.offer(asking, by=None))

    assert (said.code, said.message) == ("full", "No seat is free in this training.")
    assert state_of(asking) == "submitted"


@pytest.mark.parametrize("changes", [{"status": "cancelled"}, {"in_days": 0}, {"in_days": -5}])
def test_no_seat_is_offered_in_a_training_that_nobody_can_join(changes):
    asking = make.application(make.training(seats=2, route="selection", **changes))

    assert refused(lambda: seats.offer(asking, by=None)).code == "over"


def test_no_seat_is_confirmed_in_a_cancelled_training():
    offered = make.application(make.training(seats=2, status="cancelled"), state="offered")

    said = refused(lambda: seats.confirm(offered, by=None))

    assert said.message == "This training is cancelled."


def test_confirming_keeps_the_seat_and_forgets_the_end_of_the_offer():
    offered = make.application(make.training(seats=3), state="offered", seat_number=2)

    confirmed = seats.confirm(offered, by=None)

    assert (confirmed.seat_number, confirmed.offered_until) == (2, None)


def test_an_offer_that_ran_out_cannot_be_confirmed_even_before_it_is_swept():
    over = timezone.now() - timedelta(seconds=1)
    offered = make.application(make.training(seats=1), state="offered", offered_until=over)

    said = refused(lambda: seats.confirm(offered, by=None))

    assert said.message == "This offer has expired."


def test_a_person_who_confirms_twice_learns_that_it_is_done():
    offered = make.application(make.training(seats=1), state="offered")
    seats.confirm(offered, by=None)

    said = refused(lambda: seats.confirm(offered, by=None))

    assert said.message == ("This is no longer possible: the application's status is “Confirmed”.")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nobody_is_rejected_without_a_reason(reason):
    asking = make.application(make.training(seats=1, route="selection"))

    assert refused(lambda: seats.reject(asking, by=None, reason=reason)).code == "reason"
    assert state_of(asking) == "submitted"


@pytest.mark.parametrize(
    ("leave", "state"), [(seats.decline, "offered"), (seats.withdraw, "confirmed")]
)
def test_a_seat_that_comes_free_is_offered_to_the_next_in_line(leave, state):
    training = make.training(seats=1)
    leaving = make.application(training, state=state)
    first, second = (make.application(training, state="waitlisted") for _ in range(2))

    leave(leaving, by=None)

    assert (state_of(first), state_of(second)) == ("offered", "waitlisted")
    assert Application.objects.get(pk=first.pk).seat_number == 1


def test_once_the_training_has_started_nobody_withdraws():
    confirmed = make.application(make.training(seats=1, in_days=0), state="confirmed")

    assert refused(lambda: seats.withdraw(confirmed, by=None)).code == "started"


def test_a_seat_given_back_in_a_cancelled_training_is_offered_to_nobody():
    training = make.training(seats=1, status="cancelled")
    leaving = make.application(training, state="confirmed")
    waiting = make.application(training, state="waitlisted")

    seats.withdraw(leaving, by=None)

    assert state_of(waiting) == "waitlisted"


def test_where_the_centre_selects_leaving_without_a_seat_moves_nobody_up():
    training = make.training(seats=5, route="selection")
    leaving = make.application(training)
    waiting = make.application(training, state="waitlisted")

    seats.withdraw(leaving, by=None)

    assert state_of(waiting) == "waitlisted"


def test_where_the_centre_selects_one_seat_back_moves_one_person_up():
    training = make.training(seats=5, route="selection")
    leaving = make.application(training, state="offered")
    first, second = (make.application(training, state="waitlisted") for _ in range(2))

    seats.decline(leaving, by=None)

    assert (state_of(first), state_of(second)) == ("offered", "waitlisted")


def test_offers_that_ran_out_go_to_the_next_in_line():
    training = make.training(seats=2)
    over = timezone.now() - timedelta(minutes=1)
    late = make.application(training, state="offered", offered_until=over)
    in_time = make.application(training, state="offered")
    waiting = make.application(training, state="waitlisted")

    assert seats.expire_offers() == 1

    assert [state_of(it) for it in (late, in_time, waiting)] == ["expired", "offered", "offered"]
    assert steps_of(late) == [("offered", "expired")]


def test_sweeping_offers_twice_is_harmless():
    training = make.training(seats=1)
    over = timezone.now() - timedelta(minutes=1)
    late = make.application(training, state="offered", offered_until=over)

    assert [seats.expire_offers(), seats.expire_offers()] == [1, 0]

    assert len(steps_of(late)) == 1


def test_a_raised_capacity_is_filled_in_order_of_arrival():
    training = make.training(seats=1)
    make.application(training, state="confirmed")
    waiting = [make.application(training, state="waitlisted") for _ in range(3)]
    training.capacity = 3
    training.save()

    assert seats.fill(training) == 2

    assert [state_of(it) for it in waiting] == ["offered", "offered", "waitlisted"]


def test_a_lowered_capacity_throws_nobody_out_and_takes_nobody_in():
    training = make.training(seats=3)
    seated = [make.application(training, state="confirmed") for _ in range(3)]
    waiting = make.application(training, state="waitlisted")
    training.capacity = 2
    training.save()

    seats.withdraw(seated[0], by=None)

    assert [state_of(it) for it in seated] == ["withdrawn", "confirmed", "confirmed"]
    assert state_of(waiting) == "waitlisted"
    seats.withdraw(seated[1], by=None)
    assert state_of(waiting) == "offered"


def test_free_seats_are_numbered_from_the_lowest():
    training = make.training(seats=4)
    people = [ask(training) for _ in range(4)]
    for leaving in (people[2], people[0]):
        seats.withdraw(leaving, by=None)

    assert [ask(training).seat_number for _ in range(2)] == [1, 3]


def test_no_limit_means_always_one_more():
    training = make.training(seats=None, route="selection")
    asking = [make.application(training) for _ in range(3)]

    for application in asking:
        seats.offer(application, by=None)

    assert [a.seat_number for a in training.applications.all()] == [1, 2, 3]


def test_what_a_page_knows_may_be_old_and_the_verb_looks_again():
    training = make.training(seats=1, route="selection")
    application = make.application(training)
    old_page = Application.objects.get(pk=application.pk)
    seats.reject(application, by=None, reason="Not this time")

    with pytest.raises(ValidationError):
        seats.offer(old_page, by=None)

    assert state_of(application) == "rejected"
