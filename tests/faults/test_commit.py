"""A process dies around its COMMIT: either all of it happened, or nothing."""

import pytest

from rtcm.jobs.models import Job
from tests import ledger


@pytest.mark.parametrize(("death", "survives"), [("after_commit", True), ("before_commit", False)])
def test_killed_around_the_commit(house, kills, death, survives):
    for n in range(kills):
        said = house.once("call", f"tests.faults.dying.{death}", str(n))
        assert said == ""  # it died before it could end
    assert house.broker.waiting() == 0
    assert Job.objects.count() == (kills if survives else 0)

    house.worker()
    house.reconciler()
    house.heals()

    assert Job.objects.filter(state=Job.State.DONE).count() == (kills if survives else 0)
    ledger.check(sink=house.sink)
