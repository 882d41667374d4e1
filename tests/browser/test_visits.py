"""Shorter ways through the site, in each language."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from curriculum.models import Module
from experts.models import Expert
from library.models import Item
from tests import make
from tests.browser.inspecting import problems
from tests.browser.outreach import OPEN
from tests.browser.visitors import say
from trainings.models import Training


def test_an_expert_changes_the_headline_and_a_visitor_reads_it(visitors, language):
    headline = f"Sərhəd, граница, border {next(make.NUMBERS)}"
    expert = Expert.objects.get(person__user__email="dilara@example.org")
    dilara, visitor = visitors.come(language, "dilara"), visitors.open(language)

    dilara.goto(f"/{language}/me/expert/")
    dilara.fill(f"[name=headline_{language}]", headline)
    dilara.get_by_role("button", name=say(language, "Save my profile")).click()
    expect(dilara.get_by_text(say(language, "Your profile is saved."))).to_be_visible()
    visitor.goto(f"/{language}/experts/?q=Dilara")
    visitor.get_by_role("link", name=expert.person.full_name).first.click()

    expect(visitor).to_have_url(re.compile(f"/{language}/experts/{expert.slug}/$"))
    expect(visitor.locator("main")).to_contain_text(headline)


def test_a_visitor_searches_the_library_and_opens_an_item(visitors, language):
    page = visitors.open(language)

    page.goto(f"/{language}/library/")
    page.fill("main [name=q]", "A/RES/73/195")
    page.press("main [name=q]", "Enter")
    page.locator(".card a").first.click()

    item = Item.objects.get(un_symbol="A/RES/73/195")
    expect(page).to_have_url(re.compile(f"/{language}/library/{item.slug}/$"))
    expect(page.locator("main")).to_contain_text("A/RES/73/195")


def test_objective_11_lists_its_module_training_expert_and_item(visitors, language):
    page = visitors.open(language)

    page.goto(f"/{language}/curriculum/objectives/11/")

    held = [
        Module.objects.covering(11),
        Training.objects.covering(11).filter(slug="humanitarian-border-management"),
        Expert.objects.covering(11),
        Item.objects.covering(11),
    ]
    for rows in held:
        link = f"main a[href='/{language}{rows[0].get_absolute_url()[3:]}']"
        expect(page.locator(link).first).to_be_visible()


def test_a_form_sent_empty_says_what_is_missing_in_the_language_of_its_reader(visitors, language):
    page = visitors.open(language)
    page.goto(f"/{language}/accounts/signup/")

    page.press("[name=email]", "Enter")

    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(5)
    assert problems(page, language) == []
    summary.get_by_role("link").first.click()
    expect(page.locator("[name=full_name]")).to_be_focused()


@pytest.mark.parametrize("path", ["", "trainings/", f"trainings/{OPEN}/", "library/", "experts/"])
def test_a_first_visit_weighs_little(visitors, path):
    page, answers = visitors.open("ru"), []
    page.on("response", lambda answer: answers.append(answer))

    page.goto(f"/ru/{path}", wait_until="networkidle")

    assert len(answers) <= 8
    assert sum(len(gzip.compress(answer.body())) for answer in answers) <= 100_000
