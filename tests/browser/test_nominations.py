"""A focal point nominates five officials by a table, from the empty list to the sent one."""

import pypdf
from playwright.sync_api import expect

from tests.browser.nominees import mandate
from tests.browser.post import wait_for_letter
from tests.browser.visitors import say
from tests.making import nominations as made
from trainings.models import Nomination

FIVE = [
    [f"Nominee {name}", f"{name.lower()}@example.org", "Specialist", "", "az, en", ""]
    for name in ("One", "Two", "Three", "Four", "Five")
]


def test_five_officials_by_spreadsheet(visitors, site, language, tmp_path):
    training = made.nominated_training(title=f"Consular work {language}", seats=10)
    table, letter = tmp_path / "nominees.xlsx", tmp_path / "letter.pdf"
    emails = [[row[0], f"{language}-{row[1]}", *row[2:]] for row in FIVE]
    table.write_bytes(made.xlsx(emails).read())
    document = pypdf.PdfWriter()
    document.add_blank_page(595, 842)
    document.write(letter)

    page = visitors.come(language, "emil")
    page.goto(f"/{language}/nominations/")
    page.get_by_role("link", name=training.title).click()
    page.get_by_role("link", name=say(language, "Upload a table")).click()
    page.get_by_label(say(language, "Table of nominees")).set_input_files(table)
    page.get_by_role("button", name=say(language, "Read the table")).click()
    expect(page.get_by_role("row")).to_have_count(6)
    assert training.nominations.count() == 0
    page.get_by_role("button", name=say(language, "Put on my list")).click()
    page.get_by_label(say(language, "Signed letter")).set_input_files(letter)
    page.get_by_role("button", name=say(language, "Attach the letter")).click()
    page.get_by_role("button", name=say(language, "Send the nominations")).click()
    expect(
        page.get_by_text(
            say(language, "Your nominations are sent to the centre. The nominees get a letter.")
        )
    ).to_be_visible()

    sent = Nomination.objects.filter(training=training, state="sent", focal_point=mandate()[0])
    assert sent.count() == 5
    link = rf"^{site.origin}/\w\w/nominations/invited/\S+"
    assert wait_for_letter(site, f"{language}-one", link, about=training.title)
