"""The house rules that a machine can hold: sizes, drawers that are no rooms, commit-safe texts."""

import re
import subprocess
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
DRAWERS = {"services", "selectors", "utils", "helpers", "common", "core", "base", "mixins"}
DRAWERS |= {"managers", "signals"}


def files(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [HOUSE / name for name in listed.stdout.splitlines() if (HOUSE / name).is_file()]


def test_no_python_file_is_longer_than_300_lines():
    long = {
        str(path.relative_to(HOUSE)): len(path.read_text().splitlines())
        for path in files("*.py")
        if "migrations" not in path.parts
    }

    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_the_base_page_is_shorter_than_100_lines():
    assert len((HOUSE / "templates" / "base.html").read_text().splitlines()) < 100


def test_there_are_rooms_and_no_drawers():
    assert [path.name for path in files("*.py") if path.stem in DRAWERS] == []


def test_signals_are_received_in_one_place_only():
    receivers = [
        str(path.relative_to(HOUSE))
        for path in files("*.py")
        if re.search(r"^@receiver|\.connect\(\w+\)", path.read_text(), re.MULTILINE)
        and "tests" not in path.parts
    ]

    assert set(receivers) <= {"rtcm/accounts/apps.py"}


def test_no_file_names_a_package_registry_or_a_machine():
    registry = re.compile(
        "pypi" + r"\.org|python" + r"hosted|registry\.np" + "mjs|deb" + r"\.debian"
    )
    texts = files("*.py", "*.md", "*.txt", "*.toml", "*.lock", "*.yml", "Makefile", "Dockerfile")

    assert [path.name for path in texts if registry.search(path.read_text())] == []
