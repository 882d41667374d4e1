import socket
import threading
import time

import pytest

from rtcm.jobs import ring
from tests.proxy import Proxy


@pytest.fixture(autouse=True)
def _own_line():
    ring.hang_up()
    yield
    ring.hang_up()
    ring.breaker.note_success()


@pytest.fixture
def deaf(settings):
    """Takes connections and never answers, as a Redis that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{door.getsockname()[1]}/0"
        yield door


def ring_timed() -> tuple[bool, float]:
    began = time.monotonic()
    heard = ring.ring(1, "mail")
    return heard, time.monotonic() - began


def test_a_redis_that_hangs_costs_little_and_soon_nothing(deaf):
    answers = [ring_timed() for _ in range(5)]

    assert [heard for heard, _seconds in answers] == [False] * 5
    assert max(seconds for _heard, seconds in answers) < 2
    assert max(seconds for _heard, seconds in answers[3:]) < 0.1


def test_failures_are_counted(deaf):
    failures, unrung = ring.breaker.failures, ring.breaker.unrung

    for _ in range(5):
        ring.ring(1, "mail")

    assert ring.breaker.failures - failures == 3
    assert ring.breaker.unrung - unrung == 2


def test_a_redis_that_is_gone_is_no_error(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    assert ring.ring(1, "mail") is False
    assert ring.depth("mail") == 0


def test_the_circuit_closes_again_after_a_while(settings, deaf):
    good = settings.REDIS_URL
    for _ in range(3):
        ring.ring(1, "mail")
    settings.CELERY_BROKER_URL = good
    assert ring.ring(1, "mail") is False

    ring.breaker.closed_again_at = time.monotonic()

    assert ring.ring(1, "mail") is True
    assert ring.breaker.failed_in_a_row == 0


def test_a_line_broken_by_a_restart_is_dialled_again(settings):
    port = int(settings.REDIS_URL.rpartition(":")[2].partition("/")[0])
    with Proxy(port) as proxy:
        settings.CELERY_BROKER_URL = settings.REDIS_URL.replace(str(port), str(proxy.port))
        assert ring.ring(1, "mail")
        failures = ring.breaker.failures

        proxy.break_all()

        assert ring.ring(1, "mail")
        assert ring.breaker.failures == failures
        ring.hang_up()


def test_each_thread_has_its_own_line():
    ring.dial()
    lines = [ring.line()]

    thread = threading.Thread(target=lambda: lines.append(ring.line()))
    thread.start()
    thread.join()

    assert lines[0] is not None
    assert lines[1] is None
