"""Ways that lead over a code: out of a letter, or from an authenticator app."""

import pytest

from rtcm.accounts.models import Person
from tests import make
from tests.browser.inspecting import problems
from tests.browser.post import wait_for_letter

PASSWORD = "kəpənək-bulud-42"
CODE = r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}(?=\s)"


@pytest.fixture
def nigar(site):
    """Somebody who has an account, under a name nobody else has."""
    name = f"nigar{next(make.NUMBERS)}"
    make.user(f"{name}@example.org", person=make.person("Nigar Şükürova", f"{name}@example.org"))
    return name


def test_a_newcomer_signs_up_with_the_code_of_a_letter(visitors, site, language):
    name = f"newcomer{next(make.NUMBERS)}"
    page = visitors.open(language)

    page.goto(f"/{language}/accounts/login/")
    page.locator(f"main a[href^='/{language}/accounts/signup/']").first.click()
    fill_in_sign_up(page, name)
    page.press("[name=post]", "Enter")
    type_code(page, site, name, language)
    page.wait_for_url(f"**/{language}/me/")

    assert Person.objects.get(user__email=f"{name}@example.org").full_name == "Nigar Şükürova"


def fill_in_sign_up(page, name):
    page.fill("[name=full_name]", "Nigar Şükürova")
    page.fill("[name=email]", f"{name}@example.org")
    page.fill("[name=password1]", PASSWORD)
    page.select_option("[name=country]", "GE")
    page.fill("[name=institution_name]", "Migrasiya Xidməti")
    page.fill("[name=post]", "Mütəxəssis")
    page.check("[name=processing]")


def type_code(page, site, name, language):
    """From the newest letter, which is in the language of the page that asks for it."""
    page.wait_for_selector("[name=code]")
    assert problems(page, language) == []
    found = wait_for_letter(site, name, CODE)
    assert found.wrong_words(language) == []
    page.fill("[name=code]", found.words)
    page.press("[name=code]", "Enter")


def test_somebody_signs_in_with_the_code_of_a_letter_and_no_password(
    visitors, site, language, nigar
):
    page = visitors.open(language)

    page.goto(f"/{language}/accounts/login/code/")
    page.fill("[name=email]", f"{nigar}@example.org")
    page.press("[name=email]", "Enter")
    type_code(page, site, nigar, language)

    page.wait_for_url(f"**/{language}/me/")


def test_somebody_sets_a_new_password_with_the_code_of_a_letter(visitors, site, language, nigar):
    page = visitors.open(language)

    page.goto(f"/{language}/accounts/password/reset/")
    page.fill("[name=email]", f"{nigar}@example.org")
    page.press("[name=email]", "Enter")
    type_code(page, site, nigar, language)
    page.fill("[name=password1]", PASSWORD)
    assert problems(page, language) == []
    page.fill("[name=password2]", PASSWORD)
    page.press("[name=password2]", "Enter")
    page.wait_for_url("**/password/reset/done/")
    assert problems(page, language) == []
    page.goto(f"/{language}/accounts/login/")
    page.fill("[name=login]", f"{nigar}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")

    page.wait_for_url(f"**/{language}/me/")


def test_staff_pass_the_second_step_and_keep_recovery_codes(visitors, language):
    page = visitors.open(language)

    page.goto(f"/{language}/accounts/login/?next=/{language}/accounts/2fa/recovery-codes/generate/")
    page.fill("[name=login]", "hasan@example.org")
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("[name=code]")
    assert problems(page, language) == []
    page.fill("[name=code]", make.totp_code())
    page.press("[name=code]", "Enter")
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.locator("main form button").first.click()
    page.wait_for_url("**/2fa/recovery-codes/")

    assert problems(page, language) == []
