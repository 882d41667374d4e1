"""One rendering may take so much and no more; what was allowed before is allowed after."""

import resource
import signal
import threading

import pytest

from trainings.bounds import TooMuch, bounded

KINDS = (resource.RLIMIT_CPU, resource.RLIMIT_AS)


def limits() -> list[tuple[int, int]]:
    return [resource.getrlimit(kind) for kind in KINDS]


def toil() -> None:
    while True:
        pass


def test_too_much_memory_is_refused_with_a_reason_and_the_process_lives_on():
    before = limits()

    with pytest.raises(TooMuch, match="too much memory"), bounded(memory=64 * 1024**2):
        bytearray(512 * 1024**2)

    assert limits() == before
    assert len(bytearray(100 * 1024**2)) == 100 * 1024**2


def test_too_long_is_refused_with_a_reason():
    before = (limits(), signal.getsignal(signal.SIGXCPU))

    with pytest.raises(TooMuch, match="too long"), bounded(seconds=0):
        toil()

    assert (limits(), signal.getsignal(signal.SIGXCPU)) == before


def test_what_stays_within_is_not_disturbed():
    before = limits()

    with bounded():
        within = limits()

    assert within != before
    assert limits() == before


def test_a_thread_is_left_alone():
    seen = []

    def work() -> None:
        with bounded(seconds=0, memory=0):
            seen.append(limits())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert seen == [limits()]
