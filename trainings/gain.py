"""What a training taught: results by person, difficulty by question, gain over matched pairs.

The gain compares the first attempt before with the first attempt after (a second attempt knows
the questions), only for people who handed in both, and only in modules that both tests ask
about. Passing (testing.passed_post_test) goes by the best attempt; these are two questions.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

from trainings.models import Application, Attempt, BankQuestion, Test, Training

Points = tuple[int, int]  # earned, possible


@dataclass(frozen=True)
class Gain:
    """Mean per cent before and after, over `n` people who handed in both tests."""

    n: int
    before: float
    after: float

    @property
    def change(self) -> float:
        """In percentage points."""
        return self.after - self.before


@dataclass
class Sheet:
    """One person: points by module before and after, in first attempts; the best post-tests."""

    application: Application
    before: dict[int, Points] = field(default_factory=dict)
    after: dict[int, Points] = field(default_factory=dict)
    attempts: dict[int, Attempt] = field(default_factory=dict)  # the best one, by test

    @property
    def shared(self) -> set[int]:
        return set(self.before) & set(self.after)

    def pair(self, modules: Iterable[int]) -> tuple[float, float] | None:
        """Per cent before and after in these modules, None when a side is missing."""
        both = self.shared & set(modules)
        if not both:
            return None
        return _percent(self.before, both), _percent(self.after, both)

    @property
    def gain(self) -> float | None:
        pair = self.pair(self.shared)
        return pair[1] - pair[0] if pair else None


@dataclass(frozen=True)
class Difficulty:
    """How many answered a question rightly, of all first attempts handed in."""

    question: BankQuestion
    n: int
    right: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.n) if self.n else 0


def _percent(points: dict[int, Points], modules: set[int]) -> float:
    earned = sum(points[module][0] for module in modules)
    return 100 * earned / sum(points[module][1] for module in modules)


def sheets(training: Training) -> list[Sheet]:
    """Everybody who handed in something, by name; four queries whatever their number."""
    tests = {test.pk: test for test in training.tests.prefetch_related("questions")}
    rows = Attempt.objects.handed_in().filter(test__in=tests)
    people: dict[int, Sheet] = {}
    for attempt in rows.select_related("application__person").order_by("number"):
        attempt.test = tests[attempt.test_id]
        sheet = people.setdefault(attempt.application_id, Sheet(attempt.application))
        _add(sheet, attempt)
    return sorted(people.values(), key=lambda sheet: sheet.application.person.name_sort)


def _add(sheet: Sheet, attempt: Attempt) -> None:
    best = sheet.attempts.get(attempt.test_id)
    if best is None or (attempt.score or 0) > (best.score or 0):
        sheet.attempts[attempt.test_id] = attempt
    if attempt.number > 1:
        return
    side = sheet.before if attempt.test.moment == Test.Moment.PRE else sheet.after
    for question in attempt.test.questions.all():
        earned, possible = side.get(question.module_id, (0, 0))
        mark = int(attempt.marks.get(str(question.pk), 0))
        side[question.module_id] = (earned + mark, possible + question.points)


def gain_of(people: Iterable[Sheet], modules: Iterable[int] | None = None) -> Gain | None:
    """Over all shared modules, or only over those given; None without a single pair."""
    wanted = None if modules is None else set(modules)
    pairs = [sheet.pair(sheet.shared if wanted is None else wanted) for sheet in people]
    matched = [pair for pair in pairs if pair]
    if not matched:
        return None
    return Gain(
        len(matched), fmean(before for before, _ in matched), fmean(after for _, after in matched)
    )


def gain_by_module(people: list[Sheet]) -> dict[int, Gain]:
    modules = {module for sheet in people for module in sheet.shared}
    found = {module: gain_of(people, [module]) for module in sorted(modules)}
    return {module: gain for module, gain in found.items() if gain}


def difficulties(training: Training) -> dict[int, list[Difficulty]]:
    """By test, in the order of its questions, over first attempts."""
    tests = training.tests.prefetch_related("placed_questions__question__module")
    rows = Attempt.objects.handed_in().filter(test__training=training, number=1)
    marks: dict[int, list[dict[str, int]]] = defaultdict(list)
    for test_id, earned in rows.values_list("test_id", "marks"):
        marks[test_id].append(earned)
    return {
        test.pk: [
            _difficulty(place.question, marks[test.pk]) for place in test.placed_questions.all()
        ]
        for test in tests
    }


def _difficulty(question: BankQuestion, marks: list[dict[str, int]]) -> Difficulty:
    answered = [earned[str(question.pk)] for earned in marks if str(question.pk) in earned]
    return Difficulty(question, len(answered), sum(1 for points in answered if points))
