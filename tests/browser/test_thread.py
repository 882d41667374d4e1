"""The main job, end to end: from the list of trainings to a certificate that anybody can check."""

import datetime
import io
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from rtcm.jobs.models import Job
from tests import ledger, make
from tests.browser.inspecting import english_among, problems
from tests.browser.post import wait_for_letter
from tests.browser.site import PATIENCE
from tests.browser.visitors import DESK, say
from tests.smtp_sink import wait_until
from trainings.models import Session, Training

NAME = "Amina Safarova"  # as amina wants it printed
TITLES = {
    "az": "Sərhəddə ilk söhbət",
    "en": "The first interview at the border",
    "ru": "Первая беседа на границе",
}


@pytest.fixture
def training(site, language):
    """Of the selection route, with one session; no other training has its title."""
    number = next(make.NUMBERS)
    titles = {f"title_{code}": f"{title} {number}" for code, title in TITLES.items()}
    made = make.training(
        seats=2,
        route="selection",
        objectives=[11],
        certificate_hours=6,
        **titles,
    )
    make.session(made)
    return made


def test_from_the_list_of_trainings_to_a_certificate_that_anybody_checks(
    visitors, site, language, training
):
    amina = visitors.open(language)
    clara = visitors.come(language, "clara", viewport=DESK)

    apply(visitors, amina, training, language)
    offer_a_seat(clara, training, language)
    link = letter_to_amina(site, training, language, "/me/applications/")
    confirm(amina, link, training, language)
    let_it_begin(training)
    mark_and_issue(clara, training, language)
    link = letter_to_amina(site, training, language, r"/me/certificates/\w+\.pdf")
    text = text_of_document(amina, link, language)

    assert NAME in text
    assert training_title(training, language) in text
    assert say(language, "Certificate of participation") in text
    check(visitors.open(language), code_in(text), language)


def training_title(training, language):
    return getattr(training, f"title_{language}")


def apply(visitors, page, training, language):
    """As a visitor who has to sign in on the way."""
    page.goto(f"/{language}/")
    page.goto(f"/{language}/trainings/")
    page.locator(".filters [name=q]").fill(training_title(training, language))
    page.locator(".filters [name=q]").press("Enter")
    page.get_by_role("link", name=training_title(training, language)).click()
    page.get_by_role("link", name=say(language, "Apply for this training")).click()
    visitors.sign_in(page, "amina")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        say(language, "Apply for this training")
    )
    page.get_by_label(say(language, "Why this training?")).fill("Mən sərhəddə işləyirəm.")
    page.get_by_role("button", name=say(language, "Check my answers")).click()
    expect(page.get_by_role("main")).to_contain_text("Mən sərhəddə işləyirəm.")
    page.get_by_role("button", name=say(language, "Send my application")).click()
    expect(card(page, training, language)).to_contain_text(say(language, "Submitted"))


def card(page, training, language):
    return page.locator(".card").filter(has_text=training_title(training, language))


def desk(page, training, language, door):
    """The desk's page of a training, and through one of its doors."""
    page.goto("/admin/")
    page.goto(f"/admin/trainings/training/?q={training.slug}")
    page.get_by_role("link", name=training_title(training, language)).click()
    page.get_by_role("link", name=say(language, "Everything about this training")).click()
    page.get_by_role("link", name=say(language, door)).click()


def offer_a_seat(page, training, language):
    desk(page, training, language, "Selection board")
    page.get_by_role("checkbox", name="Amina Səfərova").check()
    page.get_by_role("button", name=say(language, "Offer a seat")).click()
    expect(page.get_by_role("row", name="Amina Səfərova")).to_contain_text(
        say(language, "Seat offered")
    )


def letter_to_amina(site, training, language, path):
    """The link of the letter that leads there; the letter is in the language of the page."""
    link = rf"^{site.origin}/{language}{path}(?=\s)"
    found = wait_for_letter(site, "amina", link, about=training_title(training, language))
    assert found.wrong_words(language) == []
    return found.words


def confirm(page, link, training, language):
    page.goto(link)
    button = say(language, "Confirm my seat")
    assert problems(page, language) == []
    card(page, training, language).get_by_role("button", name=button).click()
    message = say(language, "Your seat is confirmed. See you there!")
    expect(page.get_by_text(message)).to_be_visible()


def let_it_begin(training):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Training.objects.filter(pk=training.pk).update(starts_on=yesterday, ends_on=yesterday)
    Session.objects.filter(training=training).update(on=yesterday)


def mark_and_issue(page, training, language):
    desk(page, training, language, "Attendance and certificates")
    present = page.get_by_role("combobox", name=re.compile("Amina Səfərova"))
    present.select_option(label=say(language, "In the room"))
    for button in ["Save the marks", "Close attendance", "Issue the certificates"]:
        page.get_by_role("button", name=say(language, button)).click()
    expect(page.get_by_role("row", name="Amina Səfərova")).to_contain_text("RTCM-")


def text_of_document(page, link, language):
    answer = page.context.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    document = PdfReader(io.BytesIO(answer.body()))
    lines = [line for sheet in document.pages for line in sheet.extract_text().splitlines()]
    assert english_among(lines, language) == []
    return " ".join(" ".join(lines).split())


def code_in(text):
    return re.search(r"\b[A-Z2-9]{9}-[A-Z2-9]{9}-[A-Z2-9]{9}\b", text).group()


def check(page, code, language):
    page.goto(f"/{language}/certificates/")
    page.get_by_label(say(language, "Check code")).fill(code)
    page.get_by_role("button", name=say(language, "Check"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Valid"))
    expect(page.locator("main")).to_contain_text(NAME)


def test_whatever_the_visitors_caused_is_done_and_every_letter_arrived_once(site):
    unfinished = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    wait_until(lambda: not unfinished.exists(), PATIENCE)

    ledger.check(sink=site.sink)
