"""Choices of filters: every page with a filter needs them, so each process keeps them a minute."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.cache import caches
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language


def kept(name: str, ask: Callable[[], Any]) -> Any:
    """What `ask` answers, once a minute in each language. Never about the one who looks."""
    return caches["local"].get_or_set(f"{name}:{get_language()}", ask)


class Rows(BaseChoiceIterator):
    """Choices that are pairs already: Django would look into each of hundreds, on every page."""

    def __init__(self, first: Any, rows: Iterable[tuple[str, Any]]) -> None:
        self.rows = [("", first), *rows]

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.rows)
