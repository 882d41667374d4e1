"""Eight visitors who keep their connections and never pause: wrk where there is one, else ours."""

import http.client
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from rtcm.children import Trouble, bound
from tests.benchmarks.ground import HOST

CLIENTS = 8
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass
class Result:
    requests: int
    seconds: float
    p50_ms: float
    p95_ms: float
    failed: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def ask(port: int, paths: list[str], seconds: float, visitors: bool = False) -> Result:
    """Ask for the paths in turn, as fast as the answers come."""
    if wrk := shutil.which("wrk"):
        return ask_by_wrk(wrk, port, paths, seconds, visitors)
    return ask_by_threads(port, paths, seconds, visitors)


def ask_by_wrk(wrk: str, port: int, paths: list[str], seconds: float, visitors: bool) -> Result:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        settings = ["-t1", f"-c{CLIENTS}", f"-d{max(1, round(seconds))}s", "--timeout", "9s"]
        more, url = (["visitors"] if visitors else []), f"http://{HOST}:{port}/"
        command = bound([wrk, *settings, "-s", SCRIPT, url, "--", file.name, *more])
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30)
    if run.returncode:
        raise Trouble(f"wrk says: {run.stdout}{run.stderr}")
    return Result(**json.loads(run.stdout.strip().splitlines()[-1]))


@dataclass
class Tally:
    """What all threads saw; appending to a list is safe among threads."""

    times: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def result(self, seconds: float) -> Result:
        p50, p95 = percentiles(self.times)
        failed = sum(not 200 <= status < 400 for status in self.statuses)
        return Result(len(self.times), seconds, p50 * 1000, p95 * 1000, failed)


def percentiles(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    if len(times) < 2:
        return (times[0], times[0]) if times else (0.0, 0.0)
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def ask_by_threads(port: int, paths: list[str], seconds: float, visitors: bool) -> Result:
    tally, end = Tally(), time.monotonic() + seconds

    def visit() -> None:
        door = http.client.HTTPConnection(HOST, port, timeout=10)
        while (start := time.monotonic()) < end:
            headers = {"X-Forwarded-For": somebody()} if visitors else {}
            door.request("GET", random.choice(paths), headers=headers)
            answer = door.getresponse()
            answer.read()
            tally.times.append(time.monotonic() - start)
            tally.statuses.append(answer.status)
        door.close()

    began = time.monotonic()
    run_all([threading.Thread(target=visit, daemon=True) for _ in range(CLIENTS)], seconds + 30)
    return tally.result(time.monotonic() - began)


def somebody() -> str:
    return ".".join(["10", *(str(random.randint(1, 254)) for _ in range(3))])


def run_all(threads: list[threading.Thread], patience: float) -> None:
    deadline = time.monotonic() + patience
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.1, deadline - time.monotonic()))
