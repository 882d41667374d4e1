"""Each public page under eight visitors, beside a bare Django page under the same server."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import Item
from tests.benchmarks.ground import Web, say
from tests.benchmarks.load import ask
from tests.benchmarks.scales import Scale
from trainings.models import Certificate

CPU_TIMES = 22  # what promises allow beside the bare page
P95_MS = 50
QUERIES = 8
DIFFERENT = 100  # pages of one kind asked for in turn
WARM_UP_SECONDS = 15
CHECKED = "certificate check"  # limited per visitor
ROW = "  {:22}{:>8}{:>8}{:>8}{:>9}{:>8}{:>9}{:>7}"


def kinds() -> dict[str, list[str]]:
    """The addresses of each kind of page; lists in every language and with several pages."""
    codes = Certificate.objects.order_by("pk").values_list("code", flat=True)[:DIFFERENT]
    works = Item.objects.published().order_by("pk").values_list("slug", flat=True)[:DIFFERENT]
    last = Item.objects.published().count() // 20
    numbers = range(1, 101)
    return {
        "home": list(in_languages("")),
        "training list": list(in_languages("trainings/", 3)),
        "training detail": [f"/az/trainings/training-{number}/" for number in numbers],
        "objective": [f"/az/curriculum/objectives/{number}/" for number in range(1, 24)],
        "library list": list(in_languages("library/", 5)),
        "library list, deep": [f"/az/library/?page={last - number}" for number in range(20)],
        "library item": [f"/az/library/{slug}/" for slug in works],
        "expert list": list(in_languages("experts/", 5)),
        "expert profile": [f"/az/experts/expert-{number}/" for number in numbers],
        "coverage": list(in_languages("curriculum/coverage/")),
        CHECKED: [f"/az/certificates/{code}/" for code in codes],
    }


def in_languages(path: str, pages: int = 1) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        yield f"/{code}/{path}"
        yield from (f"/{code}/{path}?page={page}" for page in range(2, pages + 1))


def measure(scale: Scale, portal: Web, hello: Web) -> dict[str, Any]:
    """The bare page is asked again before every page: the machine is not equally quick always."""
    say(ROW.format("page", "req/s", "p50 ms", "p95 ms", "CPU ms", "times", "queries", "first"))
    bare, rows = [], []
    for name, paths in kinds().items():
        bare.append(under_load(hello, ["/"], scale.seconds / 2))
        page = {"page": name} | queries(paths)
        page |= under_load(portal, paths, scale.seconds, visitors=name == CHECKED)
        rows.append(compared(page, bare))
        show(rows[-1])
    return {"hello": median(bare), "pages": [compared(page, bare) for page in rows]}


def compared(page: dict[str, Any], bare: list[dict[str, Any]]) -> dict[str, Any]:
    page["times_hello"] = round(page["cpu_ms"] / median(bare)["cpu_ms"], 1)
    return page | {"within": within(page)}


def under_load(web: Web, paths: list[str], seconds: float, visitors: bool = False) -> Any:
    warm_up(web, paths, visitors)
    before = web.cpu_seconds()
    result = ask(web.port, paths, seconds, visitors)
    cpu = (web.cpu_seconds() - before) / max(1, result.requests) * 1000
    return {
        "requests": result.requests,
        "per_second": round(result.per_second, 1),
        "p50_ms": round(result.p50_ms, 1),
        "p95_ms": round(result.p95_ms, 1),
        "cpu_ms": round(cpu, 3),
        "failed": result.failed,
    }


def warm_up(web: Web, paths: list[str], visitors: bool) -> None:
    """Until both workers have most likely made every page, but not for ever."""
    deadline, asked = time.monotonic() + WARM_UP_SECONDS, 0
    while asked < 4 * len(paths) and time.monotonic() < deadline:
        asked += ask(web.port, paths, 1, visitors).requests


def queries(paths: list[str]) -> dict[str, int]:
    """The most that one of a few of these pages asks, first and as soon as it is known."""
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="10.9.8.7")
    first, known = [], []
    for path in paths[:4]:
        counts = [questions(client, path) for _again in range(3)]
        first.append(counts[0])
        known.append(min(counts))  # a minute may end in between, and what is kept with it
    return {"queries": max(known), "queries_first": max(first)}


def questions(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, headers={"x-forwarded-for": "10.9.8.7"})
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return len(captured)


def within(page: dict[str, Any]) -> bool:
    promised = page["times_hello"] <= CPU_TIMES and page["p95_ms"] <= P95_MS
    return promised and page["queries"] <= QUERIES and not page["failed"]


def show(page: dict[str, Any]) -> None:
    figures = [page[name] for name in ("per_second", "p50_ms", "p95_ms", "cpu_ms")]
    counts = [page[name] for name in ("times_hello", "queries", "queries_first")]
    line = ROW.format(page["page"], *figures, *counts)
    failed = f"  {page['failed']} FAILED" if page["failed"] else ""
    say(f"{line}  {'ok' if page['within'] else 'MISSES'}{failed}")


def median(runs: list[dict[str, Any]]) -> dict[str, float]:
    names = ("per_second", "p50_ms", "p95_ms", "cpu_ms")
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in names}
