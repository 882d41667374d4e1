"""The rows behind the pages about nominations; the demo has them."""

from collections.abc import Callable
from typing import Any

from rtcm.accounts.models import FocalPoint
from trainings.models import Nomination, Training
from trainings.models.nomination import link_end

NOMINATED = "consular-protection-of-citizens-abroad"


def mandate() -> list[int]:
    return [FocalPoint.objects.get(person__user__email="emil@example.org").pk]


def nominee_list() -> list[Any]:
    return [*mandate(), NOMINATED]


def nominee(state: str) -> Callable[[], list[int]]:
    rows = Nomination.objects.filter(training__slug=NOMINATED, state=state)
    return lambda: [rows.order_by("rank")[0].pk]


def paper_nominee() -> list[int]:
    """Sent, without an address: the focal point fills in the form."""
    rows = Nomination.objects.filter(training__slug=NOMINATED, email="")
    rows.update(state="sent")
    return [rows[0].pk]


def invited_nominee() -> list[str]:
    rows = Nomination.objects.filter(training__slug=NOMINATED, state="sent").exclude(email="")
    rows.update(link_until=link_end())
    return [rows.order_by("rank")[0].link_key]


def nominee_room() -> list[int]:
    training = Training.objects.get(slug=NOMINATED)
    return [training.pk, nominee("sent")()[0]]


def nomination_room() -> list[int]:
    return nominee_room()[:1]


NO_PAGES = {
    "trainings:nomination_move": "acts, then leads to the list",
    "trainings:nomination_withdraw": "acts, then leads to the list",
    "trainings:nomination_remind": "acts, then leads to the nominee",
    "trainings:nomination_answer": "acts, then leads to the nominee",
    "trainings:nomination_attach": "acts, then leads to the list",
    "trainings:nomination_send": "acts, then leads to the list",
    "trainings:nomination_letter": "a file",
    "trainings:nomination_template": "a file",
    "trainings:cancel_hand_over": "acts, then leads to the desk",
}

PLACES: list[tuple[str, Any]] = [
    ("trainings:nomination_desk", ()),
    ("trainings:nomination_list", nominee_list),
    ("trainings:nominate", nominee_list),
    ("trainings:nomination_upload", nominee_list),
    ("trainings:nomination", nominee("draft")),
    ("trainings:nomination", nominee("sent")),
    ("trainings:nomination_replace", nominee("sent")),
    ("trainings:nomination_complete", paper_nominee),
    ("trainings:hand_over", mandate),
]
