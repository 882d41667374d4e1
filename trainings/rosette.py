"""The ring as it is engraved on a certificate: hairlines only, one drawing per set of objectives.

A drawing of its own beside {% ring %}: WeasyPrint gives a drawing inside a page none of the page's
style, and lines this fine would be lost on a screen. The geometry is the same (curriculum/ring.py).
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from math import cos, pi

from curriculum.ring import PRINCIPLES, arc, point, segments

CASPIAN, SAFFRON = "#0b6469", "#c98a1b"
LOBES = 2 * len(segments())
WHOLE = 0


def rosette(numbers: Iterable[int]) -> str:
    """The address of the drawing: the drawing itself, so that nothing is fetched."""
    return _address(frozenset(numbers))


@lru_cache(maxsize=256)
def _address(covered: frozenset[int]) -> str:
    return "data:image/svg+xml;base64," + b64encode(drawing(covered).encode()).decode()


def drawing(covered: frozenset[int]) -> str:
    """From the rim inwards: a woven band, the objectives, a flower with a petal per principle."""
    weave = [_wave(46, 1.9, LOBES, turn) for turn in (0, 90, 180, 270)]
    petals = [
        _wave(17.6, 9.6 - 1.6 * n, len(PRINCIPLES), turn) for n in range(6) for turn in (0, 180)
    ]
    eye = [_wave(4.4, 1.6, len(PRINCIPLES), turn) for turn in (0, 180)]
    circles = [_wave(radius, 0, 1, 0) for radius in (49.3, 48.8, 43.2, 30.2)]
    strokes = [
        _stroke(CASPIAN, 0.1, [*weave, *circles]),
        _stroke(CASPIAN, 0.12, [arc(r, s) for r in (32, 41.5) for s in segments()]),
        _stroke(CASPIAN, 0.42, _hatching(covered)),
        _stroke(SAFFRON, 0.1, [*petals, *eye]),
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100">'
        f"{''.join(strokes)}</svg>"
    )


def _hatching(covered: frozenset[int]) -> list[str]:
    """Ten close arcs where an objective is covered; "General" covers them all."""
    chosen = [s for s in segments() if s.number in covered or WHOLE in covered]
    return [arc(32.6 + 0.92 * line, segment) for line in range(10) for segment in chosen]


def _wave(radius: float, swing: float, lobes: int, turn: float) -> str:
    """A closed line around the middle that swings in and out, turned by degrees of one lobe."""
    steps = max(10 * lobes, 240)
    places = []
    for step in range(steps):
        angle = 360 * step / steps
        reach = radius + swing * cos(lobes * angle * pi / 180 + turn * pi / 180)
        x, y = point(reach, angle)
        places.append(f"{x:g} {y:g}")
    return f"M{'L'.join(places)}Z"


def _stroke(colour: str, width: float, paths: list[str]) -> str:
    return f'<path fill="none" stroke="{colour}" stroke-width="{width}" d="{"".join(paths)}"/>'
