"""The same ways with the keyboard alone, and without any script."""

from playwright.sync_api import expect

from tests import make
from tests.browser.visitors import DESK, say
from trainings.models import Application

# Whether the element that has the keyboard shows it, and is not wholly hidden by something else.
SHOWN = """() => {
  const held = document.activeElement, style = getComputedStyle(held);
  const box = held.getBoundingClientRect();
  if (held.type === "date") return "";  // Chromium marks its day, month and year one by one
  const marked = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none"
    || style.boxShadow !== "none";
  const points = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3],
    [(box.left + box.right) / 2, (box.top + box.bottom) / 2]];
  const open = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (held.contains(top) || top.contains(held));
  });
  return marked && open ? "" : held.outerHTML.slice(0, 200);
}"""


def tab_to(page, target):
    """Press the tab key until the target has the keyboard; every stop on the way must show it."""
    target.wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWN) == ""
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"The tab key never reaches {target}")


def press(page, target):
    tab_to(page, target)
    page.keyboard.press("Enter")


def link(page, language, name):
    return page.locator("main").get_by_role("link", name=say(language, name))


def button(page, language, name):
    return page.locator("main").get_by_role("button", name=say(language, name))


def sign_in_by_keyboard(page):
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type("boris@example.org")
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type("demo")
    page.keyboard.press("Enter")


def test_the_first_key_leads_past_the_menu_to_the_content(visitors):
    page = visitors.open("en")
    page.goto("/en/")

    press(page, page.locator(".skip"))

    expect(page.locator("main")).to_be_focused()


def test_somebody_applies_and_withdraws_by_keyboard_alone(visitors, language):
    training = make.training(seats=3)
    page = visitors.open(language)
    page.goto(f"/{language}/trainings/{training.slug}/")

    press(page, link(page, language, "Apply for this training"))
    sign_in_by_keyboard(page)
    tab_to(page, page.locator("[name=motivation]"))
    page.keyboard.type("Saxta sənədlər, поддельные документы")
    press(page, button(page, language, "Check my answers"))
    press(page, button(page, language, "Send my application"))
    card = page.locator(".card").filter(has_text=training.title)
    press(page, card.locator("summary"))
    tab_to(page, card.locator("[name=reason]"))
    page.keyboard.type("Ezamiyyət")
    press(page, card.get_by_role("button", name=say(language, "Withdraw my application")))

    expect(card.locator(".status")).to_have_text(say(language, "Withdrawn"))
    assert Application.objects.get(training=training).state == "withdrawn"


def test_an_expert_edits_the_profile_by_keyboard_alone(visitors):
    page = visitors.come("en", "dilara")
    page.goto("/en/me/expert/")

    tab_to(page, page.locator("[name=headline_ru]"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Граница")
    press(page, button(page, "en", "Save my profile"))

    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    expect(page.locator("[name=headline_ru]")).to_have_value("Граница")


def test_the_coordinator_selects_by_keyboard_alone(visitors):
    training = make.training(seats=3, route="selection")
    made = make.application(training, make.person("Nigar Şükürova"))
    page = visitors.come("en", "clara", viewport=DESK)
    page.goto(f"/admin/trainings/training/{training.pk}/selection/")

    tab_to(page, page.get_by_role("checkbox", name="Nigar Şükürova"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Offer a seat"))

    expect(page.get_by_role("row", name="Nigar Şükürova")).to_contain_text("Seat offered")
    made.refresh_from_db()
    assert made.state == "offered"


def test_somebody_applies_without_any_script(visitors, language):
    training = make.training(seats=3)
    page = visitors.open(language, java_script_enabled=False)

    page.goto(f"/{language}/")
    page.get_by_role("button", name=say(language, "Menu"), exact=True).click()
    page.locator("#menu").get_by_role("link", name=say(language, "Trainings")).click()
    page.fill("main [name=q]", training.title)
    page.press("main [name=q]", "Enter")
    page.get_by_role("link", name=training.title).click()
    link(page, language, "Apply for this training").click()
    visitors.sign_in(page, "boris")
    page.fill("[name=motivation]", "Скрипты выключены")
    button(page, language, "Check my answers").click()
    button(page, language, "Send my application").click()

    card = page.locator(".card").filter(has_text=training.title)
    expect(card.locator(".status")).to_have_text(say(language, "Confirmed"))


def test_another_language_is_one_step_away_on_the_same_page(visitors):
    page = visitors.open("en")
    page.goto("/en/trainings/?when=all&objective=11")

    page.locator(".languages").get_by_role("link", name="Русский").click()

    expect(page).to_have_url("/ru/trainings/?when=all&objective=11")
    expect(page.locator("h1")).to_have_text(say("ru", "Trainings"))
