import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import translation

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_coordinator():
    """Staff without a second factor."""
    staff = make.user("nigar@example.org", role="coordinator")
    Authenticator.objects.filter(user=staff).delete()
    return staff


def address(name, **kwargs):
    with translation.override("en"):
        return reverse(name, kwargs=kwargs or None)


@pytest.mark.parametrize("name", ["accounts:profile", "admin:index", "account_email"])
def test_staff_without_a_factor_are_sent_to_set_one_up(client, new_coordinator, name):
    client.force_login(new_coordinator)

    answer = client.get(address(name))

    assert answer.status_code == 302
    assert answer.url.endswith("/accounts/2fa/")


@pytest.mark.parametrize("name", ["mfa_index", "account_logout"])
def test_the_way_to_a_factor_and_the_way_out_stay_open(client, new_coordinator, name):
    client.force_login(new_coordinator)

    assert client.get(address(name)).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, new_coordinator):
    Authenticator.objects.create(user=new_coordinator, type="recovery_codes", data={"seed": "x"})
    client.force_login(new_coordinator)

    assert client.get(address("admin:index")).status_code == 302


def test_a_superuser_who_is_not_staff_needs_a_factor_too(client):
    client.force_login(make.user("root@example.org", is_superuser=True))

    assert client.get(address("accounts:profile")).status_code == 302


def test_staff_with_a_factor_get_in(client, clara):
    client.force_login(clara)

    assert client.get(address("admin:index")).status_code == 200


def test_participants_need_no_second_factor(client, amina):
    client.force_login(amina)

    assert client.get(address("accounts:profile")).status_code == 200


def test_the_demo_lets_staff_in_without_one(client, new_coordinator, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(new_coordinator)

    assert client.get(address("admin:index")).status_code == 200


def test_a_password_alone_does_not_open_the_desk(client, clara):
    client.post(address("account_login"), {"login": clara.email, "password": "demo"})

    answer = client.get(address("admin:index"))

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")
    assert "_auth_user_id" not in client.session


def test_a_password_and_a_code_open_the_desk(client, clara):
    client.post(address("account_login"), {"login": clara.email, "password": "demo"})

    client.post(address("mfa_authenticate"), {"code": make.totp_code()})

    assert client.get(address("admin:index")).status_code == 200


def test_the_desk_has_no_door_of_its_own(client, clara):
    answer = client.post(
        address("admin:login"), {"username": clara.email, "password": "demo", "next": "/admin/"}
    )

    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url
    assert "_auth_user_id" not in client.session


def test_participants_are_refused_at_the_desk(client, amina):
    client.force_login(amina)

    assert client.get(address("admin:login")).status_code == 403


def test_a_participant_can_add_an_authenticator_app(client, amina):
    client.post(address("account_login"), {"login": amina.email, "password": "demo"})
    page = client.get(address("mfa_activate_totp"))
    client.post(page.url, {"password": "demo"})
    page = client.get(address("mfa_activate_totp"))

    secret = page.context["form"].secret
    client.post(address("mfa_activate_totp"), {"code": make.totp_code(secret)})

    assert Authenticator.objects.filter(user=amina, type="totp").exists()
