"""The selection board: the applicants of one training side by side, and what a choice would mean.

It reads and counts; deciding is done by the verbs of seats.py, one application after another in
the order of arrival, and none that changed since its row was shown.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtcm.accounts.models import Country, Institution, Person
from trainings import seats
from trainings.eligibility import Decidable, doubts
from trainings.house import House
from trainings.models import (
    Answer,
    Application,
    Quota,
    ReviewNote,
    Training,
    Transition,
    place_of,
)
from trainings.models.review import LONGEST_NOTE

State = Application.State
SENSITIVE = "trainings.view_sensitive_answer"
LONG = [f"description_{code}" for code, _name in settings.LANGUAGES] + ["search_text", "note"]
EVERY = [("", gettext_lazy("All"))]


class Filters(forms.Form):
    """Which applicants the board shows; every field may stay empty."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[*EVERY, *State.choices], required=False
    )
    country: Any = forms.ModelChoiceField(
        Country.objects.all(),
        label=gettext_lazy("Country"),
        required=False,
        empty_label=EVERY[0][1],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of institution"),
        choices=[*EVERY, *Institution.Kind.choices],
        required=False,
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), choices=[*EVERY, *Person.Sex.choices], required=False
    )

    def apply(self, applications: QuerySet[Application]) -> QuerySet[Application]:
        """A field that cannot be understood filters nothing; the form says so beside it."""
        chosen = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        columns = {
            "state": "state",
            "country": "country",
            "kind": "institution__kind",
            "sex": "person__sex",
        }
        exact = {column: chosen[name] for name, column in columns.items() if chosen.get(name)}
        found = applications.filter(**exact)
        if chosen.get("q"):
            found = found.filter(person__in=Person.objects.matching(chosen["q"]))
        return found


def applicants(training: Training) -> QuerySet[Application]:
    """Everybody who applied, in order of arrival, with what one row shows."""
    related = ("person", "country", "institution__country", "guardian", "nomination")
    return training.applications.select_related(*related).order_by("pk")


@dataclass
class Row:
    application: Application
    doubts: list[str]
    earlier: list[Training]
    answers: list[Answer]
    notes: list[ReviewNote]
    chosen: bool = False
    typed: str = ""  # a note not stored yet

    @property
    def decidable(self) -> bool:
        return self.application.state in Decidable

    @property
    def place(self) -> Any:
        return place_of(self.application)


def rows(
    training: Training, page: Iterable[Application], house: House, reader: Any, chosen: set[int]
) -> list[Row]:
    """The rows of one page, with a fixed number of questions for all of them together."""
    applications = list(page)
    countries = set(training.participating_countries.values_list("pk", flat=True))
    earlier = _earlier(training, applications)
    answers = _by_application(_answers(applications, reader))
    notes = ReviewNote.objects.filter(application__in=applications).select_related("by__person")
    noted = _by_application(notes)
    return [
        Row(
            application,
            doubts(application, training, countries, house),
            earlier[application.person_id],
            answers[application.pk],
            noted[application.pk],
            application.pk in chosen,
        )
        for application in applications
    ]


