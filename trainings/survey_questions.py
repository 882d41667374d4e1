"""What is asked: a fixed set for each kind of evaluation, then the staff's own questions.

The fixed questions stay the same from training to training, so that results can be compared;
their keys are stored with the answers and never change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from trainings.models import Survey, SurveyQuestion

Kind = SurveyQuestion.Kind
SCALE = {
    "5": _("Agree fully"),
    "4": _("Rather agree"),
    "3": _("Partly"),
    "2": _("Rather disagree"),
    "1": _("Disagree fully"),
}
NO_OPINION = "0"  # stored, so that a form can tell it from a question passed over
YES_NO = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True)
class Asked:
    key: str
    kind: str
    text: Any

    @property
    def choices(self) -> dict[str, Any]:
        """What counts in the results; no opinion is not among it."""
        return {Kind.SCALE: SCALE, Kind.YES_NO: YES_NO}.get(Kind(self.kind), {})


END = [
    Asked("relevant", Kind.SCALE, _("The training was relevant to my work.")),
    Asked("learned", Kind.SCALE, _("I learned something that I can use.")),
    Asked("trainers", Kind.SCALE, _("The trainers explained well and answered questions.")),
    Asked("materials", Kind.SCALE, _("The materials were useful.")),
    Asked("practice", Kind.SCALE, _("There was enough time for practice and discussion.")),
    Asked("language", Kind.SCALE, _("I could follow well in the language offered to me.")),
    Asked("organised", Kind.SCALE, _("The training was well organised.")),
    Asked("overall", Kind.SCALE, _("Overall, I am satisfied with the training.")),
    Asked("recommend", Kind.YES_NO, _("Would you recommend this training to a colleague?")),
    Asked("best", Kind.TEXT, _("What was most useful to you?")),
    Asked("change", Kind.TEXT, _("What should we change?")),
]
FOLLOW_UP = [
    Asked("still_in_post", Kind.YES_NO, _("Do you still work in a post concerned with migration?")),
    Asked("used", Kind.SCALE, _("I have used in my work what I learned.")),
    Asked("better", Kind.SCALE, _("I do my work better or more confidently than before.")),
    Asked("shared", Kind.SCALE, _("I have passed on to colleagues what I learned.")),
    Asked("supported", Kind.SCALE, _("My superiors help me to use what I learned.")),
    Asked("example", Kind.TEXT, _("Please give an example of what you do differently now.")),
    Asked("obstacle", Kind.TEXT, _("What keeps you from using more of it?")),
]
SUPERVISOR = [
    Asked(
        "still_in_post",
        Kind.YES_NO,
        _("Does this colleague still work in a post concerned with migration?"),
    ),
    Asked("used", Kind.SCALE, _("This colleague uses in their work what they learned.")),
    Asked("better", Kind.SCALE, _("This colleague does their work better than before.")),
    Asked("shared", Kind.SCALE, _("This colleague has passed on to others what they learned.")),
    Asked("example", Kind.TEXT, _("Please give an example of what has changed.")),
    Asked("need", Kind.TEXT, _("What further training would your staff need?")),
]
FIXED = {Survey.Kind.END: END, Survey.Kind.FOLLOW_UP: FOLLOW_UP, Survey.Kind.SUPERVISOR: SUPERVISOR}


def asked(survey: Survey) -> list[Asked]:
    own: Iterable[SurveyQuestion] = survey.own_questions.all()
    return [
        *FIXED[Survey.Kind(survey.kind)],
        *(Asked(f"own-{question.pk}", question.kind, question.text) for question in own),
    ]
