"""The selection board with 5,000 applicants, page by page, beside its bare rows and counts."""

import http.client
import random
import time
from typing import Any

from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string

from rtcm.accounts.models import Country, Person, User
from tests.benchmarks.ground import HOST, Web, say
from tests.benchmarks.load import percentiles
from tests.benchmarks.registering import open_training, signed_in
from trainings.models import Application, Quota, Training

APPLICANTS, SEATS = 5_000, 200
ASKED = 60  # pages of the board, by one coordinator
P95_MS = 300


def measure(portal: Web, bare: Web) -> dict[str, Any]:
    training = crowded(APPLICANTS)
    pages = -(-training.applications.count() // 50)
    cookies = signed_in(coordinator())
    path = f"/admin/trainings/training/{training.pk}/selection/?page="
    board = asked(portal, [f"{path}{n}" for n in sample(pages)], {"Cookie": cookies})
    floor = asked(bare, [f"/{training.pk}/{n}/" for n in sample(pages)], {})
    report = {
        "board": board | {"applicants": training.applications.count()},
        "bare": floor,
        "times_bare": round(board["p50_ms"] / floor["p50_ms"], 1),
    }
    report["within"] = board["p95_ms"] <= P95_MS and not board["failed"]
    for name, row in report.items():
        say(f"  {name}: {row}")
    return report


def sample(pages: int) -> list[int]:
    return [random.randint(1, pages) for _ in range(ASKED)]


def coordinator() -> User:
    user = User.objects.create(
        email=f"bench-{get_random_string(6).lower()}@example.org", is_staff=True
    )
    user.groups.add(Group.objects.get(name="coordinator"))
    return user


def crowded(number: int) -> Training:
    """Everybody asks for a seat; two hundred have one, and ten quotas watch."""
    training = open_training("board")
    Training.objects.filter(pk=training.pk).update(route="selection", capacity=SEATS)
    for country in Country.objects.partners()[:10]:
        Quota.objects.create(training=training, country=country, number=SEATS)
    people = Person.objects.order_by("pk")[:number]
    Application.objects.bulk_create(
        (row_of(training, person, place) for place, person in enumerate(people, 1)),
        batch_size=1000,
    )
    return training


def row_of(training: Training, person: Person, place: int) -> Application:
    seated = place <= SEATS
    return Application(
        training=training,
        person=person,
        state="confirmed" if seated else "submitted",
        seat_number=place if seated else None,
        country_id=person.country_id,
        institution_id=person.institution_id,
        motivation="I work on it every day and would like to know more. " * 4,
    )


def asked(web: Web, paths: list[str], headers: dict[str, str]) -> dict[str, Any]:
    """One after another over one connection, after both workers are warm."""
    door = http.client.HTTPConnection(HOST, web.port, timeout=30)
    for path in paths[:8]:
        answer(door, path, headers)
    times, statuses = [], []
    for path in paths:
        began = time.monotonic()
        statuses.append(answer(door, path, headers))
        times.append(time.monotonic() - began)
    p50, p95 = percentiles(times)
    failed = sum(status != 200 for status in statuses)
    if failed:
        say(f"  {web.child.name} answered {sorted(set(statuses))}")
    return {"p50_ms": round(p50 * 1000, 1), "p95_ms": round(p95 * 1000, 1), "failed": failed}


def answer(door: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> int:
    door.request("GET", path, headers=headers)
    found = door.getresponse()
    found.read()
    return found.status
