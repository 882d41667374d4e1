"""The letters that reached the mail server of the site."""

import re
from dataclasses import dataclass

from tests.browser.inspecting import PYTHON, english_among
from tests.browser.site import PATIENCE, Site
from tests.smtp_sink import Letter, wait_until


@dataclass(frozen=True)
class Found:
    letter: Letter
    words: str  # what the pattern found in it

    def wrong_words(self, language: str) -> list[str]:
        """What should not stand in a letter of this language; none when all is well."""
        html = self.letter.text("html")
        lines = [self.letter.parsed["Subject"], *self.letter.text().splitlines()]
        found = [] if f'<html lang="{language}"' in html else ["the language of its HTML"]
        return found + PYTHON.findall(f"{html} {lines}") + english_among(lines, language)


def wait_for_letter(site: Site, to: str, pattern: str, about: str = "") -> Found:
    """The newest letter to this person in which the pattern occurs; it may still be on its way."""
    wait_until(lambda: _found(site, to, pattern, about), PATIENCE)
    return _found(site, to, pattern, about)[-1]


def _found(site: Site, to: str, pattern: str, about: str) -> list[Found]:
    letters = [
        letter
        for letter in site.sink.letters
        if letter.to == f"{to}@example.org" and about in letter.parsed["Subject"]
    ]
    matches = [(letter, re.search(pattern, letter.text(), re.MULTILINE)) for letter in letters]
    return [Found(letter, match.group()) for letter, match in matches if match]
