"""What grew out of a training of trainers: its tree of roll-outs and the people they reached.

In public, nobody can be recognised from a number: a cell of one to four people is not shown, nor
is another cell from which it could be worked out.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import F, Sum

from rtcm.accounts.models import Institution, Person
from trainings.dates import date_span
from trainings.models import ReachedGroup, RollOut, Training
from trainings.rolling_out import graduations

SMALLEST = 5  # people, below which a number could point at somebody
DEEPEST = 8  # roll-outs of roll-outs
Key = TypeVar("Key", bound=Hashable)


def hidden(cells: Mapping[Key, int]) -> set[Key]:
    """The cells not to show beside their total: small ones, and what would give these away."""
    present = sorted((persons, place) for place, persons in enumerate(cells.values()) if persons)
    names = list(cells)
    out = [place for persons, place in present if persons < SMALLEST]
    held = sum(persons for persons, _place in present if persons < SMALLEST)
    if not out:
        return set()
    for persons, place in present:
        if len(out) > 1 and held >= SMALLEST:
            break
        if place not in out:
            out.append(place)
            held += persons
    return {names[place] for place in out}


def public_cells(cells: Mapping[Key, int]) -> dict[Key, int | None]:
    """The same cells, None where the number stays with the centre."""
    out = hidden(cells)
    return {key: None if key in out else persons for key, persons in cells.items()}


def public_total(total: int) -> int | None:
    return None if 0 < total < SMALLEST else total


@dataclass
class Branch:
    """One line of the tree. `persons` is None where the number is too small to be public."""

    label: str
    persons: int | None
    note: str = ""
    url: str = ""
    graduates: int | None = 0
    branches: list["Branch"] = field(default_factory=list)


def roll_outs_below(training: Training) -> list[Training]:
    """Every checked roll-out that comes from this training, however far down; one query a level."""
    found: list[Training] = []
    seen, level = {training.pk}, [training.pk]
    for _depth in range(DEEPEST):
        rows = Training.objects.filter(
            rolled_out_from__in=level, status=Training.Status.PUBLISHED
        ).exclude(pk__in=seen)
        fresh = list(rows.select_related("country", "log__held_by").order_by("starts_on", "pk"))
        if not fresh:
            break
        level = [row.pk for row in fresh]
        seen |= set(level)
        found += fresh
    return found


def reached_by(trainings: Iterable[Training]) -> dict[int, int]:
    """People reached by each of these trainings."""
    rows = ReachedGroup.objects.filter(training__in=[row.pk for row in trainings]).order_by()
    counted = dict(rows.values_list("training").annotate(n=Sum("persons")))
    return {row.pk: counted.get(row.pk) or row.reported_persons or 0 for row in trainings}


def splits(trainings: Iterable[Training]) -> list[tuple[Any, dict[str, int]]]:
    """People reached, by sex and by type of institution: two tables, never crossed."""
    rows = ReachedGroup.objects.filter(training__in=[row.pk for row in trainings]).order_by()
    by_sex = dict(rows.values_list("sex").annotate(n=Sum("persons")))
    by_kind = dict(rows.values_list("institution_kind").annotate(n=Sum("persons")))
    return [
        (ReachedGroup.Sex, {key: by_sex.get(key, 0) for key in ReachedGroup.Sex.values}),
        (Institution.Kind, {key: by_kind.get(key, 0) for key in Institution.Kind.values}),
    ]


def tree(training: Training, found: list[Training], *, names: bool) -> Branch:
    """The training, its countries, their roll-outs and what these led to.

    `names`: for the desk, with the people who held them and every number as it is.
    """
    reached = reached_by(found)
    countries, graduates = _graduates(training)
    countries |= {row.country_id or "": row.country for row in found}
    totals = Counter(dict.fromkeys(countries, 0))
    for row in found:
        totals[row.country_id or ""] += reached[row.pk]
    shown = dict(totals) if names else public_cells(totals)
    gone = set() if names else hidden(graduates)
    root = Branch(training.title, _shown(sum(totals.values()), names))
    root.graduates = _shown(sum(graduates.values()), names)
    for code in sorted(totals, key=lambda code: (-totals[code], code)):
        branch = Branch(str(countries[code] or ""), shown[code])
        branch.graduates = None if code in gone else graduates[code]
        rows = [row for row in found if (row.country_id or "") == code]
        unseen = shown[code] is None
        branch.branches = _sessions(rows, reached, names=names, unseen=unseen)
        root.branches.append(branch)
    return root


def _shown(total: int, names: bool) -> int | None:
    return total if names else public_total(total)


def _graduates(training: Training) -> tuple[dict[str, Any], Counter[str]]:
    """The countries of its graduates, and how many graduates each has."""
    rows = graduations().filter(application__training=training)
    countries: dict[str, Any] = {}
    people: set[tuple[str, int]] = set()
    for row in rows.select_related("application__country"):
        if row.application.country:
            countries[row.application.country_id or ""] = row.application.country
            people.add((row.application.country_id or "", row.application.person_id))
    return countries, Counter(code for code, _person in people)


def _sessions(
    rows: list[Training], reached: dict[int, int], *, names: bool, unseen: bool
) -> list[Branch]:
    own = {row.pk: reached[row.pk] for row in rows}
    out = set() if names else set(own) if unseen else hidden(own)
    branches = {row.pk: _session(row, own[row.pk], names=names) for row in rows}
    for pk in out:
        branches[pk].persons = None
    tops: list[Branch] = []
    for row in rows:
        parent = branches.get(row.rolled_out_from_id or 0)
        (parent.branches if parent else tops).append(branches[row.pk])
    return tops


def _session(row: Training, persons: int, *, names: bool) -> Branch:
    log = getattr(row, "log", None)
    who = [log.held_by.full_name] if names and log else []
    place = ", ".join([date_span(row), *filter(None, [row.city]), *who])
    return Branch(place, persons, note=row.title, url=row.get_absolute_url())


def totals_per_country() -> dict[str, dict[str, int]]:
    """Checked roll-outs and the people they reached, per country; for figures."""
    held = Training.objects.counted().filter(kind=Training.Kind.ROLL_OUT, country__isnull=False)
    totals: dict[str, dict[str, int]] = {}
    rows = list(held.order_by("pk").only("pk", "country_id", "reported_persons"))
    reached = reached_by(rows)
    for row in rows:
        cell = totals.setdefault(row.country_id or "", {"sessions": 0, "persons": 0})
        cell["sessions"] += 1
        cell["persons"] += reached[row.pk]
    return totals


def log_of(person: Person, training: Training) -> Any:
    """The roll-outs one graduate held, newest first."""
    own = RollOut.objects.filter(held_by=person, training__rolled_out_from=training)
    return own.annotate(day=F("training__starts_on")).order_by("-day")
