"""The whole demo site, read in each language: no dead link, no tag, no stray English."""

import gettext
import io
import re
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from rtcm.accounts.models import User
from rtcm.jobs.models import Message
from rtcm.portal.management.commands import load_demo
from tests import make
from trainings import seats

LANGUAGES = ["az", "en", "ru"]
COMMANDS = ["load_countries", "sync_roles", "load_gcm", "load_library", "load_history", "load_demo"]
LEFTOVERS = re.compile(r"\{mlang|\{\{|\{%|%\(\w+\)s|\bundefined\b")
ATTRIBUTES = ["alt", "aria-label", "placeholder", "title"]
FOLLOWED = 400  # pages a language at most; a calendar of filters has no end


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo's data, loaded once for all languages and taken away again."""
    with django_db_blocker.unblock():
        for command in COMMANDS:
            call_command(command, verbosity=0, stdout=io.StringIO())
        yield
        call_command("flush", interactive=False, verbosity=0)


def english_only(language: str) -> set[str]:
    """The interface's English sentences that read differently in this language."""
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog
    return {
        source.split("\x04")[-1]
        for source, text in catalogue.items()
        if isinstance(source, str) and text != source and re.search("[A-Za-z]{3}", source)
    }


def said(page: BeautifulSoup, language: str) -> set[str]:
    """Every text and spoken attribute that claims to be in the page's language."""
    texts = set()
    for node in page.find_all(string=True):
        parent = node.parent
        spoken_in = parent.find_parent(attrs={"lang": True}) if not parent.get("lang") else parent
        if parent.name not in {"script", "style"} and spoken_in and spoken_in["lang"] == language:
            texts.add(" ".join(node.split()))
    for tag in page.find_all(True):
        texts |= {tag[name] for name in ATTRIBUTES if tag.get(name)}
    return texts


def links(page: BeautifulSoup, prefix: str) -> list[str]:
    found = [urldefrag(tag["href"]).url for tag in page.find_all("a", href=True)]
    return [
        link
        for link in found
        if link.startswith(prefix) and not urlsplit(link).query and "/logout" not in link
    ]


def visit(client: Client, path: str, language: str) -> tuple[list[str], list[str]]:
    """The faults of one page, and where it leads."""
    answer = client.get(path)
    if answer.status_code not in {200, 302}:
        return [f"{path}: {answer.status_code}"], []
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        if answer.streaming:
            [close() for close in answer._resource_closers]
        return [], []
    page = BeautifulSoup(answer.text, "html.parser")
    return [f"{path}: {fault}" for fault in faults(page, language)], links(page, f"/{language}/")


def faults(page: BeautifulSoup, language: str) -> list[str]:
    text = page.get_text(" ")
    found = [f"leftover {match}" for match in LEFTOVERS.findall(text)]
    found += [f"None in {word!r}" for word in page.stripped_strings if word == "None"]
    if page.html and page.html.get("lang") != language:
        found.append(f"lang is {page.html.get('lang')}")
    if page.html and len(page.find_all("h1")) != 1:
        found.append(f"{len(page.find_all('h1'))} h1")
    if language != "en":  # in English it may be a word
        found += ["None"] * len(re.findall(r"\bNone\b", text))
        found += [f"English: {text!r}" for text in said(page, language) & english_only(language)]
    return found


def crawl(client: Client, language: str) -> tuple[list[str], set[str]]:
    waiting, seen, found = [f"/{language}/"], {f"/{language}/"}, []
    while waiting and len(seen) < FOLLOWED:
        wrong, onward = visit(client, waiting.pop(0), language)
        found += wrong
        fresh = [link for link in dict.fromkeys(onward) if link not in seen]
        seen |= set(fresh)
        waiting += fresh
    return found, seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_can_be_read_in_its_language(language, demo, db):
    found, seen = crawl(Client(), language)

    assert found == []
    assert len(seen) > 80


@pytest.mark.parametrize("person", ["amina", "dilara", "clara"])
@pytest.mark.parametrize("language", ["az", "ru"])
def test_ones_own_pages_can_be_read_in_their_language(language, person, demo, db):
    client = Client()
    client.login(email=f"{person}@example.org", password=load_demo.people.PASSWORD)
    paths = ["me/", "me/applications/", "me/certificates/", "me/profile/", "me/privacy/"]
    paths += ["me/expert/", "trainings/humanitarian-border-management/apply/", "accounts/email/"]

    found = {path: visit(client, f"/{language}/{path}", language)[0] for path in paths}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_in_the_language_of_who_gets_them(language, demo, db):
    clara = User.objects.get(email="clara@example.org")
    training = make.training(seats=1, route="selection")
    person = make.person("Reader", "reader@example.org", language=language)
    application = make.application(training, person, language=language)
    seats.offer(application, by=clara)
    seats.withdraw(application, by=clara)

    letters = Message.objects.filter(to="reader@example.org")

    assert {letter.language for letter in letters} == {language}
    for letter in letters:
        assert not LEFTOVERS.search(f"{letter.subject} {letter.body_text} {letter.body_html}")
        if language != "en":
            assert not english_only(language) & set(letter.body_text.splitlines())
