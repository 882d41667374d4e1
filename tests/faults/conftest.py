import os
import random

import pytest

from rtcm.jobs import ring
from tests.faults import settings as child_settings
from tests.faults.house import House, Street
from tests.faults.work import REAL_WORKS, TOY_WORKS
from tests.smtp_sink import Sink

LONG = os.environ.get("RTCM_LONG") == "1"
SEED = int(os.environ.get("RTCM_SEED", random.randrange(10**6)))


def pytest_collection_modifyitems(items):
    for item in items:
        if "/faults/" in item.path.as_posix():
            item.add_marker(pytest.mark.faults)


def pytest_report_header():
    return f"faults: RTCM_SEED={SEED} gives the same moments again"


@pytest.fixture
def moments() -> random.Random:
    return random.Random(SEED)


@pytest.fixture
def kills() -> int:
    """How often a process is killed in one test."""
    return int(os.environ.get("RTCM_KILLS", 100 if LONG else 20))


@pytest.fixture(scope="session")
def street(django_db_setup, tmp_path_factory):
    street = Street(tmp_path_factory.mktemp("street"))
    yield street
    street.close()


@pytest.fixture
def house(street, transactional_db, settings, tmp_path):
    with Sink(seconds=0.05, port=street.mail_port) as sink:
        house = House(street, tmp_path, sink)
        settings.JOBS = child_settings.JOBS
        settings.CELERY_BROKER_URL = street.broker_url
        ring.breaker.note_success()
        yield house
        house.close()
        ring.hang_up()
        ring.breaker.note_success()


@pytest.fixture(params=TOY_WORKS, ids=lambda work: work.name)
def work(request):
    return request.param


@pytest.fixture(params=REAL_WORKS, ids=lambda work: work.name)
def real_work(request):
    return request.param
