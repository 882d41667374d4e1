"""Sizes of texts that must fit, measured by the engine that will set them.

Widths are in em: those of a text set at size 1. Sizes are in points, in steps of half a point, so
that a hair's breadth decides nothing. The same fonts give the same sizes.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import Any

from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

from trainings.pdf import fonts

# As in certificate.css; a family per script.
FINE = "Noto Serif Display,Noto Serif Georgian,Noto Naskh Arabic,Noto Serif Armenian"
TEXT = "Noto Serif,Noto Serif Georgian,Noto Naskh Arabic,Noto Serif Armenian"
PLAIN = "Noto Sans,Noto Sans Georgian,Noto Sans Arabic,Noto Sans Armenian"

UNITS = 1024  # Pango's in a pixel
MEASURED = 100  # pixels: large enough that rounding does not matter

POINTS_PER_MM = 72 / 25.4
ONE_LINE, TWO_LINES, LEGIBLE = 46.0, 33.0, 27.0


@dataclass(frozen=True)
class Fitted:
    """The lines of a text and their size in points."""

    lines: tuple[str, ...]
    size: float


def width(text: str, families: str) -> float:
    layout = _layout(families)
    letters, _keep = unicode_to_char_p(text)
    pango.pango_layout_set_text(layout, letters, -1)
    extents = ffi.new("PangoRectangle *")
    line = pango.pango_layout_get_line_readonly(layout, 0)
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    return float(extents.width) / UNITS / MEASURED


@lru_cache(maxsize=8)
def _layout(families: str) -> Any:
    """One a family and process; a certificate is made by one thread."""
    context = ffi.gc(pango.pango_font_map_create_context(fonts().font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    described = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    names, _keep = unicode_to_char_p(families)
    pango.pango_font_description_set_family(described, names)
    pango.pango_font_description_set_absolute_size(described, MEASURED * UNITS)
    layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_font_description(layout, described)
    return layout


def fit_name(name: str, room: float) -> Fitted:
    """On one line while it stays large, else on two; `room` in millimetres."""
    single = _size(width(name, FINE), room, ONE_LINE)
    if single >= LEGIBLE:
        return Fitted((name,), single)
    first, second = _halves(name)
    double = _size(max(width(first, FINE), width(second, FINE)), room, TWO_LINES)
    return Fitted((first, second), double) if double > single else Fitted((name,), single)


def _size(em: float, room: float, largest: float) -> float:
    return min(largest, floor(2 * room * POINTS_PER_MM / em) / 2) if em else largest


def _halves(name: str) -> tuple[str, str]:
    """Where both lines come out about as wide: at a space, after a hyphen, at worst in a word."""
    places = [n for n in range(1, len(name)) if name[n] == " " or name[n - 1] == "-"]
    if not places:
        places = [n for n in range(1, len(name)) if not unicodedata.combining(name[n])]
    middle = min(places, key=lambda n: max(_parts(name, n)))
    return name[:middle].strip(), name[middle:].strip()


def _parts(name: str, place: int) -> tuple[float, float]:
    return width(name[:place].strip(), FINE), width(name[place:].strip(), FINE)


@lru_cache(maxsize=512)
def lines(text: str, families: str, size: float, room: float) -> tuple[str, ...]:
    """A text in as few lines as `room` millimetres allow, all about as long; never fewer than the
    engine itself will need. A word that is longer than a line is left to the engine to break."""
    words = tuple((word, width(word, families)) for word in text.split())
    if not words:
        return ()
    gap, most = width("\u00a0", families), room * POINTS_PER_MM / size
    fewest = _greedy(words, gap, most)
    whole = sum(wide for _word, wide in words)
    for share in range(21):  # the narrowest column of as many lines
        column = whole / len(fewest) + (most - whole / len(fewest)) * share / 20
        tried = _greedy(words, gap, min(column, most))
        if len(tried) == len(fewest):
            return tuple(tried)
    return tuple(fewest)


def _greedy(words: tuple[tuple[str, float], ...], gap: float, most: float) -> list[str]:
    found: list[str] = []
    reached = 0.0
    for word, wide in words:
        if found and reached + gap + wide <= most:
            found[-1] += f" {word}"
            reached += gap + wide
        else:
            found.append(word)
            reached = wide
    return found
