"""Who has earned a certificate: the completion rule for 10,000 applications of one training.

Beside it the bare floor: the same facts asked of the same tables in SQL written by hand and read
by the same driver, without a model. Everything is undone at the end.
"""

import time
from datetime import timedelta
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from rtcm.accounts.models import Person
from tests import make
from tests.benchmarks.ground import say
from trainings import completion
from trainings.models import (
    Application,
    Attempt,
    Attendance,
    CompletionRule,
    Survey,
    SurveyGuest,
    Test,
    Training,
)

APPLICATIONS = 10_000
SESSIONS = 6
SECONDS = 2.0
TURNS = 5
BARE = """
    WITH whole AS (
        SELECT SUM(EXTRACT(EPOCH FROM ends - starts) / 60)::integer AS minutes
        FROM trainings_session WHERE training_id = %(training)s
    ), present AS (
        SELECT m.application_id, SUM(m.minutes) AS minutes
        FROM trainings_attendance m JOIN trainings_session s ON s.id = m.session_id
        WHERE s.training_id = %(training)s AND m.presence IN ('in_room', 'online') GROUP BY 1
    ), passed AS (
        SELECT DISTINCT t.application_id FROM trainings_attempt t
        JOIN trainings_test x ON x.id = t.test_id
        WHERE x.training_id = %(training)s AND x.moment = 'post' AND t.submitted_at IS NOT NULL
            AND t.score * 100 >= t.of * x.pass_percent
    ), answered AS (
        SELECT g.application_id FROM trainings_surveyguest g
        JOIN trainings_survey s ON s.id = g.survey_id
        WHERE s.training_id = %(training)s AND s.kind = 'end' AND g.answered
    )
    SELECT a.id, CASE WHEN p.minutes * 100 >= w.minutes * 80 AND q.application_id IS NOT NULL
        AND e.application_id IS NOT NULL THEN 'completion' ELSE 'participation' END
    FROM trainings_application a CROSS JOIN whole w
    LEFT JOIN present p ON p.application_id = a.id
    LEFT JOIN passed q ON q.application_id = a.id
    LEFT JOIN answered e ON e.application_id = a.id
    WHERE a.training_id = %(training)s AND a.state = 'attended'
"""


def measure() -> dict[str, Any]:
    with transaction.atomic():
        training = filled()
        rule = completion.rule_of(training)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        people = completion.decided(training, rule)
        ours, mine = timed(lambda: sorted(people.values_list("pk", "earned")))
        bare, theirs = timed(lambda: by_hand(training))
        transaction.set_rollback(True)
    report = {
        "applications": len(mine),
        "seconds": ours,
        "bare_seconds": bare,
        "times_bare": round(ours / bare, 1),
        "alike": mine == theirs,
        "within": ours <= SECONDS and mine == theirs,
    }
    say(f"  completion: {report}")
    return report


def timed(deed: Any) -> tuple[float, Any]:
    took, found = [], None
    for _turn in range(TURNS):
        start = time.monotonic()
        found = deed()
        took.append(time.monotonic() - start)
    return round(median(took), 3), found


def by_hand(training: Training) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(BARE, {"training": training.pk})
        return sorted(cursor.fetchall())


def filled() -> Training:
    """Everybody marked in every session; two thirds passed, three quarters answered."""
    training = make.training(f"Completion {time.time_ns()}", slug=f"completion-{time.time_ns()}")
    CompletionRule.objects.create(
        training=training, percent=80, needs_post_test=True, needs_evaluation=True
    )
    sessions = [
        make.session(training, starts=f"{9 + turn:02}:00", ends=f"{10 + turn:02}:00")
        for turn in range(SESSIONS)
    ]
    people = Person.objects.bulk_create(
        Person(full_name=f"Bench {number}", name_search="", name_sort="")
        for number in range(APPLICATIONS)
    )
    rows = Application.objects.bulk_create(
        Application(training=training, person=person, state="attended", seat_number=number)
        for number, person in enumerate(people, start=1)
    )
    Attendance.objects.bulk_create(
        Attendance(session=session, application=row, presence="in_room", minutes=40 + row.pk % 21)
        for session in sessions
        for row in rows
    )
    answer(training, rows)
    return training


def answer(training: Training, rows: list[Application]) -> None:
    now = timezone.now()
    test = Test.objects.create(
        training=training, moment="post", opens_at=now, closes_at=now + timedelta(hours=1)
    )
    moments = {"due_at": now, "submitted_at": now}
    Attempt.objects.bulk_create(
        Attempt(test=test, application=row, score=4 + row.pk % 6, of=10, **moments) for row in rows
    )
    survey = Survey.objects.create(training=training, kind="end")
    SurveyGuest.objects.bulk_create(
        SurveyGuest(survey=survey, application=row, answered=bool(row.pk % 4)) for row in rows
    )
