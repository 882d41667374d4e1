"""The people of the tests, the same as the people of the demo."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from rtcm.portal.templatetags.cards import cards
from tests import make


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits of one test must not reach the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_cards():
    """Pieces of pages are kept for a minute, which is longer than a test."""
    cards.clear()


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences of models and verbs are compared in English, whatever the test before read."""
    with translation.override("en"):
        yield


@pytest.fixture
def client():
    """Reads English, where an address does not say otherwise."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def amina(db):
    """A participant."""
    return make.member("Amina Karimova")


@pytest.fixture
def boris(db):
    """Another participant."""
    return make.member("Boris Popov")


@pytest.fixture
def clara(db):
    """The coordinator."""
    return make.member("Clara Rossi", role="coordinator")


@pytest.fixture
def dilara(db):
    """An expert."""
    return make.member("Dilara Hasanova")


@pytest.fixture
def emil(db):
    """A focal point."""
    return make.member("Emil Mammadov")


@pytest.fixture
def farid(db):
    """The administrator."""
    return make.member("Farid Aliyev", role="administrator")


@pytest.fixture
def gunel(db):
    """The librarian."""
    return make.member("Gunel Ismayilova", role="librarian")


@pytest.fixture
def hasan(db):
    """The director."""
    return make.member("Hasan Guliyev", role="director")
