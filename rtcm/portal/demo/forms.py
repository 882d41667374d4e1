"""The demo's application forms: two trainings ask more, their applicants have answered, one draft.

Rows only, no letter is owed; all of it hangs on the demo's trainings and goes with them.
"""

import random

from rtcm.accounts.models import Person
from trainings import questions, retention
from trainings.models import Answer, ApplicationDraft, Question, Training

ASKED = {
    "identifying-and-referring-victims-of-trafficking": [
        *("work", "years", "knowledge", "pass-on", "diet", "diet-other", "access", "letter"),
    ],
    "training-of-trainers-regional-curriculum": ["work", "knowledge", "pass-on", "laptop", "cv"],
}
BEGUN = "training-of-trainers-regional-curriculum"
WORK = [
    "I interview applicants for residence permits and write the decisions.",
    "Я обучаю сотрудников пограничного контроля.",
    "Miqrantlara müraciət mərkəzində məsləhət verirəm.",
    "I collect and publish the monthly figures on migration.",
    "Я отвечаю за приём людей, пострадавших от торговли людьми.",
]
DIETS = ["nothing", "nothing", "nothing", "vegetarian", "halal", "other"]


def load_forms(named: dict[str, Person], chance: random.Random) -> int:
    """Adds questions and answers where there are none yet; returns the number of answers."""
    added = 0
    for slug, keys in ASKED.items():
        training = Training.objects.filter(slug=slug, is_demo=True).first()
        if training and not training.questions.exists():
            for key in keys:
                if not training.questions.filter(key=key).exists():
                    questions.add_usual(training, key)
            added += _answer(training, chance)
    begun = Training.objects.filter(slug=BEGUN, is_demo=True).first()
    amina = named.get("amina")
    if begun and amina and not begun.applications.filter(person=amina).exists():
        typed = {"understands": ["az", "en"], "q_work": [WORK[2]], "q_knowledge": ["some"]}
        ApplicationDraft.objects.get_or_create(
            training=begun, person=amina, defaults={"data": typed}
        )
    return added


def _answer(training: Training, chance: random.Random) -> int:
    asked = {question.key: question for question in training.questions.all()}
    answers = [
        Answer(
            application=application,
            question=asked[key],
            value=value,
            delete_after=retention.day_of_deletion(training, asked[key]),
        )
        for application in training.applications.order_by("pk")
        for key, value in _said(asked, chance).items()
    ]
    return len(Answer.objects.bulk_create(answers))


def _said(asked: dict[str, Question], chance: random.Random) -> dict[str, object]:
    said: dict[str, object] = {
        "work": chance.choice(WORK),
        "years": str(chance.randint(1, 20)),
        "knowledge": chance.choice(["new", "some", "some", "well"]),
        "pass-on": sorted(chance.sample(["colleagues", "materials", "national", "rules"], 2)),
        "diet": chance.choice(DIETS),
        "laptop": chance.choice(["yes", "yes", "no"]),
    }
    if said["diet"] == "other":
        said["diet-other"] = "No nuts, please."
    return {key: value for key, value in said.items() if key in asked}
