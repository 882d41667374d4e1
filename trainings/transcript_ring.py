"""The chart of a transcript: the ring, each segment as long as the number of trainings on it.

A drawing of its own: WeasyPrint gives a picture none of the page's style, and paper has no dark
mode. The geometry is that of every ring (curriculum/ring.py); number and place carry the meaning,
the hue of the cluster only helps, and the table beside it says the same in words.
"""

from base64 import b64encode
from collections.abc import Iterable

from curriculum.ring import Segment, arc, dots, point, reach, segments, wedge

HUES = {1: "#4072c6", 2: "#07665a", 3: "#8a5c12", 4: "#b05f8c"}
INK, LINE, QUIET = "#14273a", "#d8d1c1", "#8a8577"
INNER, OUTER, RIM = 17, 40, 44.5
WHOLE = 0


def chart(covered: Iterable[tuple[int, int]]) -> str:
    """The address of the drawing for pairs (objective, trainings): the drawing itself."""
    counts = dict(covered)
    most = max((many for number, many in counts.items() if number != WHOLE), default=0)
    parts = [
        _base(),
        *(_segment(each, counts.get(each.number, 0), most) for each in segments()),
        _principles(),
        _hub(counts.get(WHOLE, 0)),
    ]
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100" '
        f'font-family="Noto Sans" text-anchor="middle">{"".join(parts)}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode()


def _base() -> str:
    """Every objective has its place, covered or not."""
    beds = "".join(wedge(INNER, OUTER, each) for each in segments())
    rims = "".join(arc(INNER, each) for each in segments())
    return (
        f'<path fill="#f6f2e9" d="{beds}"/>'
        f'<path fill="none" stroke="{LINE}" stroke-width=".4" d="{rims}"/>'
    )


def _segment(segment: Segment, count: int, most: int) -> str:
    x, y = point(RIM, segment.middle)
    place = f'x="{x:g}" y="{y + 1.1:g}"'
    if not count:
        return f'<text {place} font-size="3" fill="{QUIET}">{segment.number}</text>'
    end = reach(count, most, INNER, OUTER)
    return (
        f'<path fill="{HUES[segment.cluster]}" d="{wedge(INNER, end, segment)}"/>'
        f'<text {place} font-size="3.4" font-weight="600" fill="{INK}">{segment.number}</text>'
    )


def _principles() -> str:
    """The ten principles as everywhere, quiet: a transcript counts objectives."""
    return "".join(
        f'<circle cx="{x:g}" cy="{y:g}" r="1" fill="{LINE}"/>' for _letter, x, y in dots(12)
    )


def _hub(count: int) -> str:
    return f'<circle r="6" fill="{INK}"/>' if count else ""
