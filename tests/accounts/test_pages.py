"""me/profile/ and me/privacy/, and every page of allauth that a person may meet."""

import pytest
from django.urls import reverse
from django.utils import translation

from rtcm.accounts.models import DataRequest, User, record_read
from tests import make

pytestmark = pytest.mark.django_db


def address(name, language="en", **kwargs):
    with translation.override(language):
        return reverse(name, kwargs=kwargs or None)


@pytest.fixture
def signed_in(client, amina):
    client.force_login(amina)
    return client


@pytest.mark.parametrize("language", ["az", "en", "ru"])
@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_request_login_code"],
)
def test_visitors_pages_open(client, name, language):
    page = client.get(address(name, language))

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("language", ["az", "en", "ru"])
@pytest.mark.parametrize(
    "name",
    [
        "accounts:profile",
        "accounts:privacy",
        "account_email",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
    ],
)
def test_own_pages_open(signed_in, name, language):
    page = signed_in.get(address(name, language))

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("name", ["accounts:profile", "accounts:privacy", "portal:my_data"])
def test_own_pages_ask_visitors_to_sign_in(client, name):
    page = client.get(address(name))

    assert page.status_code == 302
    assert page.url.startswith("/en/accounts/login/?next=/en/me/")


def test_a_person_edits_their_own_profile(signed_in, amina):
    answers = {
        "full_name": "Amina Kərimova",
        "certificate_name": "",
        "country": make.country("KZ").pk,
        "institution": make.institution(name="Ministry").pk,
        "post": "Inspector",
        "language": "ru",
        "sex": "female",
    }

    answer = signed_in.post(address("accounts:profile"), answers)

    assert answer.status_code == 302
    person = User.objects.select_related("person").get(pk=amina.pk).person
    assert (person.full_name, person.country_id, person.post) == (
        "Amina Kərimova",
        "KZ",
        "Inspector",
    )
    assert person.institution_label == "Ministry"
    assert User.objects.get(pk=amina.pk).language == "ru"


def test_a_user_without_a_person_gets_one_from_the_profile(client):
    user = make.user("staff@example.org")
    client.force_login(user)
    answers = {"full_name": "New Staff", "country": make.country().pk, "language": "en"}

    client.post(address("accounts:profile"), answers)

    user.refresh_from_db()
    assert user.person.full_name == "New Staff"
    assert user.person.address == "staff@example.org"


def test_a_user_without_a_person_has_no_data_to_show(client):
    client.force_login(make.user())

    assert client.get(address("accounts:privacy")).status_code == 200
    assert client.get(address("portal:my_data")).status_code == 404


def test_consent_is_given_and_withdrawn(signed_in, amina):
    url = address("accounts:consent", purpose="announcements")

    signed_in.post(url, {"given": "1"})
    signed_in.post(url)

    decisions = amina.person.consents.order_by("pk").values_list("purpose", "given")
    assert list(decisions) == [("announcements", True), ("announcements", False)]


def test_looking_at_a_consent_changes_nothing(signed_in, amina):
    answer = signed_in.get(address("accounts:consent", purpose="announcements"))

    assert answer.url == "/en/me/privacy/"
    assert not amina.person.consents.exists()


def test_an_unknown_purpose_is_not_found(signed_in):
    assert signed_in.post(address("accounts:consent", purpose="anything")).status_code == 404


def test_a_person_downloads_their_data(signed_in, amina, clara):
    record_read(clara, amina.person, "record opened")

    answer = signed_in.get(address("portal:my_data"))

    data = answer.json()
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert data["person"]["full_name"] == "Amina Karimova"
    assert data["user"]["email"] == "amina@example.org"
    assert data["emails"][0]["email"] == "amina@example.org"
    assert data["reads"] == 1
    assert "password" not in data["user"]
    assert "clara" not in answer.content.decode()


def test_a_person_asks_for_erasure_once(signed_in, amina):
    url = address("accounts:ask_erasure")

    signed_in.post(url, {"note": "Please."})
    signed_in.post(url, {"note": "Please!"})

    request = DataRequest.objects.get()
    assert (request.person, request.kind, request.note) == (amina.person, "erase", "Please.")


def test_the_privacy_page_counts_who_looked(signed_in, amina, clara):
    record_read(clara, amina.person, "record opened")

    page = signed_in.get(address("accounts:privacy"))

    assert page.context["reads"] == 1
    assert "clara" not in page.content.decode().lower()


def test_the_profile_asks_as_many_questions_of_the_database_for_many_countries(
    signed_in, django_assert_num_queries
):
    for code in ["AZ", "GE", "KZ"]:
        make.country(code)

    with django_assert_num_queries(5):
        signed_in.get(address("accounts:profile"))
