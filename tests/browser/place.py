"""A page: where it is, and who looks at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import LocalePrefixPattern, URLResolver, get_resolver, reverse
from django.utils import translation


@dataclass(frozen=True)
class Place:
    name: str  # of the address
    who: str = ""
    rows: Sequence[Any] | Callable[[], Sequence[Any]] = ()
    query: str = ""
    status: int = 200
    scope: str = ".desk"  # what of a page of the desk is ours
    fresh: bool = False  # asks for the password again when one signed in a while ago

    def __str__(self) -> str:
        return " ".join(filter(None, [self.name, self.query, self.who]))

    @property
    def ours(self) -> bool:
        """allauth calls some pages alike: signing in with a password and with a code."""
        return ":" in self.name

    def path(self, language: str) -> str:
        rows = self.rows() if callable(self.rows) else self.rows
        with translation.override(language):
            return reverse(self.name, args=rows) + (f"?{self.query}" if self.query else "")


def names_of_addresses() -> set[str]:
    """All that stand below a language."""
    within = [door for door in get_resolver().url_patterns if carries_language(door)]
    return {name for door in within for name in names(door, "")}


def carries_language(door: Any) -> bool:
    return isinstance(getattr(door, "pattern", None), LocalePrefixPattern)


def names(door: Any, prefix: str) -> set[str]:
    if not isinstance(door, URLResolver):
        return {f"{prefix}{door.name}"}
    inner = f"{prefix}{door.namespace}:" if door.namespace else prefix
    return {name for child in door.url_patterns for name in names(child, inner)}
