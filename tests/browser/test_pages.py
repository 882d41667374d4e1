"""Every page in every language: readable by all, translated, and keeping to itself."""

import pytest

from tests.browser.inspecting import inaccessible, problems, wrong_words
from tests.browser.place import names_of_addresses
from tests.browser.places import NO_PAGES, PUBLIC, SIGNED_IN
from tests.browser.rooms import DESK


@pytest.fixture(scope="session")
def titles():
    """Which address was the first to have a title in a language."""
    return {}


@pytest.mark.parametrize("place", PUBLIC + SIGNED_IN, ids=str)
def test_a_page_is_accessible_and_wholly_in_its_language(visitors, titles, language, place):
    fresh = visitors.come(language, place.who, fresh=True) if place.fresh else None
    page = fresh or visitors.stay(language, place.who)
    path = place.path(language)

    answer = page.goto(path)

    assert (answer.status, page.url) == (place.status, visitors.site.origin + path)
    assert problems(page, language) == []
    if place.ours and place.status != 404:  # a link that leads nowhere has one page
        assert titles.setdefault((language, page.title()), place.name) == place.name


@pytest.mark.parametrize("place", DESK, ids=str)
def test_a_page_of_the_desk_is_accessible_and_in_the_language_of_its_reader(
    visitors, language, place
):
    page = visitors.stay(language, place.who)

    page.goto(place.path(language))

    assert wrong_words(page, language) + inaccessible(page, place.scope) == []


def test_every_address_of_people_is_looked_at_or_known_to_show_no_page():
    looked_at = {place.name for place in PUBLIC + SIGNED_IN}

    assert names_of_addresses() == looked_at | set(NO_PAGES)
    assert looked_at & set(NO_PAGES) == set()
