from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from rtcm.portal.templatetags.cards import card, cards
from rtcm.portal.templatetags.pages import initials, page_languages, path_in, query_with, select
from rtcm.portal.templatetags.translated import translated, unofficial
from tests import make
from trainings.filters import TrainingFilter


def page(path):
    return {"request": RequestFactory().get(path)}


@pytest.fixture
def thing():
    return SimpleNamespace(title_az="", title_en="Borders & people", title_ru="Границы")


def test_a_page_knows_itself_in_every_language_and_keeps_its_query():
    with override("en"):
        languages = page_languages(page("/en/trainings/?mode=online&page=2"))

    assert [language["path"] for language in languages] == [
        "/az/trainings/?mode=online&page=2",
        "/en/trainings/?mode=online&page=2",
        "/ru/trainings/?mode=online&page=2",
    ]
    assert [language["code"] for language in languages if language["current"]] == ["en"]


def test_the_canonical_address_keeps_only_the_page(settings):
    settings.SITE_ORIGIN = "https://rtcm.example"

    with override("en"):
        languages = page_languages(page("/en/trainings/?mode=online&page=2"))

    assert languages[1]["address"] == "https://rtcm.example/en/trainings/?page=2"


def test_an_address_without_a_language_leads_to_the_start_page():
    assert path_in("/feeds/x.atom", "ru") == "/ru/"


def test_paging_keeps_the_filters():
    assert query_with(page("/en/trainings/?q=a&page=3"), page=4) == "?q=a&page=4"
    assert query_with(page("/en/trainings/?page=3"), page="") == "?"


def test_a_text_of_the_readers_language_is_left_alone(thing):
    with override("ru"):
        assert translated(thing, "title") == "Границы"


def test_a_text_of_another_language_says_so(thing):
    with override("az"):
        html = translated(thing, "title")

    assert html.startswith('<span lang="en">Borders &amp; people</span> <span class="unofficial">')


def test_paragraphs_are_paragraphs_and_still_escaped():
    thing = SimpleNamespace(text_az="a < b\n\nc", text_en="", text_ru="")

    with override("az"):
        html = Template(
            "{% load translated %}{% translated thing 'text' paragraphs=True %}"
        ).render(Context({"thing": thing}))

    assert html == "<p>a &lt; b</p>\n\n<p>c</p>"


def test_nothing_in_any_language_is_nothing():
    thing = SimpleNamespace(title_az="", title_en="", title_ru=None)

    with override("az"):
        assert translated(thing, "title", paragraphs=True) == ""


def test_a_working_translation_is_marked_where_it_is_one():
    thing = SimpleNamespace(unofficial=["az"])

    with override("az"):
        assert "unofficial" in unofficial(thing)
    with override("en"):
        assert unofficial(thing) == ""


def test_initials_are_two_letters():
    assert initials("şəfiqə Əliyeva Murad") == "ŞƏ"
    assert initials("Madonna") == "M"


@pytest.mark.django_db
def test_a_filter_shows_what_was_chosen():
    html = select(TrainingFilter({"mode": "online"})["mode"])

    assert '<option value="online" selected>' in html
    assert html.count(" selected") == 1


@pytest.mark.django_db
def test_a_card_is_rendered_once_for_each_state_of_what_it_shows():
    cards.clear()
    training = make.training(title="First")
    made_of = {"closed": "", "past": False, "numbers": [1], "brief": False}

    with override("en"):
        first = card("trainings/_card.html", training=training, seats=2, **made_of)
        again = card("trainings/_card.html", training=training, seats=2, **made_of)
        fewer = card("trainings/_card.html", training=training, seats=1, **made_of)

    assert again is first
    assert fewer != first
    assert len(cards) == 2
