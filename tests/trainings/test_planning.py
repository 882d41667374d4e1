"""Planning a training: publish, postpone, move, cancel, copy, and the trail they leave."""

import pytest
from django.db import IntegrityError, transaction

from tests import make
from trainings.models import TrainingStep

pytestmark = pytest.mark.django_db


def test_a_step_of_planning_is_never_changed_nor_removed(clara):
    step = TrainingStep.objects.create(training=make.training(), deed="published", by=clara)

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        TrainingStep.objects.update(reason="Another one")
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        TrainingStep.objects.all().delete()

    step.refresh_from_db()
    assert step.reason == ""


def test_a_step_outlives_the_account_of_who_took_it(clara):
    step = TrainingStep.objects.create(training=make.training(), deed="published", by=clara)

    clara.delete()

    step.refresh_from_db()
    assert step.by is None
