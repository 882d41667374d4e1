"""A training that is over, its rule, and people who met more or less of it."""

from typing import Any

from tests import make
from trainings.models import Application, Attendance, CompletionRule, Training, TrainingReport


def over(sessions: int = 2, **rule: Any) -> Training:
    """Two sessions of 120 minutes three days ago; the rule has these columns."""
    training = make.training(in_days=-3, seats=50)
    for hour in range(sessions):
        make.session(training, starts=f"{9 + 2 * hour:02}:00", ends=f"{11 + 2 * hour:02}:00")
    if rule:
        CompletionRule.objects.create(training=training, **rule)
    return training


def there(training: Training, *minutes: int, state: str = "attended", **fields: Any) -> Application:
    """Somebody who was in the room for so many minutes of the sessions, one after another."""
    application = make.application(training, fields.pop("of", None), state, **fields)
    for session, each in zip(training.sessions.all(), minutes, strict=False):
        presence = "in_room" if each else "absent"
        Attendance.objects.create(
            session=session, application=application, presence=presence, minutes=each
        )
    return application


def report(training: Training, **fields: Any) -> TrainingReport:
    dull = {"course": "Three days.", "results": "All passed.", "recommendations": "Once more."}
    return TrainingReport.objects.create(training=training, **(dull | fields))
