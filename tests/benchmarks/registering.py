"""People who apply, signed in, through the real server: in turn, within a minute, all at once."""

import http.client
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import get_random_string

from rtcm.accounts.models import User
from tests.benchmarks.filling import OWN
from tests.benchmarks.ground import HOST, Web, say
from tests.benchmarks.load import CLIENTS, Result, Tally, run_all
from trainings.models import Application, Training

SEATS = 30
FLOW, BURST, BARE = 500, 200, 500
P95_MS = 1500
PER_SECOND = 50
PATIENCE = 120
RUSH_SECONDS = 60
Ask = Callable[[http.client.HTTPConnection, Any], int]


def measure(portal: Web, bare: Web) -> dict[str, Any]:
    people = list(User.objects.filter(pk__gt=OWN).order_by("pk")[: FLOW + BURST])
    cookies = [signed_in(user) for user in people]
    flow, rush, burst, simple = map(open_training, ("flow", "rush", "burst", "simple"))
    before = portal.cpu_seconds()
    steady = in_turn(portal.port, cookies[:FLOW], applying(flow))
    cpu_ms = (portal.cpu_seconds() - before) / FLOW * 1000
    minute = coming(portal.port, cookies[:FLOW], applying(rush), RUSH_SECONDS)
    at_once_ = coming(portal.port, cookies[FLOW:], applying(burst), 0)
    persons = [user.person_id for user in people][:BARE]
    floor = in_turn(bare.port, persons, inserting(simple))
    flowing, bare_ = figures(steady), figures(floor)
    times = round(bare_["per_second"] / max(flowing["per_second"], 0.1), 1)
    report = {
        "flow": flowing | {"cpu_ms": round(cpu_ms, 2), "times_bare": times} | seats(flow),
        "rush": figures(minute) | seats(rush),
        "burst": figures(at_once_) | seats(burst),
        "bare": bare_ | seats(simple),
    }
    for name, row in report.items():
        say(f"  {name}: {row}")
    return report


def open_training(name: str) -> Training:
    """Everybody may come, and is served in the order of arrival."""
    day = timezone.localdate() + timedelta(days=60)
    title = {f"title_{code}": f"Benchmark: {name}" for code, _name in settings.LANGUAGES}
    return Training.objects.create(
        slug=f"benchmark-{name}-{get_random_string(6).lower()}",
        status=Training.Status.PUBLISHED,
        route=Training.Route.OPEN,
        capacity=SEATS,
        starts_on=day,
        ends_on=day,
        **title,
    )


def signed_in(user: User) -> str:
    """The cookies of somebody who has signed in, with the token of a form that they opened."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    own = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return f"{own}; {settings.CSRF_COOKIE_NAME}={get_random_string(32)}"


def applying(training: Training) -> Ask:
    path = f"/az/trainings/{training.slug}/apply/"

    def ask(door: http.client.HTTPConnection, cookies: str) -> int:
        known = f"csrfmiddlewaretoken={cookies[-32:]}&token={uuid.uuid4()}&understands=en"
        body = f"{known}&motivation=I+work+on+it."
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        return post(door, path, body, headers, expected=302)

    return ask


def inserting(training: Training) -> Ask:
    def ask(door: http.client.HTTPConnection, person: int) -> int:
        return post(door, f"/{training.pk}/{person}/", "", {}, expected=200)

    return ask


def post(
    door: http.client.HTTPConnection, path: str, body: str, headers: dict[str, str], expected: int
) -> int:
    """The status; anything but the expected one counts as failed."""
    door.request("POST", path, body, headers)
    answer = door.getresponse()
    answer.read()
    return answer.status if answer.status == expected else 599


def in_turn(port: int, whom: list[Any], ask: Ask) -> Result:
    """Eight connections, each with the next person as soon as the last one is answered."""
    tally, waiting = Tally(), SimpleQueue[Any]()
    for somebody in whom:
        waiting.put(somebody)

    def serve() -> None:
        door = http.client.HTTPConnection(HOST, port, timeout=30)
        while True:
            try:
                timed(tally, ask, door, waiting.get_nowait())
            except Empty:
                return

    return ended(tally, [threading.Thread(target=serve, daemon=True) for _ in range(CLIENTS)])


def coming(port: int, whom: list[Any], ask: Ask, seconds: float) -> Result:
    """A connection for each; they come at moments of their own within so many seconds (0: all at
    one instant)."""
    tally, gate = Tally(), threading.Barrier(len(whom))

    def come(somebody: Any) -> None:
        door = http.client.HTTPConnection(HOST, port, timeout=30)
        gate.wait(timeout=30)
        time.sleep(random.uniform(0, seconds))
        timed(tally, ask, door, somebody)
        door.close()

    return ended(tally, [threading.Thread(target=come, args=[one], daemon=True) for one in whom])


def timed(tally: Tally, ask: Ask, door: http.client.HTTPConnection, somebody: Any) -> None:
    start = time.monotonic()
    try:
        status = ask(door, somebody)
    except OSError:
        status = 599
        door.close()
    tally.times.append(time.monotonic() - start)
    tally.statuses.append(status)


def ended(tally: Tally, threads: list[threading.Thread]) -> Result:
    began = time.monotonic()
    run_all(threads, PATIENCE)
    return tally.result(time.monotonic() - began)


def figures(result: Result) -> dict[str, Any]:
    rounded = {name: round(value, 1) for name, value in asdict(result).items()}
    return rounded | {"per_second": round(result.per_second, 1)}


def seats(training: Training) -> dict[str, int]:
    states = Counter(training.applications.values_list("state", flat=True))
    confirmed = states[Application.State.CONFIRMED]
    return {"confirmed": confirmed, "waitlisted": states[Application.State.WAITLISTED]}
