"""The second half of the benchmark, with Django set up: fill, measure each stage, write it down."""

import json
import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402 - all of these need Django set up

from rtcm.children import Guard, Trouble  # noqa: E402
from tests.benchmarks import board, completing, pages, registering, working  # noqa: E402
from tests.benchmarks.ground import Web, say  # noqa: E402
from tests.benchmarks.records import fill  # noqa: E402
from tests.benchmarks.report import keep  # noqa: E402
from tests.benchmarks.scales import SCALES, Scale  # noqa: E402

PARTS = 6  # a table is only written when all stages were measured


def filled(scale: Scale, folder: Path) -> dict[str, float]:
    """A folder that is kept is filled once."""
    mark = folder / f"filled-{scale.name}.json"
    if not mark.exists():
        say(f"Filling at scale {scale.name}:")
        mark.write_text(json.dumps(fill(scale)))
    return json.loads(mark.read_text())


def measure(stage: str, scale: Scale, folder: Path, guard: Guard, webs: dict[str, Web]) -> Any:
    say(f"{stage.capitalize()}:")
    if stage == "pages":
        return pages.measure(scale, webs["portal"], webs["hello"])
    if stage == "registering":
        return registering.measure(webs["portal"], webs["bare_seats"])
    if stage == "completing":
        return completing.measure()
    if stage == "board":
        return board.measure(webs["portal"], webs["bare_board"])
    if stage == "documents":
        return working.documents(scale, folder, guard)
    return working.letters(scale, folder, guard)


def start_webs(folder: Path, guard: Guard, ending: ExitStack) -> dict[str, Web]:
    applications = {
        "portal": ("rtcm.wsgi", int(os.environ["PORT"])),
        "hello": ("tests.benchmarks.hello", 0),
        "bare_seats": ("tests.benchmarks.bare_seats", 0),
        "bare_board": ("tests.benchmarks.bare_board", 0),
    }
    webs = {}
    for name, (module, port) in applications.items():
        webs[name] = Web(name, f"{module}:application", folder, guard, port)
        ending.callback(webs[name].stop)
    return webs


def run(scale: Scale, folder: Path, stages: list[str]) -> None:
    with ExitStack() as ending:
        ending.callback(connections.close_all)
        guard = Guard()
        ending.callback(guard.dismiss)
        figures: dict[str, Any] = {"filling": filled(scale, folder)}
        webs = start_webs(folder, guard, ending)
        for stage in stages:
            figures[stage] = measure(stage, scale, folder, guard, webs)
        if len(stages) == PARTS:
            say(f"Written to {keep(scale, figures)} and docs/benchmarks.md.")


def main() -> int:
    name, documents, folder, *stages = sys.argv[1:]
    scale = replace(SCALES[name], documents=int(documents))
    try:
        run(scale, Path(folder), stages)
    except Trouble as trouble:
        say(str(trouble))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
