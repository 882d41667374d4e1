"""Addresses and figures that the tests of the desk share."""

from trainings.models import Training

STAFF_QUERIES = 6  # session, user, second factor, permissions twice, the person's name


def door(training: Training, name: str) -> str:
    return f"/admin/trainings/training/{training.pk}/{name}/"


def states(training: Training) -> list[str]:
    """In the order of arrival."""
    return list(training.applications.order_by("pk").values_list("state", flat=True))
