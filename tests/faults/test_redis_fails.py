"""Redis is gone, empty or deaf: the user does not notice, and what is owed is done."""

import signal
import time

from rtcm.jobs.models import Job
from tests import ledger


def test_redis_killed_and_back_empty_with_fifty_jobs_waiting(house, work):
    house.seconds = house.sink.seconds = 0.02
    house.worker()
    house.reconciler()
    for n in range(50):
        work.owe(n, house)
    assert house.broker.waiting() > 20

    house.broker.kill()
    time.sleep(1)
    house.broker.start()
    house.heals()

    ledger.check(sink=house.sink)
    work.check(50, house)


def test_redis_away_while_people_owe(house, work):
    house.seconds = house.sink.seconds = 0.02
    house.worker()
    house.reconciler()
    house.broker.kill()
    for n in range(5):
        work.owe(n, house)
    assert Job.objects.filter(state=Job.State.WAITING).count() == 5

    house.broker.start()
    house.heals()

    ledger.check(sink=house.sink)
    work.check(5, house)


def test_redis_deaf_while_people_owe(house, work):
    house.seconds = house.sink.seconds = 0.02
    house.worker()
    house.reconciler()
    house.broker.popen.send_signal(signal.SIGSTOP)
    waits = []
    for n in range(6):
        began = time.monotonic()
        work.owe(n, house)
        waits.append(time.monotonic() - began)

    house.broker.popen.send_signal(signal.SIGCONT)
    house.heals()

    assert max(waits) < 3
    assert max(waits[3:]) < 0.5  # the circuit is open
    ledger.check(sink=house.sink)
    work.check(6, house)


def test_all_is_done_without_redis(house, work):
    house.seconds = house.sink.seconds = 0
    house.broker.kill()
    for n in range(5):
        work.owe(n, house)

    said = house.once("manage", "run_jobs")

    assert "5 attempted, 0 wait for later, 0 failed." in said
    ledger.check(sink=house.sink)
    work.check(5, house)
