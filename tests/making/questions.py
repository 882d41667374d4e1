"""Questions of an application form, answers and drafts."""

import io
import itertools
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make
from trainings.consenting import SIGNER
from trainings.models import (
    Answer,
    Application,
    ApplicationDraft,
    Choice,
    GuardianConsent,
    Question,
    Training,
)

NUMBERS = itertools.count(1)


def question(within: Training, key: str = "", choices: str = "", **fields: Any) -> Question:
    """A short text, or one of the choices named in one string; sensitive with a period given."""
    number = next(NUMBERS)
    key = key or f"question-{number}"
    dull = {"kind": "choice" if choices else "short", "position": number}
    fields.setdefault("asks_sensitive", bool(fields.get("keep_days")))
    texts = make.in_all(label=f"About {key}?")
    made = Question.objects.create(training=within, key=key, **(dull | texts | fields))
    for position, name in enumerate(choices.split()):
        label = make.in_all(label=name.capitalize())
        Choice.objects.create(question=made, key=name, position=position, **label)
    return made


def answer(of: Application, to: Question, value: Any = "So", **fields: Any) -> Answer:
    return Answer.objects.create(application=of, question=to, value=value, **fields)


def guardian(of: Application, **fields: Any) -> GuardianConsent:
    dull = {"born_on": "2012-01-01", "name": "Mother", "email": "mother@example.org"}
    return GuardianConsent.objects.create(application=of, **(dull | {"language": "en"} | fields))


def picture(name: str = "me.png") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    held = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(held, "PNG")
    return SimpleUploadedFile(name, held.getvalue(), content_type="image/png")


def gate_objects(user: Any) -> dict[str, Any]:
    """What the table of addresses names: a file answered, a draft, a guardian's link."""
    person = user.person
    of = make.application(make.training(minimum_age=14), person)
    path = default_storage.save("answers/cv.png", picture())
    kept = answer(of, question(of.training, kind="file"), "cv.png", file=path)
    draft = ApplicationDraft.objects.create(training=make.training(), person=person)
    link = SIGNER.sign(guardian(of).secret)
    return {"answer": kept.pk, "application_draft": draft.pk, "guardian": link}
