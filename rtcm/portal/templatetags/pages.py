"""What every page says about itself: its address in each language, its place in the menu."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from rtcm.languages import language_name

register = template.Library()
SELECTED = format_html("{}", SafeString(" selected"))
register.filter("language_name", language_name)


@register.filter
def initials(name: str) -> str:
    """Two letters for a portrait without a photo."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.simple_tag
def select(field: BoundField) -> SafeString:
    """A select as Django writes it, but without a template per option: filters are long."""
    rows: Iterable[Any] = field.field.choices  # type: ignore[attr-defined]
    choices = tuple((str(value), str(label)) for value, label in rows)
    chosen = str(field.value() or "")
    return drawn(field.html_name, field.id_for_label, choices, chosen)


@lru_cache(maxsize=200)
def drawn(
    name: str, identity: str, choices: tuple[tuple[str, str], ...], chosen: str
) -> SafeString:
    """Hundreds of options that seldom change."""
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in choices),
    )
    return format_html('<select name="{}" id="{}">{}</select>', name, identity, options)


@register.simple_tag(takes_context=True)
def page_languages(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The same page in every language: `path` keeps the query, `address` is absolute without it.

    Addresses differ in their first part only, so no pattern need be resolved.
    """
    request: HttpRequest = context["request"]
    query = request.META.get("QUERY_STRING", "")
    page = request.GET.get("page", "")
    current = get_language()
    languages = []
    for code, _name in settings.LANGUAGES:
        path = path_in(request.path, code)
        languages.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "current": code == current,
                "path": f"{path}?{query}" if query else path,
                "address": site_address(f"{path}?page={page}" if page.isdecimal() else path),
            }
        )
    return languages


def path_in(path: str, code: str) -> str:
    """A page outside the languages (a feed, a file) leads to the start page."""
    _empty, first, *rest = path.split("/")
    if first not in dict(settings.LANGUAGES):
        return f"/{code}/"
    return "/".join(["", code, *rest])


@register.simple_tag
def site_address(path: str = "") -> str:
    """An absolute address; never from the request's Host."""
    return f"{settings.SITE_ORIGIN.rstrip('/')}{path}"


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str) -> str:
    """`page` on the page itself, `true` below it, for aria-current in the menu."""
    path, root = context["request"].path, root_of(name, get_language())
    if path == root:
        return "page"
    return "true" if path.startswith(root) else ""


@lru_cache(maxsize=100)
def root_of(name: str, language: str | None) -> str:
    """Every page asks this for every entry of its menu; the language is part of the address."""
    return reverse(name)


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The present query with some keys changed, or dropped where the value is empty."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"
