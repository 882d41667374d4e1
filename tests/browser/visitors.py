"""People at their browsers: who they are, what they see, and what went wrong on the way."""

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

from tests import make
from tests.browser.site import PATIENCE, Site

LANGUAGES = ["az", "en", "ru"]
STAFF = {"clara", "farid", "gunel", "hasan"}
PROGRAMS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--in-process-gpu",
    "--disable-gpu-rasterization",
    "--disable-software-rasterizer",
    "--disable-gpu-compositing",
]
A_SESSION = 3600
A_WHILE = 120  # allauth asks for the password again after 300 seconds
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
# Chromium's own note on a page that is meant to answer 403, 404 or 409; the answer is tested.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", event =>
  console.error(`Policy: ${event.violatedDirective} refused ${event.blockedURI}`))"""


def program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextlib.contextmanager
def chromium(path: str) -> Iterator[Browser]:
    # Playwright keeps an event loop in our thread; Django would refuse to ask the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=QUIETLY)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def say(language: str, message: str, **values: Any) -> str:
    """An interface text as the reader of this language sees it."""
    with translation.override(language):
        text = translation.gettext(message)
    return text % values if values else text


class Visitors:
    """Opens pages for people; keeps who is signed in, and what no page may ever do."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.signed_in: dict[tuple[str, bool], tuple[Any, float]] = {}
        self.contexts: list[BrowserContext] = []
        self.troubles: list[str] = []
        self.staying: tuple[str, str, Page | None] = ("", "", None)

    def come(self, language: str, who: str = "", *, fresh: bool = False, **options: Any) -> Page:
        """A page of somebody's own browser: nobody's, or of a person who is signed in.

        `fresh`: who has also typed the password again, as allauth wants it for some pages.
        """
        if not who:
            return self.open(language, **options)
        cookies, since = self.signed_in.get((who, fresh), ({}, -A_SESSION))
        if time.monotonic() - since > (A_WHILE if fresh else A_SESSION):
            cookies, since = self.session_of(who, fresh), time.monotonic()
        self.signed_in[who, fresh] = cookies, since
        return self.open(language, storage_state=cookies, **options)

    def stay(self, language: str, who: str = "") -> Page:
        """The page of the last who stayed, when it is they who read on: to open one costs time."""
        *readers, page = self.staying
        if page and readers == [language, who]:
            return page
        if page:
            page.context.close()
        page = self.come(language, who)
        self.contexts.remove(page.context)
        self.staying = (language, who, page)
        return page

    def open(self, language: str, **options: Any) -> Page:
        dull = {"base_url": self.site.origin, "viewport": PHONE, "timezone_id": "Asia/Baku"}
        dull |= {"locale": language, "reduced_motion": "reduce"}  # colours change at once
        context = self.browser.new_context(**dull | options)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        self.watch(page)
        return page

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self.note_word(said.type, said.text))
        page.on("pageerror", lambda error: self.troubles.append(f"Script: {error}"))
        page.on("request", self.note_request)
        page.on("response", self.note_response)

    def note_word(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith(EXPECTED):
            self.troubles.append(f"Console: {text}")

    def note_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(self.site.origin):
            self.troubles.append(f"Another host: {request.url}")

    def note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status}: {response.url}")

    def session_of(self, who: str, fresh: bool) -> Any:
        page = self.open("en")
        page.goto("/en/accounts/login/")
        self.sign_in(page, who)
        page.wait_for_url("**/me/")
        if fresh:
            page.goto("/en/accounts/reauthenticate/")
            page.fill("[name=password]", "demo")
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/me/")
        return page.context.storage_state()

    def sign_in(self, page: Page, who: str) -> None:
        """At the sign-in page; staff also type what their authenticator app shows."""
        page.fill("[name=login]", f"{who}@example.org")
        page.fill("[name=password]", "demo")
        page.press("[name=password]", "Enter")
        if who in STAFF:
            page.fill("[name=code]", make.totp_code())
            page.press("[name=code]", "Enter")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        troubles, self.troubles = self.troubles, []
        assert troubles == []
