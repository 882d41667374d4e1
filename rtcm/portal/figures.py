"""Counts the centre's work: once every few minutes by the reconciler, never by a page."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from curriculum.models import Module, Objective
from experts.models import Expert
from library import counting as library_counting
from library.models import Item
from rtcm.portal.models import Figures
from trainings.cascade import totals_per_country
from trainings.models import Application, Training

AGE = timedelta(minutes=10)
ATTENDED = Application.State.ATTENDED


def count() -> dict[str, Any]:
    """All figures: `trainings`, `events`, `persons`, `participations`, `countries`, `items`,
    `experts`, `modules`, and `objectives`: per number the same counted for one objective."""
    held = Training.objects.counted()
    attended = Application.objects.filter(state=ATTENDED, training__in=held.values("pk"))
    return {
        "trainings": held.count(),
        "events": Training.objects.past().filter(status=Training.Status.PUBLISHED).count(),
        "participations": attended.count(),
        "persons": attended.aggregate(n=Count("person", distinct=True))["n"],
        "countries": _countries(held),
        "items": Item.objects.published().count(),
        "experts": Expert.objects.published().count(),
        "modules": Module.objects.published().count(),
        "objectives": _per_objective(),
        **_roll_outs(),
    }


def _roll_outs() -> dict[str, Any]:
    """`roll_outs`, `reached` (people there, beside `persons`), and both per country."""
    cells = totals_per_country()
    return {
        "roll_outs": sum(cell["sessions"] for cell in cells.values()),
        "reached": sum(cell["persons"] for cell in cells.values()),
        "roll_outs_per_country": cells,
    }


def _countries(held: Any) -> int:
    through: Any = Training.participating_countries.through
    taking_part = through.objects.filter(training__in=held.values("pk"))
    return taking_part.values("country").distinct().count()


def _per_objective() -> dict[str, dict[str, float]]:
    cells: dict[str, Mapping[int, float]] = {
        "trainings": _trainings_per_objective(),
        "items": _pairs(Item.objects.published(), "objectives"),
        "experts": _pairs(
            Expert.objects.published().showing("areas", ["public"]), "areas__objective"
        ),
        "modules": _pairs(Module.objects.published(), "primary_objectives"),
        "hours": _hours_per_objective(),
    }
    numbers = Objective.objects.values_list("number", flat=True)
    return {
        str(number): {name: column.get(number, 0) for name, column in cells.items()}
        for number in numbers
    }


def _pairs(rows: Any, path: str) -> dict[int, int]:
    found = rows.order_by().filter(**{f"{path}__isnull": False}).values_list(path)
    return dict(found.annotate(n=Count("pk", distinct=True)))


def _hours_per_objective() -> dict[int, float]:
    rows = Module.objects.published().order_by().filter(primary_objectives__isnull=False)
    totals = rows.values_list("primary_objectives").annotate(n=Sum("hours"))
    return {number: float(hours or 0) for number, hours in totals}


def _trainings_per_objective() -> Counter[int]:
    """Held trainings per objective, each training once per objective however it covers it."""
    counter: Counter[int] = Counter()
    for training in Training.objects.counted().with_objectives().only("pk").iterator():
        counter.update(training.objective_numbers)
    return counter


def refresh() -> None:
    """A sweep: counts again when the last snapshot is older than ten minutes."""
    newest = Figures.current()
    if newest and newest.computed_at > timezone.now() - AGE:
        return
    recount()


def recount() -> Figures:
    library_counting.recount()
    snapshot = Figures.objects.create(numbers=count())
    Figures.objects.filter(pk__lt=snapshot.pk - 10).delete()
    return snapshot
