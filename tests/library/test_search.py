import pytest
from django.utils.translation import override

from library.filters import ItemFilter
from library.models import Item
from library.search import find, in_order
from tests import make

pytestmark = pytest.mark.django_db


def slugs(typed):
    found = in_order(find(Item.objects.published(), typed), "relevance")
    return [item.slug for item in found]


@pytest.mark.parametrize(
    "typed",
    ["əmək miqrasiyası", "emek miqrasiyasi", "ƏMƏK MİQRASİYASI", "Emek", "miqrasiya", "əmək"],
)
def test_azerbaijani_is_found_with_and_without_its_letters(typed):
    make.item(slug="labour", title_en=None, title_az="Əmək miqrasiyasının idarə edilməsi")
    make.item(slug="other", title_en="Border management")

    assert slugs(typed) == ["labour"]


@pytest.mark.parametrize("typed", ["миграция", "миграции", "МИГРАЦИЮ", "трудовой миграцией"])
def test_russian_words_are_found_in_every_case(typed):
    make.item(slug="labour", title_en=None, title_ru="Трудовая миграция в регионе")
    make.item(slug="other", title_en="Border management")

    assert slugs(typed) == ["labour"]


def test_english_words_are_found_by_their_stem():
    make.item(slug="borders", title_en="Managing borders")

    assert slugs("border managed") == ["borders"]


def test_all_words_must_occur_and_a_minus_takes_away():
    make.item(slug="both", title_en="Migration and borders")
    make.item(slug="one", title_en="Migration and labour")

    assert slugs("migration borders") == ["both"]
    assert slugs("migration -borders") == ["one"]


def test_a_phrase_keeps_its_order():
    make.item(slug="phrase", title_en="Labour migration")
    make.item(slug="words", title_en="Migration of labour inspectors")

    assert slugs('"labour migration"') == ["phrase"]


def test_an_author_is_found_together_with_a_word_of_the_title():
    make.item(slug="hers", title_en="Return", authors=["Həsənova, Dilarə"])

    assert slugs("hesenova return") == ["hers"]


def test_a_title_counts_more_than_an_abstract():
    make.item(slug="abstract", title_en="Something", abstract_en="All about remittances.")
    make.item(slug="title", title_en="Remittances")

    assert slugs("remittances") == ["title", "abstract"]


@pytest.mark.parametrize(
    "typed", ["'", "a & | ! :*", "()", '"', "-", "--", "\\", "%", "-'x", "<->", "🙂", "a" * 200]
)
def test_odd_characters_are_words_or_nothing_never_an_error(typed):
    make.item()

    slugs(typed)


def test_titles_sort_by_the_alphabet_of_the_reader():
    make.item(slug="e", title_az="Ev", title_en="House")
    make.item(slug="schwa", title_az="Əmək", title_en="Labour")
    make.item(slug="f", title_az="Fakt", title_en="Fact")

    with override("az"):
        in_az = [item.slug for item in in_order(find(Item.objects.all(), ""), "title")]
    with override("en"):
        in_en = [item.slug for item in in_order(find(Item.objects.all(), ""), "title")]

    assert in_az == ["e", "schwa", "f"]
    assert in_en == ["f", "e", "schwa"]


def test_each_filter_keeps_what_it_says():
    match = make.item(
        type="book", languages=["az", "ru"], year=2020, objectives=[11, 12], countries=["AZ"]
    )
    make.item(type="report", year=2010, objectives=[1], countries=["GE"])

    for query in [
        {"type": "book"},
        {"language": "ru"},
        {"objective": "11"},
        {"country": "AZ"},
        {"year_from": "2015"},
        {"year_from": "2020", "year_to": "2020", "type": "book", "objective": "12"},
    ]:
        assert list(ItemFilter(query).apply(Item.objects.all())) == [match], query


def test_counts_stand_beside_choices_and_ignore_their_own_filter():
    make.item(type="book", objectives=[1, 2], languages=["az", "en"])
    make.item(type="report", objectives=[2], languages=["en"])

    form = ItemFilter({"type": "book"})
    form.count_choices(Item.objects.published())

    assert choices(form, "type") == {"": "Any", "report": "report (1)", "book": "book (1)"}
    assert set(choices(form, "objective")) == {"", "1", "2"}
    assert choices(form, "objective")["2"].endswith("(1)")
    assert set(choices(form, "language")) == {"", "az", "en"}


def choices(form, name):
    with override("en"):
        return {value: str(label) for value, label in form.fields[name].choices}
