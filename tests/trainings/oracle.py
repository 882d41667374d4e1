"""What the rules of seats say, written a second time and differently: the oracle of the walks.

It replays the trail of applications step by step over plain dictionaries and judges each step.
"""

from dataclasses import dataclass, field

from trainings.models import Application, Quota, Training

State = Application.State
SEATED = set(Application.SEATED)


@dataclass
class Rule:
    """One quota: of whom, how many, and whether it caps or keeps."""

    column: str
    value: object
    number: int
    keeps: bool

    def about(self, place: dict[str, object]) -> bool:
        return place[self.column] == self.value


@dataclass
class Oracle:
    route: str
    capacity: int
    rules: list[Rule] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)  # by application, in order of arrival
    places: dict[int, dict[str, object]] = field(default_factory=dict)
    loosened: list[Rule] = field(default_factory=list)  # “at most” raised just now

    def seated(self) -> list[int]:
        return [pk for pk, state in self.states.items() if state in SEATED]

    def waiting(self) -> list[int]:
        return sorted(pk for pk, state in self.states.items() if state == State.WAITLISTED)

    def holders(self, rule: Rule) -> int:
        return sum(rule.about(self.places[pk]) for pk in self.seated())

    def may_sit(self, pk: int, leaving: int | None = None) -> bool:
        """Whether the rules leave a seat for this one, were `leaving` gone."""
        if leaving is not None:
            rest = {**self.states, leaving: State.WITHDRAWN}
            return Oracle(self.route, self.capacity, self.rules, rest, self.places).may_sit(pk)
        free, place = self.capacity - len(self.seated()), self.places[pk]
        if free < 1:
            return False
        short = [it for it in self.rules if it.keeps and self.holders(it) < it.number]
        full = [it for it in self.rules if not it.keeps and self.holders(it) >= it.number]
        if any(rule.about(place) for rule in full):
            return False
        kept = sum(rule.number - self.holders(rule) for rule in short)
        return any(rule.about(place) for rule in short) or free > kept

    def step(self, pk: int, before: str, after: str, *, automatic: bool) -> None:
        """Judges one step and takes it over."""
        assert self.states.get(pk, "") == before, "a step that does not follow the last one"
        if after in SEATED and before not in SEATED:
            assert self.may_sit(pk), "a seat that the capacity or a quota does not leave"
            if automatic and before == State.WAITLISTED:
                assert self.is_next(pk), "moved up before its turn"
            if after == State.CONFIRMED and not before and self.route == Training.Route.OPEN:
                assert not any(self.may_sit(it) for it in self.waiting()), "overtook who waits"
        self.states[pk] = after

    def is_next(self, pk: int) -> bool:
        earlier = [it for it in self.waiting() if it < pk and self.may_sit(it)]
        if self.route == Training.Route.OPEN or not self.loosened:
            return not earlier
        mine = [rule for rule in self.loosened if rule.about(self.places[pk])]
        blocked = [r for r in mine if not any(r.about(self.places[it]) for it in earlier)]
        return bool(blocked) or not earlier


def rule_of(quota: Quota) -> Rule:
    value = quota.institution_kind or quota.institution_id or quota.country_id
    column = "kind" if quota.institution_kind else "institution"
    column = "country" if quota.country_id else column
    return Rule(column, value, quota.number, quota.bound == Quota.Bound.AT_LEAST)
