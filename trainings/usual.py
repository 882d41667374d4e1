"""Questions that many trainings ask, ready in every language; the desk adds them with one click."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from trainings.models import Question

Kind = Question.Kind


@dataclass(frozen=True)
class Usual:
    """`choices`: key to label; `shown_if`: key of another usual question and of its answer."""

    kind: str
    label: Any
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    required: bool = False
    shown_if: tuple[str, str] | None = None
    keep_days: int | None = None


USUAL: dict[str, Usual] = {
    "work": Usual(Kind.LONG, _("What do you do in your work on migration?"), required=True),
    "years": Usual(Kind.NUMBER, _("For how many years have you worked on migration?")),
    "knowledge": Usual(
        Kind.CHOICE,
        _("How well do you know the subject of this training?"),
        choices=(
            ("new", _("It is new to me")),
            ("some", _("I know the basics")),
            ("well", _("I work with it every day")),
            ("teach", _("I teach it")),
        ),
    ),
    "pass-on": Usual(
        Kind.SEVERAL,
        _("How will you pass on what you learn?"),
        choices=(
            ("colleagues", _("I train my colleagues")),
            ("national", _("I hold a national training")),
            ("materials", _("I write materials")),
            ("rules", _("I work on laws or procedures")),
        ),
    ),
    "diet": Usual(
        Kind.CHOICE,
        _("Is there anything you do not eat?"),
        help=_("For the kitchen only."),
        choices=(
            ("nothing", _("I eat everything")),
            ("vegetarian", _("I eat no meat")),
            ("halal", _("I eat halal food")),
            ("other", _("Something else")),
        ),
        keep_days=30,
    ),
    "diet-other": Usual(
        Kind.SHORT,
        _("What should the kitchen know?"),
        required=True,
        shown_if=("diet", "other"),
        keep_days=30,
    ),
    "access": Usual(
        Kind.LONG,
        _("What do you need in order to take part fully?"),
        help=_("Such as a step-free way, large print or an assistant."),
        keep_days=30,
    ),
    "laptop": Usual(
        Kind.CHOICE,
        _("Can you bring a laptop?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
    ),
    "cv": Usual(Kind.FILE, _("Your curriculum vitae")),
    "letter": Usual(Kind.FILE, _("A letter from your institution that supports you")),
    "photos": Usual(Kind.CONSENT, _("I agree that photographs of the training may show me.")),
}
