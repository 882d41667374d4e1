"""Pages that look across the rooms: home, objectives, countries, search, my page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from rtcm.portal.figures import recount
from rtcm.portal.models import PublishedFigure
from tests import make

pytestmark = pytest.mark.django_db


def page(client, name, *arguments, language="en", **query):
    with translation.override(language):
        return client.get(reverse(name, args=arguments), query)


def test_the_bare_address_leads_to_azerbaijani_when_nothing_else_is_known():
    assert Client().get("/")["Location"] == "/az/"


def test_the_bare_address_follows_the_browser(client):
    assert client.get("/", headers={"accept-language": "ru-RU,ru;q=0.9"})["Location"] == "/ru/"


def test_the_bare_address_follows_the_language_of_the_profile(client, amina):
    amina.language = "ru"
    amina.save()
    client.force_login(amina)

    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ru/"


def test_the_home_page_shows_what_comes_next_and_dated_figures(client):
    make.training("Borders in practice")
    make.training("Long ago", in_days=-9)
    recount()

    answer = page(client, "portal:home")

    assert [row.title for row in answer.context["trainings"]] == ["Borders in practice"]
    assert answer.context["figures"].numbers["trainings"] == 1


def test_published_and_computed_figures_are_never_mixed(client):
    texts = make.in_all(label="trainings", value="more than 16")
    PublishedFigure.objects.create(as_of=2023, **texts)
    recount()

    answer = page(client, "portal:home")

    assert answer.context["figures"].numbers["trainings"] == 0
    assert "more than 16" in answer.text
    assert "2023" in answer.text


def test_an_objective_lists_its_module_training_expert_and_item(client):
    module = make.module("Border module", objectives=[11], published=True)
    training = make.training("Border training", modules=[module])
    item = make.item("Border report", objectives=[11])
    expert = make.expert("Border Expert", objectives=[11], published=True)
    make.item("Something else", objectives=[3])

    answer = page(client, "portal:objective_page", 11)

    assert list(answer.context["modules"]) == [module]
    assert list(answer.context["upcoming"]) == [training]
    assert list(answer.context["items"]) == [item]
    assert list(answer.context["experts"]) == [expert]


def test_search_looks_into_every_room_whatever_the_diacritics(client):
    training = make.training("Sərhədlərin idarə edilməsi")
    item = make.item("Sərhədlərin idarə edilməsi: hesabat")

    found = page(client, "portal:search", q="serhedlerin").context["found"]

    assert (found.trainings, found.items) == ([training], [item])


def test_an_expert_is_found_in_every_spelling_of_the_name(client):
    expert = make.expert("Leyla Əliyeva", published=True)

    for typed in ("Əliyeva", "aliyeva", "Eliyeva", "Алиева"):
        assert page(client, "portal:search", q=typed).context["found"].experts == [expert]


@pytest.mark.parametrize("typed", ["", "   ", "\0", "'", '"', "%", "a" * 5000, "& | ! ()"])
def test_no_search_breaks_the_page(client, typed):
    assert page(client, "portal:search", q=typed).status_code == 200


def test_a_countrys_footnote_stands_on_its_page(client):
    make.country("XK", **make.in_all(footnote="See resolution 1244 (1999)"))

    answer = page(client, "portal:country_page", "xk")

    assert "See resolution 1244 (1999)" in answer.text


def test_my_page_shows_the_offer_that_waits_for_an_answer(client, amina):
    make.application(make.training("Borders & law"), amina.person, state="offered")
    client.force_login(amina)

    answer = page(client, "portal:me")

    assert [row.training.title for row in answer.context["offers"]] == ["Borders & law"]
    assert escape("Borders & law") in answer.text


def test_my_page_begins_with_what_comes_next_however_long_ones_past_is(client, amina):
    for days in range(-30, -18):
        make.application(make.training(in_days=days), amina.person, state="attended")
    for days in (60, 5):
        make.application(make.training(f"In {days} days", in_days=days), amina.person)
    client.force_login(amina)

    answer = page(client, "portal:me")

    starts = [row.training.starts_on for row in answer.context["applications"]]
    assert [row.training.title for row in answer.context["applications"][:2]] == [
        "In 5 days",
        "In 60 days",
    ]
    assert starts[2:] == sorted(starts[2:], reverse=True)


def test_metrics_are_for_this_machine_only(client):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404


def test_robots_are_kept_off_private_pages(client):
    lines = client.get("/robots.txt").text.splitlines()

    assert {"Disallow: /admin/", "Disallow: /az/me/", "Disallow: /ru/certificates/"} <= set(lines)


def test_the_sitemap_names_every_language_of_a_training(client):
    make.training(slug="borders")

    answer = client.get("/sitemap-trainings.xml").text

    for code in ("az", "en", "ru"):
        assert f"/{code}/trainings/borders/" in answer
