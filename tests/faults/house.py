"""A whole house of real processes for one test: broker, workers, reconciler, mail server."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis
from django.db import connection
from redis.backoff import NoBackoff
from redis.retry import Retry

from rtcm.children import bound, free_port
from rtcm.jobs.models import Job
from rtcm.place import programs
from tests.making.credentials import key_folder
from tests.proxy import Proxy
from tests.smtp_sink import Sink, wait_until

ROOT = Path(__file__).resolve().parents[2]
WORKER = ["celery", "-A", "rtcm", "worker", "-Q", "mail,documents,default", "-l", "INFO"]
LEAN = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


@dataclass
class Process:
    """One process, leader of a group of its own."""

    pid: int
    log: Path

    def signal(self, number: signal.Signals) -> None:
        """To the whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        wait_until(lambda: not self.alive, every=0.01)

    @property
    def alive(self) -> bool:
        return Path(f"/proc/{self.pid}").exists()

    def children(self) -> list[int]:
        return list(
            map(int, Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split())
        )

    def said(self, words: str) -> bool:
        return words in self.log.read_text(errors="replace")


class Nursery:
    """See nursery.py. Its children find all servers where they were when it started."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        command = bound([sys.executable, "-m", "tests.faults.nursery"], "KILL")
        with log.open("ab") as errors:
            self.popen = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                cwd=ROOT,
                text=True,
            )

    def start(self, log: Path, *words: str) -> Process:
        log.touch()
        assert self.popen.stdin
        assert self.popen.stdout
        self.popen.stdin.write(json.dumps({"log": str(log), "words": words}) + "\n")
        self.popen.stdin.flush()
        return Process(int(self.popen.stdout.readline()), log)

    def close(self) -> None:
        self.popen.kill()
        self.popen.communicate()


class Broker:
    """A Valkey of our own that keeps nothing on disk, so that a restart finds it empty."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.start()

    def start(self) -> None:
        place = ["--dir", str(self.folder), "--logfile", "broker.log"]
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", *place]
        command = bound([programs()[1], *options], "KILL")
        self.popen = subprocess.Popen([str(word) for word in command])
        wait_until(self.answers, 10)

    def kill(self) -> None:
        self.popen.kill()
        self.popen.wait()

    def answers(self) -> bool:
        with contextlib.suppress(redis.RedisError), self.client() as client:
            return bool(client.ping())
        return False

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, retry=Retry(NoBackoff(), 0))

    def listeners(self) -> int:
        """How many workers wait in BRPOP just now."""
        with self.client() as client:
            return client.info("clients")["blocked_clients"]

    def waiting(self) -> int:
        with self.client() as client:
            return sum(client.llen(queue) for queue in Job.Queue.values)


class Street:
    """What all houses share: the addresses of the servers, and the nursery that knows them."""

    def __init__(self, folder: Path) -> None:
        self.broker_port, self.mail_port = free_port(), free_port()
        self.media = folder / "media"
        self.keys = key_folder(folder)
        self.database = Proxy(int(connection.settings_dict["PORT"])).__enter__()
        self.nursery = Nursery(folder / "nursery.log", self.environment())

    @property
    def broker_url(self) -> str:
        return f"redis://127.0.0.1:{self.broker_port}/0"

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": address_of_test_database(self.database.port),
            "REDIS_URL": self.broker_url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail_port),
            "MEDIA_ROOT": str(self.media),
            "CREDENTIAL_KEYS": self.keys,
            "RTCM_LEASE_SECONDS": "2",
            "RTCM_RECONCILE_SECONDS": "1",
            "REMAP_SIGTERM": "SIGQUIT",  # a worker asked to stop gives back what it has not begun
            "PYTHONUNBUFFERED": "1",
        }

    def close(self) -> None:
        self.nursery.close()
        self.database.__exit__()


class House:
    def __init__(self, street: Street, folder: Path, sink: Sink) -> None:
        self.street, self.folder, self.sink = street, folder, sink
        self.seconds = 0.1  # what a file takes to make
        self.broker = Broker(folder, street.broker_port)
        self.running: list[Process] = []

    def worker(self, children: int = 2) -> Process:
        worker = self.start("worker", *WORKER, *LEAN, "-c", str(children))
        wait_until(lambda: worker.said(" ready."), 60)
        return worker

    def reconciler(self) -> Process:
        return self.start("reconciler", "manage", "reconcile")

    def once(self, *words: str) -> str:
        """Run one process to its end; returns what it said."""
        process = self.start("once", *words)
        wait_until(lambda: not process.alive, 60)
        return process.log.read_text()

    def start(self, name: str, *words: str) -> Process:
        log = self.folder / f"{name}-{len(self.running)}.log"
        process = self.street.nursery.start(log, *words)
        self.running.append(process)
        return process

    def heals(self, seconds: float = 120, when: Callable[[], bool] | None = None) -> None:
        """Nobody intervenes; two minutes are promised for all to be done or visibly failed."""
        unfinished = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
        wait_until(when or (lambda: not unfinished.exists()), seconds, every=0.1)

    def close(self) -> None:
        for process in self.running:
            process.kill()
        self.broker.kill()


def address_of_test_database(port: int) -> str:
    known = connection.settings_dict
    secret = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    return f"postgres://{quote(known['USER'], safe='')}{secret}@127.0.0.1:{port}/{known['NAME']}"
