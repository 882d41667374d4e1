"""`make screenshots`: the main screens as pictures, to be looked at before a change is shown.

Not a test, so its name keeps it out of `make test`; but pytest gives it the live site. It writes
screenshots/<screen>-<language>-<width>-<scheme>.png, and git ignores them.
"""

from pathlib import Path

import pytest

from tests.browser.rows import certificate

FOLDER = Path(__file__).resolve().parents[2] / "screenshots"
SIZES = [(390, 844), (1440, 900)]
SCREENS = {
    "home": ("", "/"),
    "trainings": ("", "/trainings/"),
    "training": ("", "/trainings/humanitarian-border-management/"),
    "curriculum": ("", "/curriculum/"),
    "coverage": ("", "/curriculum/coverage/"),
    "objective": ("", "/curriculum/objectives/11/"),
    "module": ("", "/curriculum/modules/governance-and-the-global-compact/"),
    "library": ("", "/library/"),
    "item": ("", "/library/new-york-declaration-for-refugees-and-migrants/"),
    "experts": ("", "/experts/"),
    "expert": ("", "/experts/dilara-aghayeva/"),
    "country": ("", "/countries/GE/"),
    "search": ("", "/search/?q=migration"),
    "check": ("", "/certificates/"),
    "certificate": ("", "/certificates/{code}/"),
    "sign-in": ("", "/accounts/login/"),
    "sign-up": ("", "/accounts/signup/"),
    "lost": ("", "/nothing-like-this/"),
    "me": ("amina", "/me/"),
    "apply": ("amina", "/trainings/humanitarian-border-management/apply/"),
    "applications": ("amina", "/me/applications/"),
    "certificates": ("amina", "/me/certificates/"),
    "profile": ("amina", "/me/profile/"),
    "privacy": ("amina", "/me/privacy/"),
    "expert-profile": ("dilara", "/me/expert/"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_pictured(visitors, language, screen):
    FOLDER.mkdir(exist_ok=True)
    who, path = SCREENS[screen]
    page = visitors.come(language, who)
    page.goto(f"/{language}{path.format(code=certificate()[0])}")

    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            name = f"{screen}-{language}-{width}-{scheme}.png"
            page.screenshot(path=FOLDER / name, full_page=True)
