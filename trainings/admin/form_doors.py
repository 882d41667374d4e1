"""The doors around application forms: the builder and what stands below it, the answers."""

from django.utils.translation import gettext_lazy as _

from trainings.admin import questions
from trainings.admin.doors import Door

FORM_DOORS = [
    Door(
        "questions",
        _("Application form"),
        _("What applicants are asked, in every language; add, order, see it as they do."),
        "trainings.change_training",
        questions.questions,
    ),
    Door(
        "question",
        _("Question"),
        "",
        "trainings.change_training",
        questions.question,
        path="questions/<int:question_id>/",
        listed=False,
    ),
    Door(
        "preview",
        _("As applicants see it"),
        "",
        "trainings.change_training",
        questions.preview,
        path="questions/preview/",
        listed=False,
    ),
    Door(
        "answers",
        _("Answers"),
        "",
        "trainings.view_application",
        questions.answers,
        path="answers/<int:application_id>/",
        listed=False,
    ),
    Door(
        "answer_file",
        _("File"),
        "",
        "trainings.view_application",
        questions.answer_file,
        path="answers/file/<int:answer_id>/",
        listed=False,
    ),
]
