"""Workers die, stop and come back; what is owed is done all the same."""

import os
import signal
import time

from rtcm.jobs.models import Job, owe
from rtcm.jobs.ring import ring
from tests import ledger
from tests.smtp_sink import wait_until


def running() -> bool:
    return Job.objects.filter(state=Job.State.RUNNING).exists()


def test_children_killed_at_random_moments(house, real_work, kills, moments):
    house.sink.seconds = 0.2
    worker = house.worker()
    house.reconciler()
    for n in range(kills):
        real_work.owe(n, house)
        wait_until(running, 20, every=0.002)
        time.sleep(moments.uniform(0, 0.25))
        for child in worker.children()[:2]:
            os.kill(child, signal.SIGKILL)

    house.heals()

    ledger.check(sink=house.sink)
    real_work.check(kills, house)
    assert Job.objects.filter(attempts__gt=1).exists()  # some moments were amid the work


def test_whole_workers_killed_at_random_moments(house, real_work, kills, moments):
    house.reconciler()
    rounds = max(2, kills // 8)
    for number in range(rounds):
        worker = house.worker()
        for n in range(number * 5, number * 5 + 5):
            real_work.owe(n, house)
        time.sleep(moments.uniform(0, 0.5))
        worker.kill()
    house.worker()

    house.heals()

    ledger.check(sink=house.sink)
    real_work.check(rounds * 5, house)


def test_a_deploy_amid_the_work_costs_no_attempt(house, work):
    """The old worker ends what it has begun within the time that compose gives it."""
    house.seconds = house.sink.seconds = 0.3
    old = house.worker()
    for n in range(10):
        work.owe(n, house)
    wait_until(running, every=0.01)

    os.kill(old.pid, signal.SIGTERM)
    wait_until(lambda: not old.alive, 10)
    house.worker()
    house.reconciler()
    house.heals()

    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
    ledger.check(sink=house.sink)
    work.check(10, house)


def test_a_worker_paused_beyond_its_lease_is_refused_when_it_wakes(house, work):
    """The file is slow to make and the sink slow to answer, so the pause falls amid the work."""
    house.seconds, house.sink.seconds = 1.0, 1.0
    sleeper = house.worker(children=1)
    work.owe(0, house)
    wait_until(running, every=0.01)
    time.sleep(0.3)
    sleeper.signal(signal.SIGSTOP)
    house.reconciler()
    house.worker(children=1)

    house.heals()
    sleeper.signal(signal.SIGCONT)
    wait_until(lambda: sleeper.said("is no longer held by"))

    assert Job.objects.get().attempts == 2
    ledger.check(sink=house.sink)
    work.check(1, house)


def test_poison_gives_up_visibly_and_the_others_go_on(house, work):
    house.worker()
    house.reconciler()
    owe("tests/poison", "poison", max_attempts=3)
    for n in range(5):
        work.owe(n, house)

    house.heals(seconds=15, when=lambda: Job.objects.filter(state=Job.State.DONE).count() == 5)
    house.heals()

    poison = Job.objects.get(dedupe_key="poison")
    assert poison.attempts == 3
    ledger.check(sink=house.sink, failed={"poison"})
    work.check(5, house)


def test_each_job_rung_five_times_is_performed_once(house, real_work, moments):
    house.seconds = 0.02
    house.worker()
    house.worker()
    for n in range(10):
        real_work.owe(n, house)
    rings = list(Job.objects.values_list("pk", "queue")) * 5
    moments.shuffle(rings)
    for job_id, queue in rings:
        assert ring(job_id, queue)

    house.heals()
    wait_until(lambda: house.broker.waiting() == 0)

    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
    ledger.check(sink=house.sink)
    real_work.check(10, house)
    assert len(house.sink.letters) in {0, 10}


def lost_in_the_window(house, work) -> None:
    """The worker waits in BRPOP; Redis hands it the message; it dies before it has read it."""
    worker = house.worker(children=1)
    wait_until(lambda: house.broker.listeners() == 1)
    worker.signal(signal.SIGSTOP)
    work.owe(0, house)
    assert house.broker.waiting() == 0  # the message has left Redis
    worker.kill()


def test_a_message_lost_in_the_window_is_made_good(house, work):
    lost_in_the_window(house, work)
    house.reconciler()
    house.worker(children=1)

    house.heals()

    ledger.check(sink=house.sink)
    work.check(1, house)


def test_without_the_reconciler_it_would_stay_lost(house, work):
    lost_in_the_window(house, work)
    house.worker(children=1)

    time.sleep(4)

    assert Job.objects.get().state == Job.State.WAITING
