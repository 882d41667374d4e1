"""Processes that die at the worst moment; called in children of the nursery."""

import os

from django.db import transaction

from rtcm.jobs.models import owe


def after_commit(n: str) -> None:
    """The row is committed; the ring, registered later, is never reached."""
    with transaction.atomic():
        transaction.on_commit(lambda: os._exit(9))
        owe_note(n)


def before_commit(n: str) -> None:
    with transaction.atomic():
        owe_note(n)
        os._exit(9)


def owe_note(n: str) -> None:
    owe("tests/nothing", f"nothing:{n}")
