"""PostgreSQL restarts: workers and reconciler come back by themselves."""

import time

from tests import ledger


def test_postgresql_away_for_a_moment(house, work, moments):
    worker, reconciler = house.worker(), house.reconciler()
    for n in range(20):
        work.owe(n, house)
    time.sleep(moments.uniform(0.2, 0.8))

    house.street.database.mode = "refuse"
    house.street.database.break_all()
    time.sleep(2)
    house.street.database.mode = "pass"
    house.heals()

    assert worker.alive
    assert reconciler.alive
    ledger.check(sink=house.sink)
    work.check(20, house)
