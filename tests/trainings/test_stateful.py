"""Any sequence of verbs, by chance: what must hold after each step, whatever came before.

RTCM_LONG=1 (`make test-long`) walks many more and longer ways.
"""

import os
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rtcm.jobs.models import Job, Message
from tests import make
from tests.trainings.oracle import Oracle, rule_of
from trainings import quotas, seats
from trainings.models import Application, Quota, Training, Transition

LONG = bool(os.environ.get("RTCM_LONG"))
WALKS = settings(
    max_examples=150 if LONG else 14,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    print_blob=True,
    phases=list(Phase) if LONG else [Phase.explicit, Phase.generate],
)
LEAST_STEPS = 680  # a route; there are three
PEOPLE = 10
COUNTRIES = ["GE", "AM"]
KINDS = ["media", "academia"]
State = Application.State
WAITS = {State.SUBMITTED, State.WAITLISTED}
WHO = st.integers(0, PEOPLE - 1)
CAP = st.tuples(st.just("at_most"), st.integers(1, 3))
FLOOR = st.tuples(st.just("at_least"), st.integers(1, 2))
WISHES = st.dictionaries(st.sampled_from([*COUNTRIES, *KINDS]), st.one_of(CAP, FLOOR), max_size=3)


class Seats(RuleBasedStateMachine):
    """One training and ten people from two countries and two kinds of institution."""

    route: str
    walked: int
    applications = Bundle("applications")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        later = timezone.now() + timedelta(days=5)
        self.training = make.training(seats=3, route=self.route, closes_at=later)
        self.clara = make.user()
        houses = [make.institution(kind=kind) for kind in KINDS]
        self.people = [
            make.person(
                email=f"walker{n}@example.org",
                country=make.country(COUNTRIES[n % 2]),
                institution=houses[n // 2 % 2],
            )
            for n in range(PEOPLE)
        ]
        self.oracle = Oracle(self.route, 3)
        self.last_step = 0
        self.steps = 0

    def teardown(self) -> None:
        type(self).walked += self.steps
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def place(self, who: Any) -> dict[str, object]:
        kind = who.institution.kind
        return {"country": who.country_id, "institution": who.institution_id, "kind": kind}

    def live(self, person: object) -> list[int]:
        own = self.training.applications.filter(person=person)
        return [pk for pk in own.values_list("pk", flat=True) if self.is_live(pk)]

    def is_live(self, pk: int) -> bool:
        return self.oracle.states[pk] not in Application.ENDED

    def state(self, pk: int | None) -> str:
        return self.oracle.states.get(pk or 0, "")

    # What people do; a refusal must change nothing, which the invariants see.

    def ask(self, who: int, **fields: bool) -> int | None:
        person = self.people[who]
        may = not self.live(person)
        try:
            made = seats.apply(self.training, person, token=uuid.uuid4(), language="en", **fields)
        except ValidationError:
            assert not may or (self.is_closed() and "invited" not in fields)
            return None
        assert may
        return made.pk

    def is_closed(self) -> bool:
        self.training.refresh_from_db()
        past = self.training.closes_at < timezone.now()
        return past or self.route == Training.Route.NOMINATION

    @rule(target=applications, who=WHO)
    def apply(self, who: int) -> int | None:
        return self.ask(who)

    @rule(target=applications, who=WHO)
    def apply_with_an_invitation(self, who: int) -> int | None:
        return self.ask(who, invited=True)

    @rule(target=applications, who=WHO)
    def apply_nominated(self, who: int) -> int | None:
        return self.ask(who, nominated=True)

    def tell(self, pk: int | None, verb: str, **fields: str) -> bool:
        if pk is None:
            return False
        try:
            getattr(seats, verb)(Application.objects.get(pk=pk), by=self.clara, **fields)
        except ValidationError:
            return False
        return True

    @rule(pk=applications)
    def confirm(self, pk: int | None) -> None:
        assert self.tell(pk, "confirm") == (self.state(pk) == State.OFFERED)

    @rule(pk=applications)
    def decline(self, pk: int | None) -> None:
        assert self.tell(pk, "decline") == (self.state(pk) == State.OFFERED)

    @rule(pk=applications)
    def withdraw(self, pk: int | None) -> None:
        live = {*WAITS, State.OFFERED, State.CONFIRMED}
        assert self.tell(pk, "withdraw") == (self.state(pk) in live)

    # What staff do.

    @rule(pk=applications)
    def offer(self, pk: int | None) -> None:
        may = self.state(pk) in WAITS and self.oracle.may_sit(pk or 0)
        assert self.tell(pk, "offer") == may

    @rule(pk=applications)
    def waitlist(self, pk: int | None) -> None:
        assert self.tell(pk, "waitlist") == (self.state(pk) == State.SUBMITTED)

    @rule(pk=applications)
    def reject(self, pk: int | None) -> None:
        assert self.tell(pk, "reject", reason="Because") == (self.state(pk) in WAITS)

    @rule(target=applications, pk=applications, who=WHO)
    def put_somebody_else_there(self, pk: int | None, who: int) -> int | None:
        if pk is None:
            return None
        old = Application.objects.get(pk=pk)
        try:
            made = seats.replace(
                old, self.people[who], by=self.clara, token=uuid.uuid4(), language="en"
            )
        except ValidationError:
            return None
        assert self.state(pk) in {State.OFFERED, State.CONFIRMED}
        assert made.seat_number == old.seat_number
        return made.pk

    @rule()
    def ask_everybody_again(self) -> None:
        held = {State.OFFERED, State.CONFIRMED}
        asked = seats.ask_again(self.training, by=self.clara, reason="It moved")
        assert asked == sum(state in held for state in self.oracle.states.values())

    @rule(capacity=st.integers(1, 6))
    def change_the_capacity(self, capacity: int) -> None:
        before, self.oracle.capacity = self.oracle.capacity, capacity
        Training.objects.filter(pk=self.training.pk).update(capacity=capacity)
        seats.fill(self.training, most=seats.added(before, capacity))

    @rule(wishes=WISHES)
    def change_the_quotas(self, wishes: dict[str, tuple[str, int]]) -> None:
        before = self.oracle.rules
        wanted = [self.quota(whom, bound, n) for whom, (bound, n) in wishes.items()]
        try:
            quotas.set_quotas(self.training, wanted)
        except ValidationError:
            kept = sum(it.number for it in wanted if it.bound == Quota.Bound.AT_LEAST)
            assert kept > self.oracle.capacity
            return
        self.read_the_quotas()
        now = {(it.column, it.value): it.number for it in self.oracle.rules if not it.keeps}
        self.oracle.loosened = [
            it for it in before if not it.keeps and now.get((it.column, it.value), 99) > it.number
        ]

    def quota(self, whom: str, bound: str, number: int) -> Quota:
        target = {"country_id": whom} if whom in COUNTRIES else {"institution_kind": whom}
        return Quota(bound=bound, number=number, **target)

    def read_the_quotas(self) -> None:
        rules = [rule_of(quota) for quota in self.training.quotas.filter(released_at=None)]
        self.training.refresh_from_db()
        over = self.training.closes_at <= timezone.now()
        self.oracle.rules = [it for it in rules if not (over and it.keeps)]

    # What time does.

    @precondition(lambda self: State.OFFERED in self.oracle.states.values())
    @rule()
    def offers_run_out(self) -> None:
        offers = self.training.applications.filter(state=State.OFFERED)
        number = offers.update(offered_until=timezone.now() - timedelta(seconds=1))
        assert seats.expire_offers() == number
        assert seats.expire_offers() == 0

    @rule(past=st.booleans())
    def the_deadline_passes_or_is_moved(self, past: bool) -> None:
        ends = timezone.now() + (-1 if past else 1) * timedelta(hours=1)
        Training.objects.filter(pk=self.training.pk).update(closes_at=ends)
        kept = [it for it in self.oracle.rules if it.keeps] if past else []
        self.read_the_quotas()
        released = seats.release_kept_seats()
        assert released >= len(kept)
        assert seats.release_kept_seats() == 0

    # What must hold.

    @invariant()
    def the_trail_is_whole_and_every_step_follows_the_rules(self) -> None:
        rows = self.training.applications.select_related("institution").order_by("pk")
        now = {row.pk: row.state for row in rows}
        self.oracle.places = {row.pk: self.place(row) for row in rows}
        fresh = Transition.objects.filter(pk__gt=self.last_step).order_by("pk")
        for step in fresh:
            automatic = step.by_id is None
            self.oracle.step(
                step.application_id, step.from_state, step.to_state, automatic=automatic
            )
            self.last_step = step.pk
        self.oracle.loosened = []
        assert self.oracle.states == now
        if self.route == Training.Route.OPEN:  # nobody waits who could have a seat
            assert [pk for pk in self.oracle.waiting() if self.oracle.may_sit(pk)] == []
        self.steps += 1

    @invariant()
    def every_step_owes_one_letter(self) -> None:
        steps = Transition.objects.values_list("application_id", "pk")
        owed = {f"application:{application}:step:{step}" for application, step in steps}
        assert set(Message.objects.values_list("dedupe_key", flat=True)) == owed
        jobs = Job.objects.filter(kind="mail").values_list("dedupe_key", flat=True)
        assert set(jobs) == {f"mail:{key}" for key in owed}

    @invariant()
    def one_person_has_one_live_application(self) -> None:
        live = self.training.applications.live().values_list("person", flat=True)
        assert len(live) == len(set(live))


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["open", "selection", "nomination"])
def test_no_sequence_of_verbs_breaks_the_rules_of_seats(route):
    machine: Any = type(f"Seats_{route}", (Seats,), {"route": route, "walked": 0})

    run_state_machine_as_test(machine, settings=WALKS)

    assert machine.walked >= LEAST_STEPS
