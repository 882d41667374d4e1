import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from curriculum.compact import load_gcm
from curriculum.models import Objective, Principle

pytestmark = pytest.mark.django_db


def test_the_compact_has_general_23_objectives_and_ten_principles():
    load_gcm()

    assert list(Objective.objects.values_list("number", flat=True)) == list(range(24))
    assert "".join(Principle.objects.values_list("letter", flat=True)) == "abcdefghij"


def test_the_paragraph_of_an_objective_is_its_number_plus_sixteen():
    load_gcm()

    numbered = Objective.objects.exclude(number=Objective.GENERAL)
    assert all(objective.paragraph == objective.number + 16 for objective in numbered)


def test_english_is_official_and_our_own_wording_is_marked():
    load_gcm()

    eleven = Objective.objects.get(number=11)
    assert eleven.title_en == "Manage borders in an integrated, secure and coordinated manner"
    assert eleven.unofficial == ["az", "ru"]


def test_every_objective_speaks_all_three_languages():
    load_gcm()

    fields = [f"{name}_{code}" for name in ("title", "label") for code in ("en", "az", "ru")]
    assert all(all(row) for row in Objective.objects.values_list(*fields))


def test_loading_twice_writes_nothing():
    load_gcm()

    assert load_gcm() == 0


def test_loading_again_keeps_what_staff_have_written(capsys):
    load_gcm()
    Objective.objects.filter(number=3).update(label_az="Bizim söz", title_ru=None)

    call_command("load_gcm")

    third = Objective.objects.get(number=3)
    assert third.label_az == "Bizim söz"
    assert third.title_ru.startswith("Предоставление точной")
    assert capsys.readouterr().out == "1 objectives and principles written.\n"


def test_there_is_no_objective_24():
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.create(number=24, title_en="One more", label_en="More")
