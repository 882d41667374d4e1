"""How much one rendering may take: seconds of the processor, and memory beyond what is in use.

A document that wants more fails with a reason that staff can read, and the worker lives on. Where a
C library aborts instead, the child dies: Celery starts another, and the job is given up after its
last attempt. For processes whose main thread renders, as those of Celery do; other threads are not
bounded, because a signal reaches the main thread only.
"""

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

SECONDS = 60  # a certificate takes 0.02, the sign-in sheet of a thousand people some ten
MEMORY = 1024**3  # bytes


class TooMuch(Exception):  # noqa: N818 - what happened, not an error of ours
    """The document wants more than one rendering may take."""


@contextmanager
def bounded(seconds: int = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGXCPU, _too_long)
    cpu, space = (resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS))
    _limit(resource.RLIMIT_CPU, int(_seconds_used()) + 1 + seconds, cpu)
    _limit(resource.RLIMIT_AS, _bytes_mapped() + memory, space)
    try:
        yield
    except MemoryError as error:
        raise TooMuch("The document needs too much memory.") from error
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, cpu)
        resource.setrlimit(resource.RLIMIT_AS, space)
        signal.signal(signal.SIGXCPU, before)


def _limit(kind: int, wanted: int, known: tuple[int, int]) -> None:
    """Never above what the process may have anyhow."""
    soft, hard = known
    least = min(each for each in (wanted, soft, hard) if each != resource.RLIM_INFINITY)
    resource.setrlimit(kind, (least, hard))


def _seconds_used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _bytes_mapped() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _too_long(_number: int, _frame: object) -> NoReturn:
    raise TooMuch("The document takes too long to make.")
