"""The embedded servers and the demo, as real processes: they answer, and nothing outlives them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from rtcm.children import Trouble, bound, free_port
from rtcm.demo import check_port
from rtcm.embedded import addresses, claim, state_file
from rtcm.place import wipe

ROOT = Path(__file__).resolve().parent.parent
START_SERVERS = """
import json, sys, time
from pathlib import Path
from rtcm.embedded import Servers
servers = Servers(Path(sys.argv[1]), durable=False)
servers.start()
pids = [child.process.pid for child in servers.children]
print(json.dumps([servers.addresses, pids]), flush=True)
time.sleep(600)
"""


def ours(**environment: str) -> dict[str, str]:
    given = {"DATABASE_URL", "REDIS_URL", "CACHE_URL", "RTCM_POSTGRESQL", "RTCM_VALKEY"}
    return {name: value for name, value in os.environ.items() if name not in given} | environment


def alive(pid: int) -> bool:
    """A process that ended and waits for somebody to take note of it is not alive."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def family(pid: int) -> set[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(words[1])
    found, size = {pid}, 0
    while len(found) > size:
        size = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def left_after(seconds: float, pids: set[int]) -> set[int]:
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return {pid for pid in pids if alive(pid)}


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        bound(command), env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def servers(folder: Path, **environment: str) -> Iterator[tuple[dict[str, str], int, set[int]]]:
    with started([sys.executable, "-c", START_SERVERS, str(folder)], ours(**environment)) as parent:
        assert parent.stdout
        urls, pids = json.loads(parent.stdout.readline())
        yield urls, parent.pid, set(pids)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL")
    return state_file(tmp_path)


def test_no_demo_means_no_addresses(state: Path, tmp_path: Path) -> None:
    assert addresses(tmp_path) == {}


def test_what_a_killed_demo_left_is_ignored(state: Path, tmp_path: Path) -> None:
    state.parent.mkdir()
    state.write_text('{"pid": 1, "environment": {"DATABASE_URL": "postgres://gone"}}')

    assert addresses(tmp_path) == {}


def test_a_living_demo_is_found(state: Path, tmp_path: Path) -> None:
    with claim(state) as held:
        held.write('{"pid": 1, "environment": {"DATABASE_URL": "postgres://here"}}')
        held.flush()

        assert addresses(tmp_path) == {"DATABASE_URL": "postgres://here"}


def test_a_given_database_is_taken_rather_than_the_demo(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere")
    with claim(state) as held:
        held.write('{"pid": 1, "environment": {"DATABASE_URL": "postgres://here"}}')
        held.flush()

        assert addresses(tmp_path) == {}


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Trouble, match=f"^Port {port} is taken by another program: try"):
            check_port(port)


@pytest.mark.faults
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_servers_answer_in_a_folder_with_a_space(tmp_path: Path, locale: str) -> None:
    with servers(tmp_path / "my data", LC_ALL=locale) as (urls, _parent, _pids):
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT lower('ƏЛЮ'), current_setting('server_encoding')")
            assert row.fetchone() == ("əлю", "UTF8")
            connection.execute("CREATE EXTENSION pg_trgm")
        with redis.Redis.from_url(urls["REDIS_URL"]) as broker:
            assert broker.config_get("appendonly", "maxmemory-policy") == {
                "appendonly": "yes",
                "maxmemory-policy": "noeviction",
            }


@pytest.mark.faults
def test_other_users_of_the_machine_are_not_let_in(tmp_path: Path) -> None:
    with servers(tmp_path) as (urls, _parent, _pids):
        password = urls["CACHE_URL"].partition("default:")[2].partition("@")[0]

        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(urls["DATABASE_URL"].replace(password, "guess"))
        with (
            pytest.raises(redis.AuthenticationError),
            redis.Redis.from_url(urls["CACHE_URL"].replace(password, "guess")) as cache,
        ):
            cache.ping()


@pytest.mark.faults
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_server_outlives_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    with servers(tmp_path) as (_urls, parent, pids):
        assert len(pids) == 3

        os.kill(parent, number)

        assert left_after(10, pids) == set()


@pytest.mark.faults
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_without_user_namespaces_root_becomes_another_user(tmp_path: Path) -> None:
    refusing = tmp_path / "bin" / "unshare"
    refusing.parent.mkdir()
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    path = f"{refusing.parent}:{os.environ['PATH']}"

    with servers(tmp_path / "data", PATH=path) as (urls, parent, pids):
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert {Path(f"/proc/{pid}").stat().st_uid for pid in pids} == {65534}
        os.kill(parent, signal.SIGKILL)

        assert left_after(10, pids) == set()
    wipe(tmp_path / "data")


@contextmanager
def demo(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    command = [sys.executable, "-m", "rtcm.demo", "--port", str(port)]
    with started(command, ours(RTCM_VAR=str(folder))) as process:
        assert process.stdout
        assert any("Ctrl-C" in line for line in process.stdout), "it ended before it answered"
        yield process, port


@pytest.mark.faults
def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with demo(tmp_path / "var") as (process, port):
            answer = urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=8)
            assert answer.status == 200
            pids = family(process.pid)
            assert len(pids) > 10

            process.send_signal(number)

            assert left_after(20, pids) == set()
            assert process.wait() == (0 if number == signal.SIGTERM else -number)


@pytest.mark.faults
def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path) -> None:
    code = "import sys; from rtcm import demo; demo.ENOUGH_ROOM = 2**62; sys.exit(demo.main())"

    result = subprocess.run(
        [sys.executable, "-c", code, "--port", str(free_port())],
        env=ours(RTCM_VAR=str(tmp_path / "var")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stderr == "The disk is full: free some space and run it again.\n"
    assert result.returncode == 1
