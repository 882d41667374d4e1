"""What can be brought in: each kind says its columns, what is wrong with a row, what it creates.

A kind lives in the room that owns what it creates; settings.IMPORTS tells where.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from rtcm.accounts.matching import Suggestion


@dataclass(frozen=True)
class Column:
    """`names`: headings of old registers that mean the same, beside the title in each language."""

    key: str
    title: Any
    required: bool = False
    example: str = ""
    names: tuple[str, ...] = ()

    @property
    def accepted(self) -> Iterable[Any]:
        return [self.title, *self.names]


def no_subjects() -> Sequence[Any]:
    return ()


def nobody(values: dict[str, str], memo: dict[str, Any]) -> list[Suggestion]:
    return []


@dataclass(frozen=True)
class Kind:
    """`check`: what is wrong with one row, as sentences; `memo` is kept from row
    to row: for what repeats in the sheet, and for what would be asked again and again.

    `create`: (row, subject, by) -> the rows of the database that it made, in order; refuses with
    a ValidationError. `people`: who the row may already be; kinds without people leave it out.
    `subjects`: what such a table belongs to, where it belongs to something.
    """

    name: str
    title: Any
    about: Any
    permission: str
    columns: tuple[Column, ...]
    check: Callable[[dict[str, str], Any, dict[str, Any]], list[str]]
    create: Callable[[Any, Any, Any], list[models.Model]]
    people: Callable[[dict[str, str], dict[str, Any]], list[Suggestion]] = nobody
    subjects: Callable[[], Iterable[Any]] = no_subjects
    subject_title: Any = ""
    most_rows: int = 5000

    @property
    def is_about_people(self) -> bool:
        return self.people is not nobody

    @property
    def has_subject(self) -> bool:
        return self.subjects is not no_subjects

    def subject(self, pk: int | None) -> Any:
        return next((each for each in self.subjects() if each.pk == pk), None)

    @property
    def headings(self) -> dict[str, Iterable[Any]]:
        return {column.key: column.accepted for column in self.columns}

    @property
    def required(self) -> list[str]:
        return [column.key for column in self.columns if column.required]


def kind_called(name: str) -> Kind:
    return import_string(settings.IMPORTS[name])


def kinds_for(user: Any) -> list[Kind]:
    kinds = [kind_called(name) for name in settings.IMPORTS]
    return [kind for kind in kinds if user.has_perm(kind.permission)]