def _by_application(parts: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for part in parts:
        found[part.application_id].append(part)
    return found


def _answers(applications: list[Application], reader: Any) -> Iterable[Answer]:
    answers = Answer.objects.for_reading().filter(application__in=applications)
    return answers if reader.has_perm(SENSITIVE) else answers.filter(question__asks_sensitive=False)


def _earlier(training: Training, applications: list[Application]) -> dict[int, list[Training]]:
    """The trainings these people attended before, newest first."""
    people = {application.person_id for application in applications}
    attended = Application.objects.filter(person__in=people, state=State.ATTENDED)
    attended = attended.exclude(training=training).select_related("training")
    attended = attended.defer("motivation", *(f"training__{name}" for name in LONG))
    found = defaultdict(list)
    for application in attended.order_by("-training__starts_on"):
        found[application.person_id].append(application.training)
    return found


@dataclass
class Meter:
    """One counter of the board: how much is taken, and how much would be."""

    label: str
    taken: int
    limit: int | None
    then: int
    covers: dict[str, str] = field(default_factory=dict)
    at_least: bool = False

    @property
    def is_over(self) -> bool:
        return not self.at_least and self.limit is not None and self.then > self.limit


@dataclass
class Counters:
    states: list[tuple[str, str, int]]
    seats: Meter
    quotas: list[Meter]
    women: int
    men: int
    women_then: int
    men_then: int
    target: int | None
    overhang: int

    @property
    def aim(self) -> str:
        return f"{self.target}%"

    @property
    def share(self) -> int | None:
        return _share(self.women, self.men)

    @property
    def share_then(self) -> int | None:
        return _share(self.women_then, self.men_then)


def _share(women: int, men: int) -> int | None:
    """Women per hundred of those whose sex is known."""
    return round(100 * women / (women + men)) if women + men else None


def counters(training: Training, house: House, chosen: list[Application]) -> Counters:
    """What holds now, and what would hold if all those chosen were offered a seat."""
    by_state, by_sex = _counted(training)
    then = Counter(application.person.sex for application in chosen)
    return Counters(
        states=[(value, str(label), by_state[value]) for value, label in State.choices],
        seats=Meter("", len(house.seats), house.capacity, len(house.seats) + len(chosen)),
        quotas=[_meter(quota, house, chosen) for quota in house.quotas],
        women=by_sex[Person.Sex.FEMALE],
        men=by_sex[Person.Sex.MALE],
        women_then=by_sex[Person.Sex.FEMALE] + then[Person.Sex.FEMALE],
        men_then=by_sex[Person.Sex.MALE] + then[Person.Sex.MALE],
        target=training.women_target,
        overhang=house.overhang,
    )


def _counted(training: Training) -> tuple[Counter[str], Counter[str]]:
    """Applications by status, and holders of seats by sex."""
    by_state: Counter[str] = Counter()
    by_sex: Counter[str] = Counter()
    counts = training.applications.order_by().values_list("state", "person__sex")
    for state, sex, number in counts.annotate(n=Count("pk")):
        by_state[state] += number
        if state in Application.SEATED:
            by_sex[sex] += number
    return by_state, by_sex


def _meter(quota: Quota, house: House, chosen: list[Application]) -> Meter:
    taken = house.taken(quota)
    more = sum(quota.covers(place_of(application)) for application in chosen)
    names = {"country": "country", "institution": "institution", "institution_kind": "kind"}
    covers = {
        "column": names[quota.column],
        "value": str(getattr(quota, quota.column + ("" if "kind" in quota.column else "_id"))),
    }
    at_least = quota.bound == Quota.Bound.AT_LEAST
    return Meter(str(quota), taken, quota.number, taken + more, covers, at_least)


# --- Deciding ---------------------------------------------------------------------------------

VERBS: dict[str, Callable[..., Any]] = {
    "offer": seats.offer,
    "waitlist": seats.waitlist,
    "reject": seats.reject,
}


@dataclass
class Decided:
    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)  # sentences by application


def decide(
    training: Training, verb: str, versions: dict[int, str], *, reason: str, by: Any
) -> Decided:
    """Decides on applications whose rows carried these versions; what changed since is left."""
    result = Decided()
    chosen = training.applications.filter(pk__in=versions).select_related("person")
    for application in chosen.order_by("pk"):
        try:
            VERBS[verb](application, by=by, reason=reason, seen=versions[application.pk])
            result.done += 1
        except ValidationError as refusal:
            said = " ".join(refusal.messages)
            result.refused[application.pk] = f"{application.person}: {said}"
    return result


def recent_reasons(training: Training) -> list[str]:
    """Reasons given in this training before, offered again; the newest first."""
    given = (
        Transition.objects.filter(application__training=training).exclude(reason="").order_by("-pk")
    )
    return list(dict.fromkeys(given.values_list("reason", flat=True)[:50]))[:8]


def note(application: Application, text: str, *, by: Any) -> ReviewNote:
    if not text.strip():
        raise ValidationError(_("Write the note first."))
    if len(text) > LONGEST_NOTE:
        raise ValidationError(_("Please write at most %(most)s characters.") % {
            "most": LONGEST_NOTE
        })  # fmt: skip
    return ReviewNote.objects.create(application=application, by=by, text=text.strip())
