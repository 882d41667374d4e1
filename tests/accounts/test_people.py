import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from rtcm.accounts.models import Person, PersonEmail
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["Алиев", "aliyev anar", "ƏLİYEV", "eliyev", "Anar"])
def test_a_person_is_found_however_the_name_is_spelled(words):
    anar = make.person("Anar Əliyev")
    make.person("Nino Beridze")

    assert list(Person.objects.matching(words)) == [anar]


def test_people_stand_in_azerbaijani_order():
    names = ["Zaur", "Çingiz", "Cavid", "Əli", "Xədicə", "Həsən", "İlqar"]
    for name in names:
        make.person(name)

    assert [person.full_name for person in Person.objects.all()] == [
        "Cavid", "Çingiz", "Əli", "Həsən", "Xədicə", "İlqar", "Zaur",
    ]  # fmt: skip


def test_a_changed_name_is_found_by_its_new_spelling():
    person = make.person("Anar Əliyev")

    person.full_name = "Anar Məmmədov"
    person.save()

    assert list(Person.objects.matching("mammadov")) == [person]
    assert list(Person.objects.matching("aliyev")) == []


def test_people_made_in_bulk_are_found_too():
    Person.objects.bulk_create([Person(full_name="Günel İsmayılova")])

    assert Person.objects.matching("Исмаилова").count() == 1


def test_a_person_without_an_address_has_none():
    assert make.person("Anar").address == ""


def test_letters_go_to_the_newest_proven_address():
    person = make.person("Anar", email="old@example.org")
    person.emails.create(email="new@example.org", verified_at=timezone.now())
    person.emails.create(email="typed@example.org")

    assert person.address == "new@example.org"


def test_an_address_belongs_to_one_person_in_any_spelling():
    make.person("Anar", email="Anar@Example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonEmail.objects.create(person=make.person("Other"), email="ANAR@example.ORG")
    assert PersonEmail.objects.get().email == "anar@example.org"


def test_the_capital_i_of_an_address_is_the_latin_one():
    person = make.person("Ilham", email="ILHAM@EXAMPLE.ORG")

    assert PersonEmail.objects.get(email="Ilham@example.org").person == person


def test_a_name_in_another_script_asks_for_one_in_latin_letters():
    with pytest.raises(ValidationError) as refusal:
        Person(full_name="Анар Алиев").full_clean()

    assert list(refusal.value.message_dict) == ["certificate_name"]


@pytest.mark.parametrize("name", ["Anar Əliyev", "Ayşe Yılmaz", "O’Neil (Jr.)", "Tô Ngọc Vân"])
def test_latin_letters_of_every_language_may_stand_on_a_certificate(name):
    Person(full_name="Анар", certificate_name=name).full_clean()


@pytest.mark.parametrize("name", ["Анар", "Anar1", "Anar\n", "Aнar", "<b>Anar</b>"])
def test_other_letters_may_not_stand_on_a_certificate(name):
    with pytest.raises(ValidationError):
        Person(full_name="Anar", certificate_name=name).full_clean()


def test_an_institution_is_chosen_or_written_not_both():
    ministry = make.institution(name="Ministry of Labour")
    person = Person(full_name="Anar", institution=ministry, institution_name="Other")

    with pytest.raises(ValidationError, match="not both"):
        person.full_clean()
    assert make.person("A", institution=ministry).institution_label == "Ministry of Labour"
    assert make.person("B", institution_name="Small office").institution_label == "Small office"
    assert make.person("C").institution_label == ""
