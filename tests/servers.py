"""A pytest plugin: throw-away PostgreSQL and Valkeys for every run that is not given its own.

It must act before Django reads the settings, therefore `-p tests.servers` in pyproject.toml. With
pytest-xdist only the controller starts servers; its workers inherit the addresses.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rtcm.children import Trouble
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
        start_what_is_missing(early_config)
    return (yield)


def start_what_is_missing(config: pytest.Config) -> None:
    if not missing():
        return
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    servers = Servers(folder, durable=False, held=claim(folder / "lock"))
    config.add_cleanup(lambda: wipe(folder))
    try:
        servers.start(missing())
    except Trouble as trouble:
        pytest.exit(str(trouble), returncode=1)
    config.add_cleanup(servers.stop)
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
