"""Attendance on a phone: the connection is gone for ten seconds, and no tap is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.inspecting import inaccessible, too_wide
from tests.browser.site import PATIENCE
from tests.browser.visitors import PHONE, say
from tests.making.attendance import seated, session_now
from tests.smtp_sink import wait_until
from trainings.models import Attendance

AWAY = 10_000  # milliseconds without a connection


@pytest.fixture
def session(site):
    """Held just now, with three people whom no other test knows."""
    number = next(make.NUMBERS)
    session = session_now(**make.in_all(title=f"Session {number}"))
    names = [f"Person {letter}{number}" for letter in "ABC"]
    seated(session, *(make.person(name) for name in names))
    return session


def at_the_door(visitors, session, language):
    page = visitors.come(language, "clara", viewport=PHONE)
    page.goto(f"/admin/trainings/training/{session.training_id}/sessions/{session.pk}/door/")
    return page


def button(page, number, presence):
    return page.locator("[data-person]").nth(number).locator(f".choices [value={presence}]")


def stored(session) -> list[tuple[str, int]]:
    rows = Attendance.objects.filter(session=session).order_by("application")
    return list(rows.values_list("presence", "minutes"))


def test_taps_made_without_a_connection_arrive_when_it_is_back(visitors, session, language):
    page = at_the_door(visitors, session, language)
    button(page, 0, "in_room").click()
    wait_until(lambda: len(stored(session)) == 1, PATIENCE)

    page.context.set_offline(True)
    button(page, 1, "online").click()
    button(page, 2, "in_room").click()
    button(page, 2, "absent").click()  # changed her mind while away
    unsent = say(
        language,
        "Not sent yet: {n}. Kept on this phone; it goes out as soon as there is a connection.",
    )
    expect(page.locator("[data-banner]")).to_have_text(unsent.replace("{n}", "2"))
    page.wait_for_timeout(AWAY)
    assert len(stored(session)) == 1
    page.context.set_offline(False)

    expect(page.locator("[data-banner]")).to_have_text("")
    assert stored(session) == [
        ("in_room", session.minutes),
        ("online", session.minutes),
        ("absent", 0),
    ]
    visitors.troubles[:] = [one for one in visitors.troubles if "ERR_INTERNET" not in one]


def test_a_page_opened_again_still_knows_what_was_not_sent(visitors, session):
    page = at_the_door(visitors, session, "en")
    page.route("**/door/", lambda route: route.abort() if is_post(route) else route.continue_())
    button(page, 0, "in_room").click()
    expect(page.locator("[data-banner]")).to_contain_text("Not sent yet: 1")
    page.unroute("**/door/")

    page.reload()

    wait_until(lambda: stored(session) == [("in_room", session.minutes)], PATIENCE)
    expect(button(page, 0, "in_room")).to_have_attribute("aria-pressed", "true")
    visitors.troubles[:] = [one for one in visitors.troubles if "ERR_FAILED" not in one]


def is_post(route) -> bool:
    return route.request.method == "POST"


def test_what_a_colleague_marked_meanwhile_is_shown_not_written_over(visitors, session):
    page = at_the_door(visitors, session, "en")
    application = session.training.applications.order_by("pk").first()
    Attendance.objects.create(session=session, application=application, presence="absent")

    button(page, 0, "in_room").click()

    news = page.locator("[data-person]").first.locator("[data-news]")
    expect(news).to_have_text(re.compile("meanwhile|write over it"))
    expect(button(page, 0, "absent")).to_have_attribute("aria-pressed", "true")
    assert stored(session) == [("absent", 0)]

    button(page, 0, "in_room").click()
    wait_until(lambda: stored(session) == [("in_room", session.minutes)], PATIENCE)


def test_the_list_is_accessible_and_no_wider_than_the_phone(visitors, session):
    page = at_the_door(visitors, session, "en")

    assert inaccessible(page, scope=".desk") + too_wide(page) == []
