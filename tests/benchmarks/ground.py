"""What the benchmark stands on: servers of its own, processes of its own, and their meters."""

import http.client
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rtcm import embedded
from rtcm.children import Child, Guard, Trouble, bound, free_port
from tests.benchmarks.scales import Scale

BASE_DIR = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
HOST = "127.0.0.1"


def say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - this is a program for a terminal


def wait_until(true: Callable[[], Any], seconds: float, what: str, every: float = 0.2) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise Trouble(f"{what} did not come within {seconds:.0f} s.")
        time.sleep(every)


def start_servers(folder: Path, scale: Scale, ending: ExitStack) -> dict[str, str]:
    """PostgreSQL with the memory of a real server, durable as one, and two Valkeys."""
    embedded.POSTGRESQL |= {
        "shared_buffers": scale.memory,
        "effective_cache_size": "4GB",
        "maintenance_work_mem": "512MB",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "30min",
    }
    servers = embedded.Servers(folder, held=embedded.claim(folder / "lock"))
    ending.callback(servers.stop)
    servers.start()
    return servers.addresses


def environment(folder: Path, addresses: dict[str, str], port: int, mail_port: int) -> None:
    """The demo's settings, in this process and in all that it starts.

    Python clients do not send Secure cookies over http, hence RTCM_PLAIN_COOKIES. With one proxy
    trusted, the clients can say that each request comes from another visitor.
    """
    os.environ.update(addresses)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="rtcm.settings",
        RTCM_DEMO="1",
        RTCM_DEBUG="0",
        RTCM_PLAIN_COOKIES="1",
        TRUSTED_PROXY_COUNT="1",
        PORT=str(port),
        SITE_ORIGIN=f"http://localhost:{port}",
        MEDIA_ROOT=str(folder / "media"),
        EMAIL_HOST=HOST,
        EMAIL_PORT=str(mail_port),
        LOG_LEVEL="WARNING",
    )


class Process:
    """A child that ends with us, and what the kernel knows of its workers."""

    def __init__(
        self, name: str, words: list[str], folder: Path, guard: Guard, **changes: str
    ) -> None:
        command = bound([sys.executable, "-m", *words])
        self.child = Child(name, command, folder / f"{name}.log", {**os.environ, **changes})
        self.child.start()
        guard.watch(self.child)

    def workers(self) -> list[int]:
        """The processes whose parent is the one that we started."""
        return [pid for pid, fields in stats() if int(fields[1]) == self.child.process.pid]

    def cpu_seconds(self) -> float:
        ours = self.workers()
        used = [int(f[11]) + int(f[12]) for pid, f in stats() if pid in ours]
        return sum(used) / TICKS

    def memory(self) -> float:
        """Resident MB of the largest worker."""
        pages = [int(fields[21]) for pid, fields in stats() if pid in self.workers()]
        return max(pages, default=0) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def stop(self) -> None:
        self.child.stop()


def stats() -> Iterator[tuple[int, list[str]]]:
    """Of every process: its number and the fields of /proc/…/stat that follow its name."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield int(path.parent.name), path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended just now


class Web(Process):
    """gunicorn as in production: gthread, 2 workers of 4 threads; none is replaced meanwhile."""

    def __init__(
        self, name: str, application: str, folder: Path, guard: Guard, port: int = 0
    ) -> None:
        self.port = port or free_port()
        words = ["gunicorn", "-c", str(BASE_DIR / "gunicorn.conf.py"), "--max-requests", "0"]
        bind = f"{HOST}:{self.port}"
        limits = {"RTCM_STATEMENT_TIMEOUT_MS": "6000", "RTCM_LOCK_TIMEOUT_MS": "4000"}
        super().__init__(name, [*words, "-b", bind, application], folder, guard, **limits)
        wait_until(self.answers, 30, f"An answer of {name} ({self.child.log})")

    def answers(self) -> bool:
        """It answers, and it is ours: nobody else may have taken the port in between."""
        if not self.child.running:
            raise Trouble(f"{self.child.name} ended: {self.child.last_words()}")
        door = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            door.request("GET", "/")
            door.getresponse().read()
        except OSError:
            return False
        finally:
            door.close()
        return self.owns_port()

    def owns_port(self) -> bool:
        listening = "0A"
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        sockets = {
            f"socket:[{row[9]}]"
            for row in rows
            if row[3] == listening and row[1].endswith(f":{self.port:04X}")
        }
        files = Path(f"/proc/{self.child.process.pid}/fd").iterdir()
        return any(os.readlink(file) in sockets for file in files)
