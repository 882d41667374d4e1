import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Refusals are read in English, whatever page was asked for last."""
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client, clara, english):
    """The coordinator's browser."""
    client.force_login(clara)
    client.cookies.load({"__Host-language": "en"})
    return client


@pytest.fixture
def browser(client, amina):
    """The participant's."""
    client.force_login(amina)
    return client
