"""{% translated thing "title" %}: the active language, or another one said to be so."""

from typing import Any

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, get_language_info, gettext
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

register = template.Library()


@register.simple_tag
def translated(thing: Any, field: str, paragraphs: bool = False, label: bool = True) -> str:
    """A translated field as HTML; `label=False` where a list already says it."""
    code, text = in_best_language(thing, field)
    if not text:
        return ""
    body = linebreaks_filter(text) if paragraphs else conditional_escape(text)
    if code == get_language():
        return body
    tag = "div" if paragraphs else "span"
    body = format_html('<{} lang="{}">{}</{}>', tag, code, body, tag)
    return format_html("{} {}", body, foreign_label(code)) if label else body


@register.simple_tag
def unofficial(thing: Any) -> str:
    """A mark where the wording in the active language is a working translation."""
    if get_language() not in thing.unofficial:
        return ""
    return format_html('<span class="unofficial">{}</span>', gettext("unofficial translation"))


def in_best_language(thing: Any, field: str) -> tuple[str, str]:
    """The language asked for, then the source language, then whatever there is."""
    codes = [get_language() or DEFAULT_LANGUAGE, DEFAULT_LANGUAGE, *dict(settings.LANGUAGES)]
    for code in codes:
        text = getattr(thing, build_localized_fieldname(field, code), None)
        if text:
            return code, text
    return codes[0], ""


def foreign_label(code: str) -> str:
    words = gettext("language: %(language)s")
    name = get_language_info(code)["name_translated"]
    return format_html('<span class="unofficial">{}</span>', words % {"language": name})
