"""The geometry of the ring: 23 objectives in four clusters around 10 principles.

Pure functions over degrees (clockwise from the top) and a square of 100 units, so that the page,
the certificate and the Open Graph picture draw one and the same figure.
"""

from functools import cache
from math import cos, radians, sin
from typing import NamedTuple

CLUSTERS: dict[int, tuple[int, ...]] = {
    1: (2, 5, 6, 12, 18),
    2: (4, 8, 9, 10, 11, 13, 21),
    3: (14, 15, 16, 19, 20, 22),
    4: (1, 3, 7, 17, 23),
}
PRINCIPLES = "abcdefghij"
CLUSTER_GAP = 9.0
SEGMENT_GAP = 2.6


class Segment(NamedTuple):
    number: int
    cluster: int
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@cache
def segments() -> tuple[Segment, ...]:
    """Every objective's place on the ring; clusters are set apart by a wider gap."""
    count = sum(len(numbers) for numbers in CLUSTERS.values())
    gaps = len(CLUSTERS) * CLUSTER_GAP + (count - len(CLUSTERS)) * SEGMENT_GAP
    length = (360 - gaps) / count
    placed, angle = [], CLUSTER_GAP / 2
    for cluster, numbers in CLUSTERS.items():
        for number in numbers:
            placed.append(Segment(number, cluster, angle, angle + length))
            angle += length + SEGMENT_GAP
        angle += CLUSTER_GAP - SEGMENT_GAP
    return tuple(placed)


def point(radius: float, angle: float) -> tuple[float, float]:
    turn = radians(angle)
    return round(radius * sin(turn), 2), round(-radius * cos(turn), 2)


def arc(radius: float, segment: Segment) -> str:
    """An open path along the segment, to be stroked."""
    (x1, y1), (x2, y2) = point(radius, segment.start), point(radius, segment.end)
    return f"M{x1:g} {y1:g}A{radius:g} {radius:g} 0 0 1 {x2:g} {y2:g}"


def wedge(inner: float, outer: float, segment: Segment) -> str:
    """A closed path from the inner to the outer radius, to be filled."""
    (x1, y1), (x2, y2) = point(outer, segment.start), point(outer, segment.end)
    (x3, y3), (x4, y4) = point(inner, segment.end), point(inner, segment.start)
    return (
        f"M{x1:g} {y1:g}A{outer:g} {outer:g} 0 0 1 {x2:g} {y2:g}"
        f"L{x3:g} {y3:g}A{inner:g} {inner:g} 0 0 0 {x4:g} {y4:g}Z"
    )


def dots(radius: float) -> list[tuple[str, float, float]]:
    """The ten principles, evenly around the inner circle."""
    step = 360 / len(PRINCIPLES)
    return [(letter, *point(radius, i * step)) for i, letter in enumerate(PRINCIPLES)]


def reach(count: int, most: int, inner: float, outer: float) -> float:
    """Where a dial's segment ends: nothing stays at the inner radius, something is always seen."""
    if count <= 0 or most <= 0:
        return inner
    least = inner + (outer - inner) * 0.12
    return round(max(least, inner + (outer - inner) * count / most), 2)
