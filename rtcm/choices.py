"""Choices of filters: every page with a filter needs them, so each process keeps them a minute."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.utils.translation import get_language


def kept(name: str, ask: Callable[[], Any]) -> Any:
    """What `ask` answers, once a minute in each language. Never about the one who looks."""
    return caches["local"].get_or_set(f"{name}:{get_language()}", ask)
