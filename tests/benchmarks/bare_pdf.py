"""Bare WeasyPrint: `python -m tests.benchmarks.bare_pdf FILE WARM` renders what FILE holds.

FILE has one JSON pair a line, the number and the HTML of a certificate; the first WARM of them are
not timed. Prints the seconds that the others took.
"""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from trainings.certificate_pdf import pdf  # noqa: E402 - needs Django set up


def main(path: str, warm: int) -> float:
    pages = [json.loads(line) for line in Path(path).read_text().splitlines()]
    for number, text in pages[:warm]:
        pdf(text, number)
    start = time.monotonic()
    for number, text in pages[warm:]:
        pdf(text, number)
    return time.monotonic() - start


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))  # noqa: T201 - read by documents.py
