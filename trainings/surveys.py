"""Asking people at the end of a training and six months later, without learning who said what.

How the two facts are kept apart is written in trainings/models/surveys.py.
"""

from trainings.models import Survey, SurveyGuest, Training
from trainings.models.application import ApplicationQuerySet


def answered_evaluation(training: Training) -> ApplicationQuerySet:
    """Applications whose people answered the end evaluation; one query, usable as a subquery."""
    answered = SurveyGuest.objects.filter(
        survey__training=training, survey__kind=Survey.Kind.END, answered=True
    )
    return training.applications.filter(pk__in=answered.values("application"))
