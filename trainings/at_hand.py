"""What lies beside a form of application, learnt with the training itself: one question in all.

Most people have no draft and no nomination, and most trainings ask nothing of their own; who
looks for one of these reads first whether there is any. A training fetched without asking
(`getattr(training, "has_draft", True)`) is looked through as ever.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from trainings.models import Application, ApplicationDraft, Nomination, Question, Training


def for_applicant(trainings: QuerySet[Training], person_id: int | None) -> QuerySet[Any]:
    """For the request of this one person only: three of the four are about them."""
    here = {"training": OuterRef("pk")}
    own = here | {"person": person_id}
    return trainings.annotate(
        has_applied=Exists(Application.objects.live().filter(**own)),
        has_draft=Exists(ApplicationDraft.objects.filter(**own)),
        has_questions=Exists(Question.objects.filter(**here)),
        has_nomination=Exists(Nomination.objects.filter(**own)),
    )
