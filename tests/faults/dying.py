"""Processes that die at the worst moment; called in children of the nursery."""

import os

from django.db import transaction

from rtcm.jobs.models import owe
from rtcm.jobs.performing import perform


def after_commit(n: str) -> None:
    """The row is committed; the ring, registered later, is never reached."""
    with transaction.atomic():
        transaction.on_commit(lambda: os._exit(9))
        owe_note(n)


def before_commit(n: str) -> None:
    with transaction.atomic():
        owe_note(n)
        os._exit(9)


def before_rename(job: str) -> None:
    """A certificate is written beside its place; the process ends before it is moved there."""
    os.fsync = lambda _descriptor: os._exit(9)
    perform(int(job))


def owe_note(n: str) -> None:
    owe("tests/nothing", f"nothing:{n}")
