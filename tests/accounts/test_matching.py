"""Who a name may already be, across alphabets, spellings, orders and patronymics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtcm.accounts.matching import LEAST, alike, likely
from tests import make

SAME = [
    ("Əliyev Rəşad", "Aliyev Rashad"),
    ("Əliyev Rəşad", "Алиев Рашад"),
    ("Rashad Aliyev", "ƏLİYEV RƏŞAD"),
    ("Гульнара Мамедова", "Gülnarə Məmmədova"),
    ("Иванов Пётр Сергеевич", "Petr Ivanov"),
    ("Əliyev Rəşad Kamal oğlu", "Rashad Aliyev"),
    ("Quliyeva Nigar Əli qızı", "Кулиева Нигяр"),
    ("Cəfərov Hüseyn", "Dzhafarov Guseyn"),
    ("Шевченко Олександр Іванович", "Oleksandr Shevchenko"),
    ("R. Aliyev", "Rashad Aliyev"),
]
OTHERS = [
    ("Rashad Aliyev", "Nigar Aliyeva"),
    ("Rashad Aliyev", "Rashad Mammadov"),
    ("Иванов Пётр", "Петров Иван"),
    ("Aliyev", "Rashad Aliyev"),
    ("", "Rashad Aliyev"),
    ("Leyla Hasanova", "Leyla Huseynova"),
]
GIVEN = ["Rəşad", "Nigar", "Gülnarə", "Aydın", "Əli", "Şəhla", "Çingiz", "Xədicə", "Ötkəm", "Jalə"]
FAMILY = ["Əliyev", "Məmmədova", "Quliyev", "Hüseynli", "Xəlilova", "Cəfərov", "İsmayılzadə"]
ONE = st.sampled_from(GIVEN)
OTHER = st.sampled_from(FAMILY)
PLAIN = str.maketrans("əƏşŞçÇöÖüÜğĞıİ", "eEsScCoOuUgGiI")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_alike(one, other):
    score, why = alike(one, other)

    assert score >= LEAST
    assert why


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_of_two_people_are_not(one, other):
    assert alike(one, other)[0] < LEAST


@given(ONE, OTHER)
def test_no_order_no_case_and_no_mark_hides_a_name(given_name, family_name):
    name = f"{given_name} {family_name}"
    others = [f"{family_name} {given_name}", name.upper(), name.translate(PLAIN), f" {name},"]

    assert {alike(name, other)[0] >= 0.85 for other in others} == {True}


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_get_one_judgement_from_both_sides(one, other):
    score = alike(one, other)[0]

    assert 0 <= max(score, 0) <= 0.9
    assert (score >= LEAST) == (alike(other, one)[0] >= LEAST)


def test_the_same_address_decides_over_a_name(db):
    amina = make.person("Amina Qasımova", "amina@example.org")

    found = likely("A. Petrova", email="Amina@Example.org ")

    assert [(each.person, each.score) for each in found] == [(amina, 1.0)]
    assert found[0].why[0] == "the same e-mail address"


def test_the_likeliest_comes_first_and_the_country_counts(db):
    here = make.person("Rəşad Əliyev", country=make.country("AZ"))
    there = make.person("Рашад Алиев", country=make.country("KZ"))
    make.person("Nigar Məmmədova", country=make.country("AZ"))

    found = likely("Aliyev Rashad", country="KZ")

    assert [each.person for each in found] == [there, here]
    assert found[0].why == ["the same name in another order", "the same country"]
    assert found[1].why == ["the same name in another order", "another country"]


def test_a_name_in_another_script_is_looked_at_too(db):
    person = make.person("Амина Касымова", certificate_name="Amina Gasimova")

    assert [each.person for each in likely("Gasimova, Amina")] == [person]


def test_nobody_is_suggested_for_an_empty_or_new_name(db):
    make.person("Rəşad Əliyev")

    assert likely("") == []
    assert likely("Karl Marx") == []


@pytest.mark.parametrize("people", [1, 3])
def test_one_question_is_asked_however_many_are_alike(db, people, django_assert_num_queries):
    for _one in range(people):
        make.person("Rəşad Əliyev", country=make.country("AZ"))

    with django_assert_num_queries(1):
        found = likely("Rashad Aliyev", country="AZ")
        assert [str(each.person.country) for each in found] == ["Country AZ"] * people
