"""Taking tests: who may, how often, until when; and what their answers are worth.

The server keeps the time: an attempt has its own `due_at`, and what arrives later than GRACE
after it changes nothing. What was saved until then counts (a page with JavaScript saves while
one types; without it there is a button), and a sweep hands it in.
"""

from django.db.models import Exists, OuterRef

from trainings.models import Application, Attempt, Test, Training
from trainings.models.application import ApplicationQuerySet

TAKERS = (Application.State.CONFIRMED, Application.State.ATTENDED)


def passed_post_test(training: Training) -> ApplicationQuerySet:
    """Applications that passed every post-test of the training; none where it has no post-test.

    One query, usable as a subquery: `filter(pk__in=passed_post_test(training).values("pk"))`.
    """
    wanted = Test.objects.after().filter(training=OuterRef("training"))
    passed = Attempt.objects.passed().filter(
        test=OuterRef("pk"), application=OuterRef(OuterRef("pk"))
    )
    return training.applications.filter(Exists(wanted)).exclude(
        Exists(wanted.exclude(Exists(passed)))
    )
