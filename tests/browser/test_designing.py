"""A design of certificates is written, looked at and saved by keyboard, without any script too."""

import pytest
from django.urls import reverse

from tests.browser.test_keyboard import tab_to
from tests.browser.visitors import DESK, say
from tests.making import designs as making
from trainings.models import DesignVersion


@pytest.mark.parametrize("javascript", [False, True], ids=["no script", "scripts"])
def test_a_director_writes_looks_and_saves_with_the_keyboard(visitors, language, javascript):
    page = visitors.come(language, "hasan", java_script_enabled=javascript, viewport=DESK)
    name = f"RTCM 2026-{language}-{javascript:d}"

    page.goto(reverse("admin:trainings_certificatedesign_add"))
    page.locator("#id_name").focus()
    page.keyboard.type(name)
    page.locator("#tab-1").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#id_en-participation-closing").focus()
    page.keyboard.type("RTCM 2026")
    page.locator("#id_background-picture").set_input_files(
        {"name": "it.png", "mimeType": "image/png", "buffer": making.drawing((1200, 849))}
    )
    page.locator("button[value=look]").focus()
    page.keyboard.press("Enter")
    page.locator(".sheets img").first.wait_for()
    seen = page.locator(".sheets img").count()
    page.get_by_role("button", name=say(language, "Save as the next version")).focus()
    page.keyboard.press("Enter")
    page.locator(".versions").wait_for()

    version = DesignVersion.objects.get(design__name=name)
    assert seen == 8
    assert version.texts["en"]["participation"]["closing"] == "RTCM 2026"
    assert version.background is not None


def test_every_stop_of_the_keyboard_on_the_form_is_seen(visitors):
    page = visitors.come("en", "hasan", viewport=DESK)
    page.goto(reverse("admin:trainings_certificatedesign_add"))
    page.locator("#show-tier").focus()

    tab_to(page, page.locator("#id_signatory1-az-post"))
