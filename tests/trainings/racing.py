"""How the races are run: real threads, real connections, and the lock taken away for the twins."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import translation

from rtcm.jobs.models import Message
from trainings import steps
from trainings.models import Application, Training, Transition

TOGETHER = 16  # connections at once: as many as two web processes and two workers hold
OVERLAP = 1.5  # seconds that the first of two stays uncommitted while the second wants the same
Deed = Callable[[], Any]


def told(deed: Deed) -> Any:
    """What the deed gave, or its refusal in English: a refusal is a result like any other."""
    try:
        with translation.override("en"):  # a new thread speaks the site's own language
            return deed()
    except (ValidationError, IntegrityError) as refusal:
        return refusal


def at_once(deeds: list[Deed]) -> list[Any]:
    """All deeds in parallel: the first TOGETHER start together, the rest as threads come free."""
    together = min(len(deeds), TOGETHER)
    start = threading.Barrier(together)

    def run(numbered: tuple[int, Deed]) -> Any:
        number, deed = numbered
        try:
            if number < together:
                start.wait(timeout=10)
            return told(deed)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(together) as pool:
        return list(pool.map(run, enumerate(deeds)))


def overlap(first: Deed, second: Deed, *, pause: float = 0) -> list[Any]:
    """`second` begins when `first` has done its work and not committed it yet.

    Under the lock `second` waits for that commit; without it, it decides on what it sees.
    """
    did, done = threading.Event(), threading.Event()

    def uncommitted() -> Any:
        with transaction.atomic():
            result = first()
            did.set()
            done.wait(OVERLAP + pause)
        return result

    def meanwhile() -> Any:
        did.wait(10)
        time.sleep(pause)
        try:
            return told(second)
        finally:
            done.set()

    return at_once([uncommitted, meanwhile])


@contextmanager
def lock_off(monkeypatch: pytest.MonkeyPatch, together: int = 1) -> Iterator[None]:
    """The training is read without a lock; the readers go on when `together` of them have read."""
    meeting = threading.Barrier(together)

    def plain_read(training_id: int) -> Training:
        training = Training.objects.get(pk=training_id)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=2)
        return training

    the_lock = steps.lock
    rooms = [room for name, room in sys.modules.items() if name.startswith("trainings.")]
    with monkeypatch.context() as patch:
        for room in rooms:  # several know it by a name of their own
            if getattr(room, "lock", None) is the_lock:
                patch.setattr(room, "lock", plain_read)
        yield


@contextmanager
def guards_off(*names: str) -> Iterator[None]:
    """Takes unique guards of the applications out of the test database for a while."""
    by_name = {rule.name: rule for rule in Application._meta.constraints}
    rules = [by_name[name] for name in names]
    with connection.schema_editor() as editor:
        for rule in rules:
            editor.remove_constraint(Application, rule)
    try:
        yield
    finally:
        tables = [model._meta.db_table for model in (Message, Transition, Application)]
        with connection.cursor() as cursor:  # the trail refuses to be deleted row by row
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        with connection.schema_editor() as editor:
            for rule in rules:
                editor.add_constraint(Application, rule)
