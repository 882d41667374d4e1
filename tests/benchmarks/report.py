"""Writes the figures down: all of them as JSON, the summary into docs/benchmarks.md."""

import json
import platform
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from tests.benchmarks.board import P95_MS as BOARD_P95_MS
from tests.benchmarks.completing import SECONDS
from tests.benchmarks.ground import BASE_DIR
from tests.benchmarks.load import CLIENTS
from tests.benchmarks.pages import CPU_TIMES, P95_MS, QUERIES
from tests.benchmarks.registering import P95_MS as BURST_P95_MS
from tests.benchmarks.registering import PER_SECOND, SEATS
from tests.benchmarks.scales import Scale
from tests.benchmarks.working import LETTERS_PER_SECOND, SHARE

FOLDER = BASE_DIR / "benchmarks-out"
PAGE = BASE_DIR / "docs" / "benchmarks.md"
REMARKS = "## Remarks"
NONE_YET = "None yet."


def versions() -> dict[str, str]:
    names = ["django", "gunicorn", "psycopg", "celery", "weasyprint"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        found = {"python": platform.python_version(), "postgresql": cursor.fetchone()[0]}
    return found | {name: version(name) for name in names}


def keep(scale: Scale, figures: dict[str, Any]) -> Path:
    now = datetime.now().astimezone()
    facts = {"at": now.isoformat(timespec="seconds"), "scale": scale.name, "versions": versions()}
    facts["cores"] = len(processors())
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{now:%Y%m%d-%H%M%S}-{scale.name}.json"
    path.write_text(json.dumps(facts | figures, indent=1))
    PAGE.write_text(summary(scale, facts, figures))
    return path


def processors() -> list[str]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return [line for line in lines if line.startswith("processor")]


def summary(scale: Scale, facts: dict[str, Any], figures: dict[str, Any]) -> str:
    parts = [
        "# Benchmarks",
        "Written by `make bench`; the remarks at the end are kept from run to run. Ratios within"
        " one run mean something, milliseconds depend on the machine.",
        about(scale, facts, figures),
        pages(figures["pages"]),
        registering(figures["registering"]),
        selecting(figures["board"]),
        completing(figures["completing"]),
        working(figures["documents"], figures["letters"]),
        misses(figures),
        remarks(),
    ]
    return "\n\n".join(parts).rstrip() + "\n"


def about(scale: Scale, facts: dict[str, Any], figures: dict[str, Any]) -> str:
    programs = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    filled = round(sum(figures["filling"].values()))
    return (
        f"- {facts['at'][:16].replace('T', ' ')}, {facts['cores']} cores shared by server,"
        f" database and clients; {programs}\n"
        f"- scale `{scale.name}`: {scale.items:,} library items, {scale.experts:,} experts,"
        f" {scale.trainings:,} trainings, {scale.applications:,} applications,"
        f" {scale.certificates:,} certificates; filled in {filled} s\n"
        f"- gunicorn gthread, 2 workers × 4 threads, {CLIENTS} clients that keep their connection"
    )


def table(head: list[str], rows: list[list[Any]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def pages(found: dict[str, Any]) -> str:
    names = ["per_second", "p50_ms", "p95_ms", "cpu_ms", "times_hello", "queries", "queries_first"]
    head = [
        "page",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "app CPU ms",
        "× hello",
        "queries",
        "first",
        "",
    ]
    rows = [
        [page["page"], *(page[name] for name in names), "" if page["within"] else "misses"]
        for page in found["pages"]
    ]
    bare = found["hello"]
    rows.append(["bare Django hello", *(bare[name] for name in names[:4]), 1, 0, 0, ""])
    promised = (
        f"Promised: CPU ≤ {CPU_TIMES} × hello, p95 ≤ {P95_MS} ms, at most {QUERIES} queries (once"
        " the process keeps the cards; `first` is a page of which it keeps nothing)."
    )
    return f"## Pages\n\n{table(head, rows)}\n\n{promised}"


def registering(found: dict[str, Any]) -> str:
    names = {
        "flow": f"signed-in POST, {CLIENTS} clients",
        "rush": "signed-in POST, within a minute",
        "burst": "signed-in POST, all at one instant",
        "bare": f"bare lock and insert, {CLIENTS} clients",
    }
    columns = ["requests", "per_second", "p50_ms", "p95_ms", "failed", "confirmed", "waitlisted"]
    head = ["registrations", "people", "per s", "p50 ms", "p95 ms", "failed", "seats", "waiting"]
    rows = [[text, *(found[name][key] for key in columns)] for name, text in names.items()]
    promised = (
        f"Promised: exactly {SEATS} seats, ≥ {PER_SECOND} per second sustained, p95 of rush and"
        f" burst < {BURST_P95_MS} ms, nothing failed. A registration takes"
        f" {found['flow']['times_bare']} × the bare lock and insert."
    )
    return f"## Registrations\n\n{table(head, rows)}\n\n{promised}"


def completing(found: dict[str, Any]) -> str:
    head = ["rule", "applications", "s", "bare SQL, s", "× bare"]
    figures = [found[name] for name in ("applications", "seconds", "bare_seconds", "times_bare")]
    rows = [["attendance, test, evaluation", *figures]]
    promised = f"Promised: {SECONDS:.0f} s at most, and the same answer as the SQL by hand."
    return f"## Completion of everybody at once\n\n{table(head, rows)}\n\n{promised}"


def selecting(found: dict[str, Any]) -> str:
    rows = [
        ["selection board", found["board"]["p50_ms"], found["board"]["p95_ms"]],
        ["bare rows and counts", found["bare"]["p50_ms"], found["bare"]["p95_ms"]],
    ]
    said = (
        f"{found['board']['applicants']:,} applicants, pages of 50, one coordinator: the board"
        f" takes {found['times_bare']} × the bare one. Promised: p95 ≤ {BOARD_P95_MS} ms."
    )
    return f"## Selection\n\n{table(['page', 'p50 ms', 'p95 ms'], rows)}\n\n{said}"


def working(made: dict[str, Any], sent: dict[str, Any]) -> str:
    head = ["work", "how many", "per s", "beside", "memory of a worker, MB"]
    memory = " → ".join(str(megabytes) for megabytes in made["memory_mb"])
    beside = f"bare WeasyPrint {made['bare_per_second']}/s: {made['share']:.0%}"
    rows = [
        ["certificates, 2 processes", made["certificates"], made["per_second"], beside, memory],
        ["letters, 1 process", sent["letters"], sent["per_second"], "", sent["memory_mb"]],
    ]
    promised = (
        f"Promised: certificates ≥ {SHARE:.0%} of bare WeasyPrint with flat memory (after a tenth,"
        f" half and all of them), letters ≥ {LETTERS_PER_SECOND}/s per worker."
    )
    return f"## Documents and letters\n\n{table(head, rows)}\n\n{promised}"


def misses(figures: dict[str, Any]) -> str:
    found = [miss for page in figures["pages"]["pages"] for miss in of_page(page)]
    found += of_registering(figures["registering"])
    if not figures["completing"]["within"]:
        found.append(f"completion: {figures['completing']['seconds']} s, not {SECONDS:.0f} s")
    if not figures["board"]["within"]:
        found.append(f"selection board: {figures['board']['board']['p95_ms']} ms p95")
    made, sent = figures["documents"], figures["letters"]
    if not made["within"]:
        found.append(f"certificates: {made['share']:.0%} of bare WeasyPrint, not {SHARE:.0%}")
    if not sent["within"]:
        found.append(f"letters: {sent['per_second']}/s, not {LETTERS_PER_SECOND}/s")
    lines = [f"- {miss}" for miss in found] or ["Nothing."]
    return "\n".join(["## What falls short", "", *lines])


def of_page(page: dict[str, Any]) -> list[str]:
    limits = {"times_hello": CPU_TIMES, "p95_ms": P95_MS, "queries": QUERIES, "failed": 0}
    words = {"times_hello": "× hello", "p95_ms": "ms p95", "queries": "queries", "failed": "failed"}
    return [
        f"{page['page']}: {page[name]} {words[name]}, not {limit}"
        for name, limit in limits.items()
        if page[name] > limit
    ]


def of_registering(found: dict[str, Any]) -> list[str]:
    wrong = []
    for name in ("flow", "rush", "burst"):
        if found[name]["confirmed"] != SEATS or found[name]["failed"]:
            row = found[name]
            wrong.append(
                f"registrations ({name}): {row['confirmed']} seats, {row['failed']} failed"
            )
    if found["flow"]["per_second"] < PER_SECOND:
        wrong.append(f"registrations: {found['flow']['per_second']}/s, not {PER_SECOND}/s")
    for name in ("rush", "burst"):
        if found[name]["p95_ms"] >= BURST_P95_MS:
            wrong.append(f"{name}: p95 {found[name]['p95_ms']} ms, not {BURST_P95_MS} ms")
    return wrong


def remarks() -> str:
    """What people wrote at the end of the page stays."""
    if PAGE.exists() and REMARKS in (text := PAGE.read_text()):
        return text[text.index(REMARKS) :].strip()
    return f"{REMARKS}\n\n{NONE_YET}"
