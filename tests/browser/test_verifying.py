"""Somebody checks a certificate by its file: the answer in every language, readable by all."""

import pytest
from playwright.sync_api import expect

from tests.browser import rows
from tests.browser.inspecting import problems
from tests.browser.visitors import say
from tests.files import hostile
from trainings.credentials import document, sign_certificate
from trainings.models import Certificate

FILE = "[name=file]"


def hand_in(page, language, name, content):
    page.goto(f"/{language}/certificates/verify/")
    page.set_input_files(FILE, {"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name=say(language, "Check"), exact=True).click()


def test_a_credential_is_judged_by_its_signature(visitors, language):
    certificate = Certificate.objects.get(code=rows.certificate()[0])
    content = document(sign_certificate(certificate))
    page = visitors.come(language)

    hand_in(page, language, "credential.json", content)
    expect(page.get_by_role("main")).to_contain_text(certificate.number)
    found = problems(page, language)
    hand_in(page, language, "changed.json", content.replace(b"Amina", b"Anina"))
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Not genuine"))

    assert found + problems(page, language) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_document_without_credential_is_told_from_a_damaged_one(visitors, language, javascript):
    page = visitors.come(language, java_script_enabled=javascript)

    hand_in(page, language, "a.pdf", hostile.pdf())
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "No credential in it"))
    hand_in(page, language, "a.pdf", hostile.pdf()[:300])

    expect(page.locator(".error-summary")).to_contain_text(
        say(language, "The file is damaged or is not what its name says. Save it anew.")
    )
