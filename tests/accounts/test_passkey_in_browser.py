"""A passkey from the first to the second sign-in, with the browser's virtual authenticator."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import sync_playwright

from tests import make
from tests.accounts.test_desk_in_browser import CHROMIUM, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def add_a_passkey_and_use_it(origin, email):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context().new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        try:
            sign_in(page, origin, email)
            page.goto(f"{origin}/en/accounts/2fa/webauthn/add/")
            page.fill("[name=name]", "My telephone")
            if page.locator("[name=passwordless]").count():
                page.check("[name=passwordless]")
            page.click("#mfa_webauthn_add")
            page.wait_for_url("**/2fa/**recovery-codes**")
            page.context.clear_cookies()
            page.goto(f"{origin}/en/accounts/login/")
            page.click("#passkey_login")
            page.wait_for_url("**/en/me/")
            return page.url
        finally:
            browser.close()


def test_a_passkey_signs_in_without_a_password(live_server):
    amina = make.member("Amina Karimova")

    with ThreadPoolExecutor(1) as pool:
        url = pool.submit(add_a_passkey_and_use_it, live_server.url, amina.email).result()

    assert url == f"{live_server.url}/en/me/"
    assert amina.authenticator_set.filter(type="webauthn").count() == 1
