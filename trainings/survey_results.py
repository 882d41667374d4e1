"""What an evaluation found: counts, means and texts, never fewer than five answers of anonymous
people, and not before it has closed (a sum read twice would tell the answer in between).

Every page and every export reads results from here, and from nowhere else.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

from django.utils.translation import gettext as _

from trainings.models import SupervisorAnswer, Survey, SurveyAnswer, SurveyQuestion
from trainings.survey_questions import Asked, asked

FEWEST = SurveyAnswer.FEWEST
chance = random.SystemRandom()
Answers = dict[str, str]


@dataclass(frozen=True)
class Bar:
    label: str
    n: int
    percent: int


@dataclass(frozen=True)
class Found:
    """The answers to one question; `hidden` where fewer than five people answered it."""

    question: Asked
    n: int = 0
    bars: list[Bar] = field(default_factory=list)
    mean: float | None = None
    texts: list[str] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True)
class Group:
    """Of those who answered yes, or no, to one question: the mean of each scale."""

    label: str
    n: int
    means: list[tuple[Asked, float | None]]


@dataclass(frozen=True)
class Results:
    survey: Survey
    asked: int
    answered: int
    why_hidden: str = ""
    found: list[Found] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def rate(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 0

    @property
    def compared(self) -> list[tuple[Asked, list[float | None]]]:
        """The groups side by side, scale by scale."""
        columns = [[mean for _scale, mean in group.means] for group in self.groups]
        scales = [scale for scale, _mean in self.groups[0].means] if self.groups else []
        return [(scale, [side[row] for side in columns]) for row, scale in enumerate(scales)]


def results(survey: Survey) -> Results:
    """Everything that may be shown about one evaluation."""
    answers = _answers(survey)
    people = survey.guests.count()
    answered = survey.guests.filter(answered=True).count()
    if why := _why_hidden(survey, len(answers)):
        return Results(survey, people, answered, why)
    found, groups = worked_out(asked(survey), answers, FEWEST if survey.is_anonymous else 1)
    return Results(survey, people, answered, "", found, groups)


def worked_out(
    questions: list[Asked], answers: list[Answers], fewest: int, split_by: str = "still_in_post"
) -> tuple[list[Found], list[Group]]:
    """By question, and of the scales for those who said yes and those who said no to one."""
    found = [_found(question, answers, fewest) for question in questions]
    return found, _groups(questions, answers, split_by, fewest)


def _answers(survey: Survey) -> list[Answers]:
    if survey.is_anonymous:
        return list(survey.answers.values_list("answers", flat=True))
    rows = SupervisorAnswer.objects.filter(guest__survey=survey)
    return list(rows.values_list("answers", flat=True))


def _why_hidden(survey: Survey, answers: int) -> str:
    if not survey.is_anonymous:
        return "" if answers else _("Nobody has answered yet.")
    if not survey.has_closed:
        return _("The results are shown when the evaluation has closed.")
    if answers < FEWEST:
        return _("Fewer than five people answered, so the results stay hidden.")
    return ""


def _found(question: Asked, answers: list[Answers], fewest: int) -> Found:
    given = [row[question.key] for row in answers if row.get(question.key)]
    if question.kind == SurveyQuestion.Kind.TEXT:
        chance.shuffle(given)  # everybody who answered may have written each of them
        return Found(question, len(given), texts=given)
    counted = [value for value in given if value in question.choices]
    if len(counted) < fewest:
        return Found(question, hidden=True)
    return Found(question, len(counted), _bars(question, counted), _mean(question, counted))


def _bars(question: Asked, values: list[str]) -> list[Bar]:
    return [
        Bar(str(label), values.count(value), round(100 * values.count(value) / len(values)))
        for value, label in question.choices.items()
    ]


def _mean(question: Asked, values: Iterable[str]) -> float | None:
    if question.kind != SurveyQuestion.Kind.SCALE:
        return None
    return fmean(int(value) for value in values)


def _groups(questions: list[Asked], answers: list[Answers], key: str, fewest: int) -> list[Group]:
    """Means of each scale among those who said yes and those who said no.

    If one side is too small, none is shown: it could be worked out from the whole and the rest.
    """
    split = next((question for question in questions if question.key == key), None)
    if split is None:
        return []
    sides = [[row for row in answers if row.get(key) == value] for value in split.choices]
    rest = [row for row in answers if row.get(key) not in split.choices]
    if any(0 < len(rows) < fewest for rows in [*sides, rest]):
        return []
    scales = [question for question in questions if question.kind == SurveyQuestion.Kind.SCALE]
    means = [(question, _means(question, [*sides, rest], fewest)) for question in scales]
    return [
        Group(str(label), len(sides[place]), [(scale, side[place]) for scale, side in means])
        for place, label in enumerate(split.choices.values())
        if sides[place]
    ]


def _means(question: Asked, parts: list[list[Answers]], fewest: int) -> list[float | None]:
    """Of each part; of none where one of them is small enough to be worked out."""
    values = [
        [int(row[question.key]) for row in rows if row.get(question.key) in question.choices]
        for rows in parts
    ]
    if any(0 < len(part) < fewest for part in values):
        return [None] * len(parts)
    return [fmean(part) if part else None for part in values]
