"""What must be true of every page, whatever it shows."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.translation import trans_real
from playwright.sync_api import Page

from tests.browser.visitors import LANGUAGES

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
# Every text in the language of the page: what carries a `lang` of its own is labelled so.
READ = """() => {
  const ours = element => element && element.closest("[lang]") === document.documentElement;
  const words = [document.title], whole = "p, li, dd, label, legend, td, h1, h2, h3";
  const silent = "script, style, svg *, .material-symbols-outlined";  // icons are spelt as words
  for (const element of document.querySelectorAll(`body, body *:not(${silent})`)) {
    if (!ours(element)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE)
      words.push(node.data);
    if (element.matches(whole)) words.push(element.textContent);
    for (const name of ["alt", "aria-label", "placeholder", "title"])
      words.push(element.getAttribute(name) || "");
  }
  return {
    language: document.documentElement.lang,
    visible: document.body.innerText,
    words: [...new Set(words.map(text => text.replace(/\\s+/g, " ").trim()))],
  };
}"""
RUN_AXE = """async ([scope, rules]) => {
  const quickly = { reporter: "no-passes", resultTypes: ["violations"], preload: false };
  const found = await axe.run(scope, rules.length ? { ...quickly, runOnly: rules } : quickly);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}"""
OVERFLOW = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return "";
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
    element => element.getBoundingClientRect().right > root.clientWidth + 1);
  return `${root.scrollWidth} px: ${(wide.at(-1) || root).outerHTML.slice(0, 200)}`;
}"""
# The word as Python prints it; "None, or not listed" is an answer of the profile.
PYTHON = re.compile(r"\bNone\b(?!,| of )|\{mlang|\bTrue\b|\bFalse\b|%\(\w+\)s|\{\{|\{%")


def problems(page: Page, language: str) -> list[str]:
    """Everything that is wrong with one of our pages, at 390 px and at 320 px."""
    headings = page.locator("h1").count()
    found = [f"{headings} main headings"] if headings != 1 else []
    return found + wrong_words(page, language) + inaccessible(page) + too_wide(page)


def wrong_words(page: Page, language: str) -> list[str]:
    read = page.evaluate(READ)
    found = [f"Left over: {word}" for word in PYTHON.findall(read["visible"])]
    found += [f"lang={read['language']}"] if read["language"] != language else []
    found += [f"English: {text}" for text in english_among(read["words"], language)]
    return found


def inaccessible(page: Page, scope: str = "html") -> list[str]:
    """What axe finds, in the light and, as far as colours go, in the dark."""
    page.evaluate(AXE)
    found = [f"Light: {fault}" for fault in page.evaluate(RUN_AXE, [scope, []])]
    page.emulate_media(color_scheme="dark")
    found += [f"Dark: {fault}" for fault in page.evaluate(RUN_AXE, [scope, ["color-contrast"]])]
    page.emulate_media(color_scheme="light")
    return found


def too_wide(page: Page) -> list[str]:
    before = page.viewport_size or {"width": 390, "height": 844}
    page.set_viewport_size({"width": 320, "height": 640})
    overflow = page.evaluate(OVERFLOW)
    page.set_viewport_size(before)
    return [f"Wider than 320 px: {overflow}"] if overflow else []


def english_among(texts: list[str], language: str) -> list[str]:
    """Interface texts that stand there in English, although the page has another language."""
    literal, patterns = english(language)
    return [
        text
        for text in texts
        if text in literal or any(pattern.fullmatch(text) for pattern in patterns)
    ]


@cache
def english(language: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """English texts of the interface (ours, Django's, allauth's) that read otherwise there."""
    if language == "en":
        return set(), []
    own = catalogue(language)
    every = {text for code in LANGUAGES for text in catalogue(code)}
    foreign = {text for text in every if own.get(text) != text and re.search(r"[a-z]{2}", text)}
    foreign -= set(dict(settings.LANGUAGES).values())  # each is offered by its own name
    patterned = {text for text in foreign if re.search(r"%\(\w+\)|%[sd]|\{\w*\}", text)}
    return foreign - patterned, [p for p in map(as_pattern, sorted(patterned)) if p]


def catalogue(language: str) -> dict[str, Any]:
    """English text to translation; of plural forms the first."""
    pairs = {}
    for key, text in trans_real.translation(language)._catalog.items():
        message = key[0] if isinstance(key, tuple) else key
        pairs.setdefault(" ".join(message.split("\x04")[-1].split()), text)
    return pairs


def as_pattern(message: str) -> re.Pattern[str] | None:
    """`%(n)s trainings` as a pattern; None where too little English is left in it."""
    pieces = re.split(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}", message)
    if not re.search(r"[A-Za-z]{3}", " ".join(pieces)):
        return None
    return re.compile(".+?".join(map(re.escape, pieces)))
