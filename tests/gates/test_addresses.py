"""Every address answers each kind of person as the table says; an address not in it fails."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from tests import make
from tests.gates.addresses import PEOPLE, TABLE
from tests.making import credentials, nominations, outreach, questions, seats, testing, travel
from tests.making.papers import paper


def names(resolver: Any, namespace: str = "") -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name}")
        elif entry.namespace != "admin":
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found += names(entry, inner)
    return found


def test_no_address_is_missing_from_the_table():
    listed = {name for name, _arguments, _answers in TABLE}

    assert set(names(get_resolver())) == listed


@pytest.fixture
def objects(amina, dilara, emil, settings, tmp_path):
    """The rows that the table's words stand for, by word."""
    settings.MEDIA_ROOT = tmp_path
    settings.CREDENTIAL_KEYS = credentials.key_folder(tmp_path)
    make.country("AZ")
    make.principle("a")
    training = make.training(slug="published", objectives=[11])
    make.training(slug="draft", status="draft")
    attended = make.application(make.training(in_days=-9), amina.person, state="attended")
    make.module(slug="module", published=True)
    make.module(slug="draft-module")
    make.item(slug="draft-item", published=False)
    make.expert(dilara.person, slug="expert", published=True)
    make.expert("Somebody else", slug="draft-expert")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    certificate = make.certificate(attended, path="paper.pdf")
    return (
        outreach.gate_objects(amina)
        | nominations.gate_objects(emil)
        | questions.gate_objects(amina)
        | testing.gate_objects(amina)
        | travel.gate_objects(amina)
        | {
            "application": make.application(training, amina.person).pk,
            "certificate": certificate.code,
            "key": credentials.signed(certificate, archive="paper.pdf").key_id,
            "paper": paper(application=attended, path="paper.pdf").code,
            "invitation": seats.invitation(training).get_absolute_url().split("/")[-2],
            "file": make.file(make.item(slug="item")).pk,
            "network-file": make.file(make.item(access="network")).pk,
        }
    )


def address(name: str, arguments: str, objects: dict[str, Any]) -> str:
    pairs = dict(argument.split(":", 1) for argument in arguments.split())
    with translation.override("en"):
        return reverse(name, kwargs={key: objects.get(word, word) for key, word in pairs.items()})


def status(client: Client, path: str) -> int:
    answer = client.get(path)
    for close in answer._resource_closers:  # as a server does; the test client's close() would
        close()  # also end the database connection
    return answer.status_code


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_table_says(person, objects, request, client, settings):
    settings.STAFF_SECOND_FACTOR = False  # what staff without one get has tests of its own
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))
    column = PEOPLE.index(person)

    answers = {
        (name, arguments): status(client, address(name, arguments, objects))
        for name, arguments, _row in TABLE
    }

    expected = {(name, arguments): int(row.split()[column]) for name, arguments, row in TABLE}
    assert answers == expected
