"""What every page says about itself: its address in each language, its place in the menu."""

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
    chosen = str(field.value() or "")
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SELECTED if str(value) == chosen else "", label)
            for value, label in field.field.choices  # type: ignore[attr-defined]
        ),
    )
    return format_html(
        '<select name="{}" id="{}">{}</select>', field.html_name, field.id_for_label, options
    )


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
    path, root = context["request"].path, reverse(name)
    if path == root:
        return "page"
    return "true" if path.startswith(root) else ""


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The present query with some keys changed, or dropped where the value is empty."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"
