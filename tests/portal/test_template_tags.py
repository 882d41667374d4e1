import datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import formats
from django.utils.translation import override

from curriculum.models import Objective
from rtcm.portal.templatetags.cards import card, card_list, card_of, cards
from rtcm.portal.templatetags.pages import initials, page_languages, path_in, query_with, select
from rtcm.portal.templatetags.translated import translated, unofficial
from tests import make
from trainings.filters import TrainingFilter
from trainings.models import Training


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
    make.objective(1)

    with override("en"):
        first = card("portal/_dial.html", objectives=Objective.objects.all(), counts={1: 2})
        again = card("portal/_dial.html", objectives=Objective.objects.all(), counts={1: 2})
        fewer = card("portal/_dial.html", objectives=Objective.objects.all(), counts={1: 1})

    assert again is first
    assert fewer != first
    assert len(cards) == 2


@pytest.fixture
def no_minute_ends(monkeypatch):
    monkeypatch.setattr("rtcm.portal.templatetags.cards.LIFE", 10**10)


def list_of(rows) -> str:
    with override("en"):
        return card_list("trainings/_card.html", rows, brief=False)


@pytest.mark.django_db
def test_a_list_of_cards_asks_only_for_their_states_once_they_are_made(
    django_assert_num_queries, no_minute_ends
):
    make.training(title="First")
    make.training(title="Second")
    with django_assert_num_queries(2):
        first = list_of(Training.objects.order_by("pk"))

    with django_assert_num_queries(1):
        again = list_of(Training.objects.order_by("pk"))

    assert again == first
    assert first.index("First") < first.index("Second")


@pytest.mark.django_db
def test_a_card_follows_its_record_and_its_seats():
    training = make.training(title="First", seats=2)
    rows = Training.objects.filter(pk=training.pk)
    assert "2 seats left" in list_of(rows)

    make.application(training, make.person(), "confirmed")
    assert "1 seat left" in list_of(rows)

    training.title_en = "Second"
    training.save()
    assert "Second" in list_of(rows)


@pytest.mark.django_db
def test_no_rows_make_no_cards():
    assert list_of(Training.objects.none()) == ""


@pytest.mark.django_db
def test_a_piece_about_a_record_asks_for_the_rest_only_when_it_is_rendered(
    django_assert_num_queries, no_minute_ends
):
    training = make.training(title="First")
    make.session(training)
    rest = {"modules": [], "countries": []}

    with override("en"):
        first = card_of(
            "trainings/_content.html", training, sessions=training.sessions.all(), **rest
        )
        with django_assert_num_queries(0):
            again = card_of(
                "trainings/_content.html", training, sessions=training.sessions.all(), **rest
            )
        other = card_of("trainings/_content.html", training, True, sessions=[], **rest)

    assert '<table class="agenda">' in first
    assert again is first
    assert "<table>" not in other


def test_english_dates_put_the_day_first_and_count_24_hours():
    evening = datetime.datetime(2026, 12, 1, 18, 5, tzinfo=datetime.UTC)

    with override("en"):
        short = formats.date_format(evening, "SHORT_DATETIME_FORMAT")
        long = formats.date_format(evening, "DATETIME_FORMAT")

    assert short == "01.12.2026 18:05"
    assert long == "1 December 2026, 18:05"
