"""Signing up and in through the real pages, with the code read from the letter."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from rtcm.accounts.models import Person, User
from rtcm.jobs.models import Message
from rtcm.jobs.performing import perform_owed
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "kəpənək-bulud-42"


def answers(**changed):
    return {
        "full_name": "Анар Алиев",
        "certificate_name": "Anar Əliyev",
        "email": "Anar@Example.org",
        "password1": PASSWORD,
        "country": make.country("AZ").pk,
        "institution": "",
        "institution_name": "State Migration Service",
        "post": "Adviser",
        "language": "ru",
        "processing": "on",
    } | changed


def post(client, name, data, language="en"):
    with translation.override(language):
        return client.post(reverse(name), data)


def code_from_the_last_letter():
    perform_owed("mail")
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", mail.outbox[-1].body, re.MULTILINE)
    return found.group(1)


def test_signing_up_makes_a_user_and_with_the_code_a_person(client):
    answer = post(client, "account_signup", answers())

    assert answer.status_code == 302
    user = User.objects.get()
    assert (user.email, user.language, user.person) == ("anar@example.org", "ru", None)

    post(client, "account_email_verification_sent", {"code": code_from_the_last_letter()})

    person = Person.objects.get()
    assert (person.full_name, person.certificate_name) == ("Анар Алиев", "Anar Əliyev")
    assert (person.institution_label, person.post) == ("State Migration Service", "Adviser")
    assert person.address == "anar@example.org"
    assert person.user == user
    assert client.session["_auth_user_id"] == str(user.pk)
    consents = person.consents.order_by("purpose").values_list("purpose", "given", "language")
    assert list(consents) == [("announcements", False, "en"), ("processing", True, "en")]


def test_a_footnote_stands_below_the_list_that_names_the_country(client):
    make.country("XK", name_en="Kosovo", footnote_en="References to Kosovo <shall> be understood")

    with translation.override("en"):
        page = client.get(reverse("account_signup")).content.decode()

    assert ">Kosovo*</option>" in page
    assert "*&nbsp;References to Kosovo &lt;shall&gt; be understood" in page


def test_a_wrong_code_signs_nobody_in(client):
    post(client, "account_signup", answers())

    answer = post(client, "account_email_verification_sent", {"code": "AAAA-0000"})

    assert answer.status_code == 200
    assert not Person.objects.exists()
    assert "_auth_user_id" not in client.session


def test_the_stored_letter_shows_no_code(client):
    post(client, "account_signup", answers())
    code = code_from_the_last_letter()

    letter = Message.objects.get()

    assert letter.kind == "accounts/email_confirmation_signup"
    assert code not in letter.subject + letter.body_text + letter.body_html
    assert code in mail.outbox[-1].body


@pytest.mark.parametrize(("language", "word"), [("az", "/az/"), ("en", "/en/"), ("ru", "/ru/")])
def test_letters_are_written_in_the_language_of_the_page(client, language, word):
    post(client, "account_reset_password", {"email": "nobody@example.org"}, language)

    letter = Message.objects.get()

    assert (letter.kind, letter.language) == ("accounts/unknown_account", language)
    assert f"{word}accounts/signup/" in letter.body_text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"certificate_name": ""}, "certificate_name"),
        ({"certificate_name": "Анар"}, "certificate_name"),
        ({"country": ""}, "country"),
        ({"processing": ""}, "processing"),
        ({"password1": "password1234"}, "password1"),
        ({"password1": "short"}, "password1"),
        ({"full_name": ""}, "full_name"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_missing_is_asked_for_again(client, changed, field):
    answer = post(client, "account_signup", answers(**changed))

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not User.objects.exists()


def test_an_institution_is_chosen_or_written_not_both(client):
    chosen = make.institution()

    answer = post(client, "account_signup", answers(institution=chosen.pk))

    with translation.override("en"):
        assert "not both" in str(answer.context["form"].errors)


def test_signing_up_with_a_known_address_looks_the_same_and_changes_nothing(client, amina):
    unknown = post(client, "account_signup", answers())
    client.cookies.clear()

    known = post(client, "account_signup", answers(email="AMINA@example.org"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email="amina@example.org").count() == 1
    letter = Message.objects.get(to="amina@example.org")
    assert letter.kind == "accounts/account_already_exists"
    amina.refresh_from_db()
    assert amina.check_password("demo")
    assert amina.answers == {}


def test_asking_for_a_new_password_looks_the_same_for_known_and_unknown(client, amina):
    unknown = post(client, "account_reset_password", {"email": "nobody@example.org"})
    client.cookies.clear()

    known = post(client, "account_reset_password", {"email": "amina@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_wrong_password_sounds_the_same_for_known_and_unknown(client, amina):
    unknown = post(client, "account_login", {"login": "nobody@example.org", "password": "x"})

    known = post(client, "account_login", {"login": "amina@example.org", "password": "x"})

    assert known.context["form"].errors == unknown.context["form"].errors
    assert known.context["form"].non_field_errors()


def test_signing_in_with_the_address_in_any_spelling(client, amina):
    answer = post(client, "account_login", {"login": "AMINA@Example.org", "password": "demo"})

    assert answer.status_code == 302
    assert answer.url == "/en/me/"


def test_signing_in_by_a_code(client, amina):
    post(client, "account_request_login_code", {"email": "amina@example.org"})

    post(client, "account_confirm_login_code", {"code": code_from_the_last_letter()})

    assert client.session["_auth_user_id"] == str(amina.pk)


def test_a_new_password_by_a_code(client, amina):
    post(client, "account_reset_password", {"email": "amina@example.org"})
    post(client, "account_confirm_password_reset_code", {"code": code_from_the_last_letter()})
    post(
        client,
        "account_complete_password_reset",
        {"password1": PASSWORD, "password2": PASSWORD},
    )

    amina.refresh_from_db()
    assert amina.check_password(PASSWORD)
    assert Message.objects.filter(kind="accounts/password_reset").exists()


def test_five_wrong_passwords_close_the_door_for_a_while(client, amina):
    for _ in range(5):
        post(client, "account_login", {"login": "amina@example.org", "password": "wrong"})

    answer = post(client, "account_login", {"login": "amina@example.org", "password": "demo"})

    assert "_auth_user_id" not in client.session
    with translation.override("en"):
        assert "Too many" in str(answer.context["form"].errors)


def test_changing_the_address_moves_the_person_with_it(client, amina):
    post(client, "account_login", {"login": "amina@example.org", "password": "demo"})
    asked_again = post(
        client, "account_email", {"email": "amina@new.example.org", "action_add": ""}
    )
    client.post(asked_again.url, {"password": "demo"})

    post(client, "account_email_verification_sent", {"code": code_from_the_last_letter()})

    amina.refresh_from_db()
    assert amina.email == "amina@new.example.org"
    assert [email.email for email in amina.person.emails.all()] == ["amina@new.example.org"]
