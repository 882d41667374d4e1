"""The desk and the sign-in pages under their policies, in a real browser."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests import make

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    event => window.violations.push(`${event.effectiveDirective}: ${event.blockedURI}`));
"""


def visit(origin, email, paths):
    """What each page broke: policy violations, errors of scripts, requests to other hosts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context()
        context.add_init_script(LISTEN)
        try:
            if email:
                sign_in(context.new_page(), origin, email)
            return {path: broken(context, origin, path) for path in paths}
        finally:
            browser.close()


def sign_in(page, origin, email):
    """By password, by the code of the authenticator app where there is one, and once more."""
    page.goto(f"{origin}/en/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    if "/2fa/" in page.url:
        page.fill("[name=code]", make.totp_code())
        page.press("[name=code]", "Enter")
        page.wait_for_load_state()
    page.goto(f"{origin}/en/accounts/reauthenticate/")
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def broken(context, origin, path):
    page, found = context.new_page(), []
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.on("request", lambda request: found.extend(foreign(request, origin)))
    answer = page.goto(origin + path, wait_until="load")
    found += page.evaluate("window.violations")
    found += [] if answer.status == 200 else [f"status {answer.status}"]
    page.close()
    return found


def foreign(request, origin):
    return [] if request.url.startswith((origin, "data:")) else [f"host: {request.url}"]


def in_browser(*args):
    """Playwright's loop and Django's database do not share a thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(visit, *args).result()


def test_no_page_of_the_desk_breaks_its_policy(live_server):
    root = make.user("root@example.org", is_staff=True, is_superuser=True)
    make.second_factor(root)
    person = make.person("Amina", email="amina@example.org", country=make.country())
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    forms = [
        reverse("admin:accounts_person_change", args=[person.pk]),
        reverse("admin:accounts_country_change", args=["AZ"]),
        reverse("admin:accounts_user_add"),
    ]

    problems = in_browser(live_server.url, root.email, ["/admin/", *lists, *forms])

    assert {path: found for path, found in problems.items() if found} == {}


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_no_sign_in_page_breaks_the_policy(live_server, language):
    names = ["account_login", "account_signup", "account_reset_password"]
    with translation.override(language):
        paths = [reverse(name) for name in names]

    problems = in_browser(live_server.url, "", paths)

    assert problems == {path: [] for path in paths}


def test_setting_up_a_second_factor_breaks_no_policy(live_server):
    amina = make.member("Amina Karimova")
    paths = [
        "/en/accounts/2fa/",
        "/en/accounts/2fa/totp/activate/",
        "/en/accounts/2fa/webauthn/add/",
        "/en/accounts/email/",
        "/en/me/profile/",
        "/en/me/privacy/",
    ]

    problems = in_browser(live_server.url, amina.email, paths)

    assert problems == {path: [] for path in paths}
