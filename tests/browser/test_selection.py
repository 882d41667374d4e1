"""The selection board in a browser: ten of thirty by the keyboard, and a list that moves itself."""

from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import expect

from rtcm.accounts.models import Person
from tests import ledger, make
from tests.browser.inspecting import inaccessible
from tests.browser.post import wait_for_letter
from tests.browser.site import PATIENCE
from tests.browser.visitors import DESK
from tests.making.seats import applicant, quota
from tests.smtp_sink import wait_until
from trainings.models import Application

SEATS, ASKING = 10, 30


@pytest.fixture
def training(site):
    """Thirty ask for ten seats; amina is the eleventh."""
    made = make.training("Ten of thirty", seats=SEATS, route="selection", women_target=50)
    quota(made, 6, country="GE")
    for n in range(ASKING):
        person = Person.objects.get(emails__email="amina@example.org") if n == SEATS else None
        applicant(made, "GE" if n % 2 else "AM", of=person, language="en")
    return made


def states(training):
    return list(training.applications.order_by("pk").values_list("state", flat=True))


def test_the_board_offers_ten_of_thirty_and_the_waiting_list_moves_by_itself(
    visitors, site, training
):
    clara = visitors.come("en", "clara", viewport=DESK)
    clara.goto(f"/admin/trainings/training/{training.pk}/selection/")

    offer_ten_by_the_keyboard(clara)
    assert states(training) == ["offered"] * SEATS + ["submitted"] * (ASKING - SEATS)
    assert inaccessible(clara, ".desk") == []
    put_the_rest_on_the_list(clara)
    assert states(training) == ["offered"] * SEATS + ["waitlisted"] * (ASKING - SEATS)
    let_one_offer_run_out(training)
    link = wait_for_letter(site, "amina", rf"{site.origin}/en/me/applications/", "A seat for you")
    amina = visitors.come("en", "amina")
    amina.goto(link.words)
    card = amina.locator(".card").filter(has_text=training.title)

    expect(card).to_contain_text("Seat offered")
    card.get_by_role("button", name="Confirm my seat").click()
    expect(amina.get_by_text("Your seat is confirmed. See you there!")).to_be_visible()
    assert states(training)[0] == "expired"
    assert states(training)[SEATS] == "confirmed"
    ledger.seats()


def offer_ten_by_the_keyboard(page):
    """The space bar ticks, the arrow goes on; the counters say what would be, nothing is saved."""
    page.locator("input[name=application]").first.focus()
    for _ in range(SEATS):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    meters = page.locator("[data-meters]")
    expect(meters).to_contain_text("0 → 10 / 10")
    expect(meters).to_contain_text("0 → 5")
    page.keyboard.press("Space")  # the eleventh would be too many
    expect(meters.locator(".over").first).to_contain_text("0 → 11 / 10")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Offer a seat").click()
    expect(page.get_by_text("10 applications decided.")).to_be_visible()


def put_the_rest_on_the_list(page):
    page.get_by_label("Tick all on this page").check()
    page.get_by_label("Reason (the person reads it").fill("All seats are offered to others.")
    page.get_by_role("button", name="Put on the waiting list").click()
    expect(page.get_by_text("20 applications decided.")).to_be_visible()


def let_one_offer_run_out(training):
    """As if the days to answer had passed for the first: the reconciler finds it by itself."""
    first = training.applications.order_by("pk").first()
    late = Application.objects.filter(pk=first.pk)
    late.update(offered_until=F("offered_until") - timedelta(days=training.offer_days + 1))
    wait_until(lambda: states(training)[0] == "expired", PATIENCE)
