"""An application form with questions of its own: hidden, kept as one types, checked, sent."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.visitors import say
from trainings import questions
from trainings.models import Application


@pytest.fixture
def training():
    made = make.training(seats=3)
    for key in ("work", "diet-other"):
        questions.add_usual(made, key)
    return made


def button(page, language, name):
    return page.get_by_role("button", name=say(language, name))


def test_a_form_hides_what_it_need_not_ask_and_keeps_what_is_typed(visitors, language, training):
    page = visitors.come(language, "amina")
    page.goto(f"/{language}/trainings/{training.slug}/apply/")
    other = page.locator("[name=q_diet-other]")
    expect(other).to_be_hidden()

    page.locator("[name=q_diet][value=other]").check()
    other.fill("Qoz")
    page.locator("[name=q_work]").fill("Sərhəd, граница")
    expect(page.get_by_text(say(language, "Your draft is kept."))).to_be_visible()
    page.goto(f"/{language}/me/applications/")
    page.get_by_role("link", name=say(language, "Go on with my application")).first.click()
    expect(other).to_have_value("Qoz")
    button(page, language, "Check my answers").click()

    expect(page.get_by_role("main")).to_contain_text("Sərhəd, граница")
    button(page, language, "Send my application").click()
    expect(page.locator(".card").filter(has_text=training.title)).to_be_visible()
    application = Application.objects.get(training=training)
    assert {it.question.key: it.value for it in application.answers.all()} == {
        "work": "Sərhəd, граница",
        "diet": "other",
        "diet-other": "Qoz",
    }
