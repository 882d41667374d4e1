"""A whole training is certified while everything that can be killed is killed.

For real: a worker and its children, the broker, and PostgreSQL, whose crash ends every connection
and which then recovers from its log. RTCM_LONG=1 takes 500 certificates and 20 kills.
"""

import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client

from rtcm.jobs.models import Job, Message
from tests import ledger, make
from tests.faults.conftest import LONG
from tests.faults.house import House, Process
from tests.smtp_sink import wait_until
from trainings import certificates, shelf
from trainings.certificate_pdf import render
from trainings.models import Certificate, Training

PEOPLE, KILLS = (500, 20) if LONG else (60, 6)
PATIENCE = 900 if LONG else 180  # seconds; fifteen minutes are promised for five hundred
CRASHES = 50


@pytest.fixture
def keeps_what_it_said(house) -> Iterator[None]:
    """The tests' PostgreSQL forgets what it said when it crashes; for this test it does not."""
    name = connection.settings_dict["NAME"]
    set_for(name, "SET synchronous_commit = on")
    yield
    set_for(name, "RESET synchronous_commit")


def set_for(name: str, what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" {what}')
    connection.close()


def answered(question: Callable[[], bool]) -> bool:
    """False while the database is away."""
    try:
        return question()
    except (DatabaseError, InterfaceError):
        connection.close()
        return False


def done(count: int) -> Callable[[], bool]:
    jobs = Job.objects.filter(state=Job.State.DONE)
    return lambda: answered(lambda: jobs.count() >= count)


def crowd(count: int) -> Training:
    training = make.training(in_days=-10, certificate_hours="24", objectives=[2, 11])
    for n in range(count):
        person = make.person(f"Əminə {n}", email=f"amina{n}@example.org")
        make.application(training, person, "attended", language=("az", "en", "ru")[n % 3])
    return training


class Killer:
    """Kills something at a time and sees to it that a supervisor would start it again."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.worker: Process = house.worker()

    def child(self) -> None:
        for pid in self.worker.children()[:1]:
            os.kill(pid, signal.SIGKILL)

    def whole_worker(self) -> None:
        self.worker.kill()
        self.worker = self.house.worker()

    def broker(self) -> None:
        self.house.broker.kill()
        time.sleep(0.3)
        self.house.broker.start()

    def postgresql(self) -> None:
        """One of its processes dies: it ends all others and recovers, as after any crash."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        name = Path(f"/proc/{pid}/cmdline").read_text()
        assert name.startswith("postgres"), "the server of the tests runs elsewhere"
        os.kill(pid, signal.SIGKILL)
        connection.close()
        wait_until(lambda: answered(lambda: Job.objects.exists()), 60)

    ways = ("child", "whole_worker", "broker", "postgresql")


@pytest.mark.usefixtures("keeps_what_it_said")
def test_a_training_is_certified_while_everything_is_killed(house, moments):
    house.sink.seconds = 0
    training = crowd(PEOPLE)
    killer = Killer(house)
    house.reconciler()
    assert certificates.issue_all(training, by=None) == PEOPLE
    ways = [*killer.ways, *moments.choices(killer.ways, k=KILLS - len(killer.ways))]
    moments.shuffle(ways)

    for number, way in enumerate(ways, start=1):
        wait_until(done(PEOPLE * 2 * number // (KILLS + 2)), PATIENCE, every=0.01)
        time.sleep(moments.uniform(0, 0.2))
        getattr(killer, way)()
    unfinished = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    house.heals(PATIENCE, when=lambda: answered(lambda: not unfinished.exists()))

    certified(house, PEOPLE)
    ledger.check(sink=house.sink)


def certified(house: House, count: int) -> None:
    """Everybody has a document, which is what a second rendering makes; a number and a letter."""
    rows = list(Certificate.objects.order_by("pk"))
    numbers = [int(row.number.rpartition("-")[2]) for row in rows]
    assert numbers == list(range(1, count + 1))
    stored = {row.number: (house.street.media / row.path).read_bytes() for row in rows}
    wrong = [
        row.number
        for row in rows
        if not row.sha256
        == hashlib.sha256(stored[row.number]).hexdigest()
        == hashlib.sha256(render(row)).hexdigest()
    ]
    assert wrong == []
    sent = Message.objects.filter(state=Message.State.SENT)
    assert set(sent.values_list("to", flat=True)) == {f"amina{n}@example.org" for n in range(count)}
    assert len(set(house.sink.message_ids())) == count


def test_killed_between_write_and_rename_nothing_truncated_is_given_out(house, settings):
    settings.MEDIA_ROOT = house.street.media
    staff = Client(headers={"accept-language": "en"})
    staff.force_login(make.member("Clara Rossi", role="coordinator"))
    settings.STAFF_SECOND_FACTOR = False
    training = crowd(CRASHES)
    certificates.issue_all(training, by=None)

    for job in Job.objects.filter(kind="certificate").order_by("pk"):
        said = house.once("call", "tests.faults.dying.before_rename", str(job.pk))
        assert said == ""  # it died before it could end
        row = Certificate.objects.get(pk=job.payload["certificate"])
        assert given_out(staff, row) is None
    assert len(list(shelf.place(shelf.PARTS).glob("*.part"))) >= CRASHES
    house.worker()
    house.reconciler()
    house.heals()

    for row in Certificate.objects.all():
        content = given_out(staff, row)
        assert content is not None
        assert hashlib.sha256(content).hexdigest() == row.sha256
    ledger.check(sink=house.sink)


def given_out(client: Client, row: Certificate) -> bytes | None:
    """The bytes of the file, or None where a page says that there is none."""
    answer = client.get(f"/en/me/certificates/{row.code}.pdf")
    if answer.status_code == 503:
        assert answer["Content-Type"].startswith("text/html")
        return None
    return b"".join(answer.streaming_content)
