import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from curriculum.compact import load_gcm
from curriculum.demo import load_demo_modules
from curriculum.forms import ModuleForm
from curriculum.models import Edition, Module, Objective
from tests import make

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


def test_putting_an_edition_in_force_supersedes_the_one_before():
    old, new = make.edition(in_force=True), make.edition()

    new.put_in_force(TODAY)

    old.refresh_from_db()
    assert (old.status, new.status) == ("superseded", "in_force")


def test_the_database_refuses_two_editions_in_force():
    make.edition(in_force=True)
    other = make.edition()

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=other.pk).update(status="in_force")


def test_a_module_takes_more_than_zero_hours():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.module(hours=0)


def test_a_code_stands_once_in_an_edition():
    module = make.module(code="M01")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.module(code="M01", edition=module.edition)


def test_a_module_covers_its_primary_and_its_secondary_objectives():
    module = make.module(objectives=[11, 4], secondary=[12])
    make.module(objectives=[1])

    assert module.objective_numbers == [4, 11, 12]
    assert list(Module.objects.covering(12)) == [module]
    assert list(Module.objects.covering(Objective.objects.get(number=4))) == [module]


def test_only_modules_in_force_are_published_and_superseded_ones_stay_readable(amina):
    past, now, draft = make.module(), make.module(), make.module()
    past.edition.put_in_force(TODAY)
    now.edition.put_in_force(TODAY)

    assert list(Module.objects.published()) == [now]
    assert set(Module.objects.visible_to(amina)) == {past, now}
    assert draft not in Module.objects.visible_to(None)


def test_prerequisites_must_not_go_in_a_circle():
    first, second, third = make.module(), make.module(), make.module()
    second.prerequisites.add(first)
    third.prerequisites.add(second)

    with pytest.raises(ValidationError, match="lead back"):
        first.check_prerequisites([third])
    third.check_prerequisites([first])


def test_a_module_is_not_its_own_prerequisite():
    module = make.module()

    with pytest.raises(ValidationError, match="its own"):
        module.check_prerequisites([module])


def test_the_form_asks_for_an_objective():
    form = ModuleForm({"title_en": "Something", "hours": "3"})

    assert "primary_objectives" in form.errors


def test_the_demo_curriculum_covers_most_objectives_and_leaves_gaps_in_sight():
    load_gcm()

    load_demo_modules()
    load_demo_modules()

    modules = Module.objects.published().for_cards()
    covered = {number for module in modules for number in module.objective_numbers}
    assert len(modules) == 12
    assert set(range(24)) - covered == {2, 13, 20, 22}


def test_the_demo_edition_never_pushes_a_real_one_aside():
    load_gcm()
    real = make.edition(in_force=True)

    load_demo_modules()

    assert Edition.objects.in_force().get() == real


def test_the_demo_speaks_all_three_languages():
    load_gcm()
    load_demo_modules()

    fields = [f"{name}_{code}" for name in ("title", "summary") for code in ("en", "az", "ru")]
    assert all(all(row) for row in Module.objects.values_list(*fields))
