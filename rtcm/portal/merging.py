"""Two records of one person become one: everything that points to either is the survivor's.

What points to a person is found from the models' foreign keys, so a table that joins the house
later is moved too. Nothing is merged by itself; a person has looked at both records.
"""

from collections import defaultdict
from itertools import combinations
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from rtcm.accounts.matching import LEAST, Suggestion, judge
from rtcm.accounts.models import Person
from rtcm.accounts.models.people import is_latin
from rtcm.portal.models import TwoPeople

# Of no worth beside those of the survivor.
DISPOSABLE = {"trainings.ApplicationDraft", "trainings.CalendarFeed"}
FILLED = ("certificate_name", "other_script_name", "sex", "birth_year", "country_id", "language")
MOST_PAIRS = 100
MOST_NAMESAKES = 50  # a name that so many share says nothing


def merge(survivor: Person, gone: Person, *, by: Any) -> dict[str, int]:
    """Moves everything, fills what the survivor lacks, deletes the other record; says how many."""
    if survivor.pk == gone.pk:
        raise ValidationError(_("Choose two different records."))
    with transaction.atomic():
        held = Person.objects.select_for_update().order_by("pk").in_bulk([survivor.pk, gone.pk])
        if len(held) < 2:
            raise ValidationError(_("One of these records is no longer there."))
        survivor, gone = held[survivor.pk], held[gone.pk]
        if clashing := clashes(survivor, gone):
            raise ValidationError(clashing)
        moved = _moved(survivor, gone)
        _fill(survivor, gone)
        _log(survivor, gone, moved, by)
    return moved


def clashes(survivor: Person, gone: Person) -> list[str]:
    """Why these two cannot become one before somebody has decided something, as sentences."""
    return [
        _("Both records have the following, and only one can stay: %(what)s. Settle it first.")
        % {"what": relation.related_model._meta.verbose_name_plural}
        for relation in pointers()
        if relation.related_model._meta.label not in DISPOSABLE
        and _clashing(relation, survivor, gone)
    ]


def pointers() -> list[Any]:
    """Every relation that leads to a person."""
    relations: list[Any] = list(Person._meta.get_fields(include_hidden=True))
    return [
        relation
        for relation in relations
        if relation.auto_created
        and not relation.concrete
        and not relation.related_model._meta.auto_created
        and relation.related_model is not TwoPeople
    ]


def _clashing(relation: Any, survivor: Person, gone: Person) -> list[Any]:
    """Keys of the rows of the one that would stand twice beside those of the other."""
    rows, name = relation.related_model._base_manager, relation.field.name
    mine, theirs = rows.filter(**{name: survivor}), rows.filter(**{name: gone})
    if relation.one_to_one:
        return list(theirs.values_list("pk", flat=True)) if mine.exists() else []
    twice = []
    for rule in relation.related_model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and name in rule.fields:
            twice += _twice(rule, name, mine, theirs)
    return twice


def _twice(rule: models.UniqueConstraint, name: str, mine: Any, theirs: Any) -> list[Any]:
    others = [field for field in rule.fields if field != name]
    if rule.condition:
        mine, theirs = mine.filter(rule.condition), theirs.filter(rule.condition)
    known = set(mine.values_list(*others))
    rows = theirs.values_list("pk", *others)
    return [pk for pk, *values in rows if None not in values and tuple(values) in known]


def _moved(survivor: Person, gone: Person) -> dict[str, int]:
    moved = {}
    TwoPeople.objects.filter(first=gone).delete()
    TwoPeople.objects.filter(second=gone).delete()
    try:
        for relation in pointers():
            rows, name = relation.related_model._base_manager, relation.field.name
            rows.filter(pk__in=_clashing(relation, survivor, gone)).delete()  # disposable ones
            if number := rows.filter(**{name: gone}).update(**{name: survivor}):
                moved[relation.related_model._meta.label] = number
    except IntegrityError as rule:
        raise ValidationError(_("A rule of the database forbids to merge these two.")) from rule
    return moved


def _fill(survivor: Person, gone: Person) -> None:
    for name in FILLED:
        if not getattr(survivor, name):
            setattr(survivor, name, getattr(gone, name))
    if not survivor.institution_label:
        survivor.institution_id = gone.institution_id
        survivor.institution_name = gone.institution_name
    survivor.post = survivor.post or gone.post
    if not survivor.other_script_name and is_latin(survivor.full_name) != is_latin(gone.full_name):
        survivor.other_script_name = gone.full_name
    gone_id = gone.pk
    gone.delete()
    gone.pk = gone_id
    survivor.save()


def _log(survivor: Person, gone: Person, moved: dict[str, int], by: Any) -> None:
    told = ", ".join(f"{label} {number}" for label, number in sorted(moved.items()))
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(survivor.pk),
        object_repr=str(survivor)[:200],
        action_flag=CHANGE,
        change_message=f"Merged with record {gone.pk} ({gone.full_name}): {told or 'nothing'}",
    )


def two_people(one: Person, other: Person, *, by: Any) -> None:
    """Somebody looked and found that these are two: they are not suggested again."""
    first, second = sorted([one, other], key=lambda person: person.pk)
    TwoPeople.objects.get_or_create(first=first, second=second, defaults={"by": by})


def possible() -> list[tuple[Person, Suggestion]]:
    """Pairs that may be one person, the likeliest first: names that share two of their words."""
    names = Person.objects.order_by("pk").values_list("pk", "name_search")
    together: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for pk, key in names:
        for pair in combinations(sorted(set(key.split())), 2):
            together[pair].append(pk)
    pairs = {
        pair
        for group in together.values()
        if len(group) <= MOST_NAMESAKES
        for pair in combinations(group, 2)
    }
    pairs -= set(TwoPeople.objects.values_list("first", "second"))
    return _judged(pairs)


def _judged(pairs: set[tuple[int, int]]) -> list[tuple[Person, Suggestion]]:
    people = Person.objects.select_related("country", "institution").in_bulk(
        {pk for pair in pairs for pk in pair}
    )
    judged = [
        (
            people[first],
            judge(people[first].full_name, people[second], country=people[first].country),
        )
        for first, second in pairs
    ]
    likely = [each for each in judged if each[1].score >= LEAST]
    return sorted(likely, key=lambda each: (-each[1].score, each[0].pk))[:MOST_PAIRS]
