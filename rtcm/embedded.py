"""Starts PostgreSQL and two Valkeys out of the development packages, as children of ours.

Only the packages' programs are used, never their Python: that one opens up parent folders, cannot
bear a space in a path and leaves servers behind when we are killed. This module imports no app.
"""

import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TextIO

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from rtcm.children import Child, bound, free_port, stop_all, why
from rtcm.place import Place

ALL = ("DATABASE_URL", "REDIS_URL", "CACHE_URL")
PATIENCE = 30  # seconds for a server to answer, or to finish its files when it ends

POSTGRESQL = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
BROKER = {"appendonly": "yes", "maxmemory-policy": "noeviction"}
CACHE = {"appendonly": "no", "maxmemory-policy": "allkeys-lru", "maxmemory": "128mb"}


def addresses(base_dir: Path) -> dict[str, str]:
    """The environment of the demo that runs now, if one does and nothing else was asked for."""
    if os.environ.get("DATABASE_URL"):
        return {}
    try:
        with state_file(base_dir).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        # The servers hold the lock for as long as one of them lives.
        return told(base_dir).get("environment", {})
    except OSError:
        pass
    return {}


def told(base_dir: Path) -> dict[str, Any]:
    """What the demo wrote about itself; it may be writing just now."""
    try:
        return json.loads(state_file(base_dir).read_text())
    except ValueError:
        return {}


def missing() -> list[str]:
    """What the environment does not give; a given broker serves as the cache if need be."""
    names = [name for name in ALL if not os.environ.get(name)]
    return [name for name in names if name != "CACHE_URL" or "REDIS_URL" in names]


def var(base_dir: Path) -> Path:
    """What the demo keeps, in a folder that git ignores."""
    return Path(os.environ.get("RTCM_VAR") or base_dir / "var")


def state_file(base_dir: Path) -> Path:
    return var(base_dir) / "embedded.json"


def claim(path: Path, patience: float = 0) -> TextIO | None:
    """Lock the file; children that inherit it keep it locked until the last of them is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                file.close()
                return None
            time.sleep(0.1)
        else:
            return file


class Servers:
    """The embedded servers in one folder; `addresses` is what settings.py reads."""

    def __init__(self, folder: Path, *, durable: bool = True, held: TextIO | None = None) -> None:
        self.folder = folder
        self.durable = durable
        self.held = held
        self.children: list[Child] = []
        self.addresses: dict[str, str] = {}

    def start(self, wanted: Collection[str] = ALL) -> None:
        if not wanted:
            return
        self.place = Place(self.folder)
        begin: dict[str, Callable[[], str]] = {
            "DATABASE_URL": self.start_postgresql,
            "REDIS_URL": lambda: self.start_valkey("broker", BROKER),
            "CACHE_URL": lambda: self.start_valkey("cache", CACHE),
        }
        try:
            for name in wanted:
                self.addresses[name] = begin[name]()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        stop_all(self.children, PATIENCE)
        self.children.clear()

    def start_postgresql(self) -> str:
        data = self.place.folder / "postgresql"
        if not data.exists():
            self.make_data(data)
        options = POSTGRESQL | ({} if self.durable else FORGETFUL)
        words = [f"--{name}={value}" for name, value in options.items()]
        program: list[str | Path] = [self.place.postgresql / "postgres", "-D", data, *words]
        server = f"postgres://rtcm:{self.place.password()}@127.0.0.1"

        def greet(port: int) -> str:
            with psycopg.connect(f"{server}:{port}/postgres", autocommit=True) as connection:
                found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'rtcm'")
                if not found.fetchone():
                    connection.execute("CREATE DATABASE rtcm")
            return f"{server}:{port}/rtcm"

        return self.serve(
            "postgresql", lambda port: ([*program, f"--port={port}"], ""), greet, signal.SIGINT
        )

    def make_data(self, data: Path) -> None:
        """Made beside its place and moved there when whole, so that half of it is never used."""
        self.place.password()
        half = data.with_name("postgresql.half")
        shutil.rmtree(half, ignore_errors=True)
        command: list[str | Path] = [
            *(self.place.postgresql / "initdb", "-D", half, "-U", "rtcm"),
            *("--locale=C.UTF-8", "--encoding=UTF8", "--auth=scram-sha-256"),
            f"--pwfile={self.place.folder / 'password'}",
            *([] if self.durable else ["--no-sync"]),
        ]
        making = self.child("initdb", command, "", signal.SIGKILL)
        making.start()
        if making.process.wait():
            raise why("PostgreSQL could not make its files", making)
        half.rename(data)

    def start_valkey(self, name: str, kind: dict[str, str]) -> str:
        folder, password = self.place.subfolder(name), self.place.password()
        options = kind | {"dir": f'"{folder}"', "requirepass": password, "bind": "127.0.0.1"}
        lines = "".join(f"{name} {value}\n" for name, value in options.items()) + 'save ""\n'

        def greet(port: int) -> str:
            url = f"redis://default:{password}@127.0.0.1:{port}/0"
            with redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0)) as client:
                client.ping()
            return url

        return self.serve(
            name, lambda port: ([self.place.valkey, "-"], f"{lines}port {port}\n"), greet
        )

    def serve(
        self,
        name: str,
        command: Callable[[int], tuple[list[str | Path], str]],
        greet: Callable[[int], str],
        farewell: signal.Signals = signal.SIGTERM,
    ) -> str:
        """Start it at a free port; somebody may take the port first, so try three times."""
        for _ in range(3):
            port = free_port()
            child = self.child(name, *command(port), farewell)
            self.children.append(child)
            child.start()
            if wait_until_it_answers(child, greet, port):
                return greet(port)
            child.stop()
            self.children.remove(child)
        raise why(f"The embedded {name} server did not start", child)

    def child(
        self, name: str, command: list[str | Path], given: str, farewell: signal.Signals
    ) -> Child:
        log = self.place.file(f"{name}.log")
        log.write_bytes(b"")  # what it says tells of this start only
        return Child(
            name,
            [*self.place.rights, *bound(command, farewell.name.removeprefix("SIG"))],
            log,
            environment={**os.environ, "LC_ALL": "C.UTF-8"},
            given=given,
            keep=[self.held.fileno()] if self.held else [],
            farewell=farewell,
        )


def wait_until_it_answers(child: Child, greet: Callable[[int], str], port: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while child.running and time.monotonic() < deadline:
        try:
            greet(port)
        except (psycopg.OperationalError, redis.RedisError):
            time.sleep(0.03)
        else:
            return True
    return False
