"""Where the pages of the cascade, of alumni and of official letters are in the demo."""

from rtcm.accounts.models import User
from trainings.models import Call, OfficialLetter, RollOut, Training

OPEN = "humanitarian-border-management"
COACHES = "training-of-trainers-migration-basics"


def roll_out() -> list[int]:
    return [RollOut.objects.get(held_by__user__email="amina@example.org", state="logged").pk]


def listed_alumna() -> list[int]:
    return [User.objects.get(email="dilara@example.org").person_id]


def call() -> list[int]:
    return [Call.objects.get(training__is_demo=True).pk]


def interpreted() -> list[int]:
    return [Training.objects.get(slug=OPEN).pk]


def coached() -> list[int]:
    return [Training.objects.get(slug=COACHES).pk]


def official_letter() -> list[int]:
    return [OfficialLetter.objects.earliest("pk").pk]
