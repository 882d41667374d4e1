"""Trainings of the past, brought in from a table: one row is one event."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.models import Module, Objective
from rtcm.importing.kinds import Column, Kind
from rtcm.text import fold, slugify
from trainings import typed
from trainings.models import Training

TITLES = ("title_en", "title_az", "title_ru")
CITIES = ("city_en", "city_az", "city_ru")
GENERAL = "general"


def check(values: dict[str, str], subject: Any, memo: dict[str, Any]) -> list[str]:
    wrong = typed.complaints(
        partial(_event, values, typed.countries(memo)),
        partial(_modules, values.get("modules", "")),
        partial(_objectives, values.get("objectives", "")),
    )
    return wrong or typed.complaints(partial(_refuse_twice, values, memo))


def create(row: Any, subject: Any, by: Any) -> list[models.Model]:
    known = typed.countries()
    event = _event(row.values, known)
    _refuse_twice(row.values, {})
    taking_part = _taking_part(row.values, known)
    training = Training.objects.create(**event, slug=_slug(row.values, event["starts_on"]))
    training.participating_countries.set(taking_part)
    training.modules.set(_modules(row.values.get("modules", "")))
    training.extra_objectives.set(_objectives(row.values.get("objectives", "")))
    return [training]


def _event(values: dict[str, str], known: dict[str, str]) -> dict[str, Any]:
    start, end, precision = _days(values)
    mode = typed.chosen(values.get("mode") or "in_person", Training.Mode.choices)
    host = values.get("country", "")
    people = values.get("persons", "")
    return {
        **_texts(values),
        "starts_on": start,
        "ends_on": end,
        "date_precision": precision,
        "kind": typed.chosen(values.get("kind") or "training", Training.Kind.choices),
        "mode": mode,
        "level": _level(values, known),
        "country_id": typed.country_in(host, known) if host else None,
        "reported_persons": typed.whole(people) if people else None,
        "status": Training.Status.PUBLISHED,
        "is_historic": True,
    }


def _texts(values: dict[str, str]) -> dict[str, str]:
    if not any(values.get(name) for name in TITLES):
        raise ValidationError(_("Give the title in at least one language."))
    texts = {name: values[name] for name in (*TITLES, *CITIES, "note") if values.get(name)}
    for name, text in texts.items():
        column: Any = Training._meta.get_field(name)
        longest = column.max_length
        if longest and len(text) > longest:
            raise ValidationError(
                _("“%(text)s…” is longer than %(most)s letters.")
                % {"text": text[:30], "most": longest}
            )
    return texts


def _days(values: dict[str, str]) -> tuple[date, date, str]:
    start, end, precision = typed.span(values["start"])
    if values.get("end"):
        _first, end, other = typed.span(values["end"])
        if other != precision:
            raise ValidationError(_("Write both dates in the same way."))
    if end < start:
        raise ValidationError(_("The last day is before the first day."))
    if end >= date.today():  # noqa: DTZ011 - what ends today is not the past anywhere
        raise ValidationError(_("Only trainings that are over are imported. Plan this one."))
    return start, end, precision


def _taking_part(values: dict[str, str], known: dict[str, str]) -> list[Any]:
    return [typed.country_in(part, known) for part in typed.parts(values.get("countries", ""))]


def _level(values: dict[str, str], known: dict[str, str]) -> str:
    one = len(set(_taking_part(values, known))) == 1
    return Training.Level.NATIONAL if one else Training.Level.REGIONAL


def _modules(text: str) -> list[Module]:
    """By code, address or title; the newest edition where several have it."""
    return [_module(part) for part in typed.parts(text)]


def _module(part: str) -> Module:
    named = models.Q(slug=part.lower()) | models.Q(code__iexact=part)
    for language in ("en", "az", "ru"):
        named |= models.Q(**{f"title_{language}__iexact": part})
    module = Module.objects.filter(named).order_by("-edition", "-pk").first()
    if module is None:
        raise ValidationError(_("We know no module “%(name)s”.") % {"name": part})
    return module


def _objectives(text: str) -> list[Objective]:
    wanted = {
        0 if fold(part) == GENERAL else typed.whole(part, most=23) for part in typed.parts(text)
    }
    found = list(Objective.objects.filter(number__in=wanted))
    if len(found) < len(wanted):
        raise ValidationError(_("The objectives have the numbers 1 to 23."))
    return found


def _refuse_twice(values: dict[str, str], memo: dict[str, Any]) -> None:
    """An event is known by its address: its title and its month."""
    slug = _slug(values, typed.span(values["start"])[0])
    if slug in memo.setdefault("slugs", set()):
        raise ValidationError(_("The same training stands further up in this table."))
    memo["slugs"].add(slug)
    if Training.objects.filter(slug=slug).exists():
        raise ValidationError(_("A training with this title and month is here already."))


def _slug(values: dict[str, str], start: date) -> str:
    title = next(values[name] for name in TITLES if values.get(name))
    return slugify(f"{title[:70]} {start:%Y-%m}", 80)


KIND = Kind(
    name="trainings",
    title=gettext_lazy("Trainings of the past"),
    about=gettext_lazy("One row is one training that is over; it is published at once."),
    permission="trainings.add_training",
    columns=(
        Column("title_en", gettext_lazy("Title in English"), names=("Title",), example="Border"),
        Column("title_az", gettext_lazy("Title in Azerbaijani"), example="Sərhəd"),
        Column("title_ru", gettext_lazy("Title in Russian"), example="Граница"),
        Column("start", gettext_lazy("First day"), required=True, example="2019-05-13"),
        Column("end", gettext_lazy("Last day"), example="2019-05-17"),
        Column("kind", gettext_lazy("Kind of event"), example="training"),
        Column("mode", gettext_lazy("Format"), example="in_person"),
        Column("country", gettext_lazy("Host country"), names=("Country",), example="AZ"),
        Column("city_en", gettext_lazy("City in English"), names=("City",), example="Baku"),
        Column("city_az", gettext_lazy("City in Azerbaijani"), example="Bakı"),
        Column("city_ru", gettext_lazy("City in Russian"), example="Баку"),
        Column("countries", gettext_lazy("Participating countries"), example="AZ; GE; KZ"),
        Column("modules", gettext_lazy("Modules")),
        Column("objectives", gettext_lazy("Objectives"), example="11; 23"),
        Column("persons", gettext_lazy("Head-count"), example="24"),
        Column("note", gettext_lazy("Note for staff")),
    ),
    check=check,
    create=create,
)
