"""Graduates, roll-outs, interpreters and letters for tests."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone

from rtcm.accounts.models import Person
from tests import make
from trainings import alumni, rolling_out
from trainings.models import Call, Certificate, Interpreter, RollOut, Training
from trainings.rolling_out import Told


def training_of_trainers(**fields: Any) -> Training:
    """Held two months ago, with one module."""
    dull = {"kind": "training_of_trainers", "in_days": -60, "modules": [make.module()]}
    return make.training(**(dull | fields))


def graduation(
    within: Training | None = None, of: Person | None = None, tier: str = "trainer", **fields: Any
) -> Certificate:
    """A trainer certificate, unless another tier is said; `fields` are the application's."""
    within = within or training_of_trainers()
    application = make.application(within, of, state="attended", **fields)
    return make.certificate(application, tier=tier)


def told(within: Training, **fields: Any) -> Told:
    """Ten women and eight men of a migration agency, last week in Ganja."""
    dull = {
        "on": within.starts_on + datetime.timedelta(days=7),
        "country": make.country("AZ"),
        "city": "Ganja",
        "modules": list(within.modules.all()),
        "hours": Decimal(4),
        "reached": {("migration_agency", "female"): 10, ("migration_agency", "male"): 8},
    }
    return Told(**(dull | fields))


def roll_out(by: Any, of: Certificate, checked: bool = False, **fields: Any) -> RollOut:
    said = told(of.application.training, **fields)
    made = rolling_out.log(of, said, by=by, token=uuid.uuid4())
    return rolling_out.check(made, by=None) if checked else made


def interpreter(name: str = "Ilaha", *pairs: tuple[str, str], **fields: Any) -> Interpreter:
    made = Interpreter.objects.create(name=name, **fields)
    for pair in pairs or [("az", "en")]:
        first, second = sorted(pair)
        made.pairs.create(first=first, second=second)
    return made


def gate_objects(amina: Any) -> dict[str, int]:
    """What the table of addresses calls roll-out, listed and call; amina is a graduate."""
    someone = make.person("Listed Alumna")
    make.application(make.training(in_days=-20), someone, state="attended")
    alumni.join(someone, shows=[], about="")
    call = Call.objects.create(
        training=make.training(), text="Who trains?", closes_on=timezone.localdate()
    )
    return {
        "roll-out": roll_out(amina, graduation(of=amina.person)).pk,
        "listed": someone.pk,
        "call": call.pk,
    }
