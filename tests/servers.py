"""Throw-away PostgreSQL and Valkeys for every run of pytest that is not given its own.

As a plugin it must act before Django reads the settings, therefore `-p tests.servers` in
pyproject.toml. With pytest-xdist only the controller starts servers; its workers inherit the
addresses. `python -m tests.servers <command>` runs any other command with such servers.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rtcm.children import Trouble, bound
from rtcm.embedded import Servers, claim, missing
from rtcm.place import wipe

PREFIX = "rtcm-tests-"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    # One database number per worker: what one worker counts or clears is not another's.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        number = int(worker.removeprefix("gw")) + 1
        for name in ("REDIS_URL", "CACHE_URL"):
            if os.environ.get(name):
                os.environ[name] = f"{os.environ[name].rpartition('/')[0]}/{number}"
    else:
        try:
            start_what_is_missing(early_config.add_cleanup)
        except Trouble as trouble:
            pytest.exit(str(trouble), returncode=1)
    return (yield)


def start_what_is_missing(at_the_end: Callable[[Callable[[], None]], object]) -> None:
    if not missing():
        return
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    servers = Servers(folder, durable=False, held=claim(folder / "lock"))
    at_the_end(lambda: wipe(folder))
    servers.start(missing())
    at_the_end(servers.stop)
    os.environ.update(servers.addresses)


def sweep() -> None:
    """Remove the files of runs that were killed: nobody holds their lock any more."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/lock"):
        try:
            held = claim(lock)
        except OSError:
            continue  # another user's
        if held:
            held.close()
            wipe(lock.parent)


def main(command: list[str]) -> int:
    with contextlib.ExitStack() as ending:
        try:
            start_what_is_missing(ending.callback)
        except Trouble as trouble:
            print(trouble, file=sys.stderr)  # noqa: T201
            return 1
        return subprocess.run(bound(command), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
