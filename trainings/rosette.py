"""The ring as it is engraved on a certificate: hairlines only, one drawing per set of objectives.

A drawing of its own beside {% ring %}: WeasyPrint gives a drawing inside a page none of the page's
style, and lines this fine would be lost on a screen. The geometry is the same (curriculum/ring.py).
WeasyPrint takes its time for every point, so the curves have as few as they can.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from math import cos, radians, sin

from curriculum.ring import PRINCIPLES, arc, segments

CASPIAN, SAFFRON = "#0b6469", "#c98a1b"
LOBES = 2 * len(segments())
WHOLE = 0
BAND, LINK, SWING = 4.2, 6.0, 1.15  # millimetres: of the frame


def seal(numbers: Iterable[int]) -> str:
    """The address of the drawing: the drawing itself, so that nothing is fetched."""
    return _seal(frozenset(numbers))


@lru_cache(maxsize=256)
def _seal(covered: frozenset[int]) -> str:
    """From the rim inwards: a woven band, the objectives, a flower with petals per principle."""
    weave = [_wave(46, 1.9, LOBES, inwards) for inwards in (False, True)]
    return _address(
        _circles(49.3, 48.6, 43.4, 30.2),
        _stroke(CASPIAN, 0.1, weave),
        _stroke(CASPIAN, 0.12, [arc(r, s) for r in (32, 41.5) for s in segments()]),
        _stroke(CASPIAN, 0.42, _hatching(covered)),
        _stroke(SAFFRON, 0.1, _flower(6)),
    )


@lru_cache(maxsize=1)
def watermark() -> str:
    """The same for every certificate, and still finer."""
    return _address(_circles(49.3, 48.6, 43.4, 30.2), _stroke(SAFFRON, 0.1, _flower(4)))


@lru_cache(maxsize=1)
def border() -> dict[str, str]:
    """What the frame is woven of: one link for the `rows`, one for the `columns`, and a `corner`.

    Repeated by the style sheet, so that the engine draws each of them once.
    """
    links = {
        name: _address(_stroke(CASPIAN, 0.11, _link(along)), box=box)
        for name, along, box in (
            ("rows", True, f"0 0 {LINK} {BAND}"),
            ("columns", False, f"0 0 {BAND} {LINK}"),
        )
    }
    flower = [_wave(1.3, 0.75, len(PRINCIPLES), inwards=True), _wave(0.5, 0.25, 5, inwards=False)]
    half = BAND / 2
    corner = _address(_stroke(SAFFRON, 0.11, flower), box=f"{-half} {-half} {BAND} {BAND}")
    return {**links, "corner": corner}


def _link(along: bool) -> list[str]:
    """Two lines that swing around the middle of the band, once each."""
    low, high, half = BAND / 2 - SWING, BAND / 2 + SWING, LINK / 2
    paths = []
    for one, other in ((low, high), (high, low)):
        turns = [(0, one), (half / 2, one), (half / 2, other), (half, other)]
        turns += [(half * 1.5, other), (half * 1.5, one), (LINK, one)]
        written = [f"{x:g} {y:g}" if along else f"{y:g} {x:g}" for x, y in turns]
        paths.append(f"M{written[0]}C{' '.join(written[1:])}")
    return paths


def _address(*parts: str, box: str = "-50 -50 100 100") -> str:
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        f'<g fill="none">{"".join(parts)}</g></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode()


def _hatching(covered: frozenset[int]) -> list[str]:
    """Ten close arcs where an objective is covered; "General" covers them all."""
    chosen = [s for s in segments() if s.number in covered or WHOLE in covered]
    return [arc(32.6 + 0.92 * line, segment) for line in range(10) for segment in chosen]


def _flower(lines: int) -> list[str]:
    swings = [9.6 - 9.6 * line / lines for line in range(lines)]
    petals = [_wave(17.6, swing, len(PRINCIPLES), way) for swing in swings for way in (False, True)]
    return [*petals, *(_wave(4.4, 1.6, len(PRINCIPLES), way) for way in (False, True))]


def _wave(radius: float, swing: float, lobes: int, inwards: bool) -> str:
    """A closed line around the middle that swings out and in; a smooth curve per half lobe."""
    half = radians(180 / lobes)
    path = ""
    for turn in range(2 * lobes + 1):
        reach = radius + (swing if (turn % 2 == 0) != inwards else -swing)
        angle, lean = turn * half, reach * half / 3
        x, y = reach * sin(angle), -reach * cos(angle)
        before = f"{x - lean * cos(angle):.2f} {y - lean * sin(angle):.2f}"
        path += f"S{before} {x:.2f} {y:.2f}" if path else f"M{x:.2f} {y:.2f}"
    return path


def _circles(*radii: float) -> str:
    circles = "".join(f'<circle r="{radius}"/>' for radius in radii)
    return f'<g stroke="{CASPIAN}" stroke-width="0.1">{circles}</g>'


def _stroke(colour: str, width: float, paths: list[str]) -> str:
    return f'<path stroke="{colour}" stroke-width="{width}" d="{"".join(paths)}"/>'
