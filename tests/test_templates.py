"""What no template may contain, and what every piece must say of itself."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

ROOT = Path(settings.BASE_DIR)
PAGES = [
    path for path in sorted((ROOT / "templates").rglob("*.html")) if "unfold" not in path.parts
]
PIECES = [path for path in PAGES if path.name.startswith("_")]
LETTERS = {"emails"}  # mail programs know no stylesheet
DOCUMENTS = {"certificate.html"}  # rendered to PDF, never served


def named(path):
    return str(path.relative_to(ROOT))


SERVED = [path for path in PAGES if path.name not in DOCUMENTS and not LETTERS & set(path.parts)]


@pytest.mark.parametrize("path", SERVED, ids=named)
def test_no_template_writes_a_style_a_script_or_a_handler_inline(path):
    text = path.read_text()

    assert re.findall(r"\sstyle\s*=|<style", text) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", text) == []
    assert re.findall(r"javascript:", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if " src=" not in tag] == []


@pytest.mark.parametrize("path", PIECES, ids=named)
def test_every_piece_says_what_it_needs(path):
    assert path.read_text().startswith("{% comment %} Needs: ")


@pytest.mark.parametrize("path", SERVED, ids=named)
def test_no_template_asks_another_host(path):
    pattern = r"<(?:link|script|img|source|iframe)[^>]*?(?:src|href)=\"(?:https?:)?//"

    assert re.findall(pattern, path.read_text()) == []


def test_the_base_page_stays_under_a_hundred_lines():
    assert len((ROOT / "templates/base.html").read_text().splitlines()) < 100


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_an_error_page_stands_without_request_or_database(name):
    html = render_to_string(f"{name}.html")

    assert html.count("<h1>") == 1
    assert 'href="/"' in html
