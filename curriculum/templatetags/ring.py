"""{% ring %} draws what a thing covers, {% ring_dial %} how much of each, {% ring_mark %} all.

The drawing is cached by what is covered, never by who looks. Colour comes from classes, because the
Content-Security-Policy allows no style attribute.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from curriculum.ring import CLUSTERS, PRINCIPLES, Segment, arc, dots, point, reach, segments, wedge

register = template.Library()
WHOLE = 0  # "General": the whole Compact, drawn as the hub


@register.simple_tag
def ring(
    numbers: Iterable[int],
    size: int = 20,
    label: str = "",
    principles: str = "",
    decorative: bool = False,
) -> SafeString:
    """A fingerprint. `decorative=True` where the same objectives stand beside it in words."""
    covered = frozenset(numbers)
    body = drawing(covered, size, principles)
    if decorative:
        return frame("ring", size, {"aria-hidden": "true"}, body)
    name = label or spoken(covered)
    return frame("ring", size, {"role": "img"}, format_html("<title>{}</title>{}", name, body))


@register.simple_tag
@lru_cache(maxsize=8)
def ring_mark(size: int = 44) -> SafeString:
    """The centre's mark: the full ring. Its name stands beside it, so it says nothing itself."""
    covered = frozenset(segment.number for segment in segments())
    body = format_html("{}{}", petals(covered, 39, 15), inner_dots(PRINCIPLES, 19, 3.4))
    return frame("ring ring-mark", size, {"aria-hidden": "true"}, body)


@register.simple_tag
def ring_dial(
    objectives: Iterable[Any],
    counts: Mapping[int, int] | None = None,
    size: int = 400,
    label: str = "",
) -> SafeString:
    """Links to the objectives; with counts, a segment is as long as its number."""
    by_number = {objective.number: objective for objective in objectives}
    most = max(counts.values(), default=0) if counts else 1
    links = [
        dial_link(segment, by_number[segment.number], None if counts is None else counts, most)
        for segment in segments()
        if segment.number in by_number
    ]
    body = format_html(
        '<circle class="ring-scale" r="40"/>{}{}',
        inner_dots(PRINCIPLES, 12, 1.5),
        format_html_join("", "{}", ((link,) for link in links)),
    )
    name = label or pgettext("name of the dial", "The 23 objectives")
    return frame("ring ring-dial", size, {"role": "group", "aria-label": name}, body)


@register.filter
def cluster(number: int) -> int:
    """The round-table cluster of an objective, 0 for the whole Compact."""
    return next((name for name, numbers in CLUSTERS.items() if number in numbers), WHOLE)


@register.filter
def letters(principles: Iterable[Any]) -> str:
    """What `principles=` of a ring takes."""
    return "".join(principle.letter for principle in principles)


@register.simple_tag
def by_cluster(objectives: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    """The objectives in the order of the ring; the whole Compact has no cluster."""
    known = {objective.number: objective for objective in objectives}
    return [
        (name, [known[number] for number in numbers if number in known])
        for name, numbers in CLUSTERS.items()
    ]


def frame(classes: str, size: int, attributes: dict[str, str], body: SafeString) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="-50 -50 100 100" width="{}" height="{}"{}>{}</svg>',
        *(classes, size, size, flatatt(attributes), body),
    )


@lru_cache(maxsize=4096)
def drawing(covered: frozenset[int], size: int, principles: str) -> SafeString:
    """Small rings are bold and bare, large ones carry the covered numbers too."""
    hub = format_html('<circle class="{}" r="11"/>', "ring-hub") if WHOLE in covered else ""
    if size < 48:
        return format_html("{}{}", strokes(covered, (28, 4), (38, 22)), hub)
    if size < 120:
        return format_html("{}{}", strokes(covered, (31, 2), (40, 17)), hub)
    inner = inner_dots(principles, 17, 2) if principles else ""
    parts = strokes(covered, (29, 0.9), (36, 13)), inner, numerals(covered)
    return format_html("{}{}{}{}", *parts, hub)


def strokes(
    covered: frozenset[int], line: tuple[float, float], petal: tuple[float, float]
) -> SafeString:
    """A line for all 23 and a petal on it for each that is covered; both are (radius, width)."""
    base = "".join(arc(line[0], place) for place in segments())
    return format_html(
        '<path class="ring-off" stroke-width="{}" d="{}"/>{}',
        line[1],
        base,
        petals(covered, *petal),
    )


def petals(covered: frozenset[int], radius: float, width: float) -> SafeString:
    """One path per cluster, not one per segment: lists draw many rings."""
    paths = []
    for name in CLUSTERS:
        places = [s for s in segments() if s.cluster == name and s.number in covered]
        paths.append((name, width, "".join(arc(radius, place) for place in places)))
    return format_html_join(
        "", '<path class="ring-{}" stroke-width="{}" d="{}"/>', (path for path in paths if path[2])
    )


def inner_dots(named: str, radius: float, size: float) -> SafeString:
    return format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            ("ring-dot" if letter in named else "ring-dot-off", f"{x:g}", f"{y:g}", size)
            for letter, x, y in dots(radius)
        ),
    )


def numerals(covered: frozenset[int]) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        (
            (*point(47, place.middle), place.number)
            for place in segments()
            if place.number in covered
        ),
    )


def dial_link(
    segment: Segment, objective: Any, counts: Mapping[int, int] | None, most: int
) -> SafeString:
    count = None if counts is None else counts.get(segment.number, 0)
    end = 40 if count is None else reach(count, most, 20, 40)
    name = f"{segment.number}. {objective.label}"
    if count is not None:
        name = f"{name}: {count}"
    x, y = point(45, segment.middle)
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title><path class="ring-hit" d="{}"/>'
        '<path class="ring-base" d="{}"/><path class="ring-fill-{}" d="{}"/>'
        '<text x="{}" y="{}">{}</text></a>',
        *(objective.get_absolute_url(), name, name, wedge(18, 49, segment), arc(19.2, segment)),
        *(segment.cluster, wedge(20, end, segment) if end > 20 else "", x, y, segment.number),
    )


def spoken(covered: frozenset[int]) -> str:
    """The text alternative when the caller gives none."""
    numbers = sorted(covered - {WHOLE})
    if not numbers:
        return gettext("The whole Compact") if covered else gettext("No objective named")
    return ngettext("Objective %(list)s", "Objectives %(list)s", len(numbers)) % {
        "list": ", ".join(map(str, numbers))
    }
