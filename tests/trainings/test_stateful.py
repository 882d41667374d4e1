"""Any sequence of verbs, by chance: what must hold after each step, whatever came before.

RTCM_LONG=1 (`make test-long`) walks many more and longer ways.
"""

import os
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import make
from trainings import seats
from trainings.models import Application, Training, Transition

LONG = bool(os.environ.get("RTCM_LONG"))
WALKS = settings(
    max_examples=150 if LONG else 12,
    stateful_step_count=50 if LONG else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    print_blob=True,
)
PEOPLE = 8
State = Application.State


class Seats(RuleBasedStateMachine):
    """One training and eight people. The model beside it: who holds what, in order of arrival."""

    route: str
    applications = Bundle("applications")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.training = make.training(seats=2, route=self.route)
        self.clara = make.user()
        self.people = [make.person() for _ in range(PEOPLE)]
        self.states: dict[int, str] = {}  # by application, in order of arrival
        self.steps = 0
        self.allowed = 2  # seats that may be taken: the capacity, or the overhang left by lowering

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What people and staff do; a refusal must change nothing, which the invariants see.

    @rule(target=applications, who=st.integers(0, PEOPLE - 1))
    def apply(self, who: int) -> int | None:
        person = self.people[who]
        live = [s for pk, s in self.of(person).items() if s not in Application.ENDED]
        try:
            made = seats.apply(self.training, person, token=uuid.uuid4(), language="en")
        except ValidationError:
            assert live
            return None
        assert not live
        return made.pk

    def tell(self, pk: int | None, verb: str, **fields: str) -> bool:
        if pk is None:
            return False
        try:
            getattr(seats, verb)(Application.objects.get(pk=pk), by=self.clara, **fields)
        except ValidationError:
            return False
        return True

    @rule(pk=applications)
    def offer(self, pk: int | None) -> None:
        room = len(self.seated()) < self.capacity()
        waits = self.states.get(pk or 0) in {State.SUBMITTED, State.WAITLISTED}
        assert self.tell(pk, "offer") == (room and waits)

    @rule(pk=applications)
    def confirm(self, pk: int | None) -> None:
        assert self.tell(pk, "confirm") == (self.states.get(pk or 0) == State.OFFERED)

    @rule(pk=applications)
    def decline(self, pk: int | None) -> None:
        assert self.tell(pk, "decline") == (self.states.get(pk or 0) == State.OFFERED)

    @rule(pk=applications)
    def withdraw(self, pk: int | None) -> None:
        live = {State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.CONFIRMED}
        assert self.tell(pk, "withdraw") == (self.states.get(pk or 0) in live)

    @rule(pk=applications)
    def waitlist(self, pk: int | None) -> None:
        assert self.tell(pk, "waitlist") == (self.states.get(pk or 0) == State.SUBMITTED)

    @rule(pk=applications)
    def reject(self, pk: int | None) -> None:
        waits = self.states.get(pk or 0) in {State.SUBMITTED, State.WAITLISTED}
        assert self.tell(pk, "reject", reason="Because") == waits

    @precondition(lambda self: State.OFFERED in self.states.values())
    @rule()
    def offers_run_out(self) -> None:
        offers = self.training.applications.filter(state=State.OFFERED)
        number = offers.update(offered_until=timezone.now() - timedelta(seconds=1))
        assert seats.expire_offers() == number
        assert seats.expire_offers() == 0

    @rule(capacity=st.integers(1, 5))
    def staff_change_the_capacity(self, capacity: int) -> None:
        Training.objects.filter(pk=self.training.pk).update(capacity=capacity)
        seats.fill(self.training)

    # What must hold.

    def capacity(self) -> int:
        return Training.objects.values_list("capacity", flat=True).get(pk=self.training.pk) or 0

    def of(self, person: object) -> dict[int, str]:
        return dict(self.training.applications.filter(person=person).values_list("pk", "state"))

    def seated(self) -> list[int]:
        return [pk for pk, state in self.states.items() if state in Application.SEATED]

    @invariant()
    def every_change_is_one_step_and_every_step_a_change(self) -> None:
        then = self.states
        self.states = dict(self.training.applications.order_by("pk").values_list("pk", "state"))
        steps = list(Transition.objects.order_by("pk"))
        for step in steps[self.steps :]:
            assert then.get(step.application_id, "") == step.from_state
            if step.from_state == State.WAITLISTED and step.by_id is None:
                waiting = [pk for pk, state in then.items() if state == State.WAITLISTED]
                assert step.application_id == min(waiting), "moved up before its turn"
            then = {**then, step.application_id: step.to_state}
        assert then == self.states
        self.steps = len(steps)

    @invariant()
    def no_seat_is_sold_that_is_not_there(self) -> None:
        taken = len(self.seated())
        self.allowed = max(self.capacity(), min(self.allowed, taken))
        assert taken <= self.allowed

    @invariant()
    def one_person_has_one_live_application(self) -> None:
        live = self.training.applications.live().values_list("person", flat=True)
        assert len(live) == len(set(live))

    @invariant()
    def nobody_waits_in_an_open_training_while_a_seat_is_free(self) -> None:
        if self.route == Training.Route.OPEN and State.WAITLISTED in self.states.values():
            assert len(self.seated()) >= self.capacity()


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["open", "selection"])
def test_no_sequence_of_verbs_breaks_the_rules_of_seats(route):
    machine = type(f"Seats_{route}", (Seats,), {"route": route})

    run_state_machine_as_test(machine, settings=WALKS)
