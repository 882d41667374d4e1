import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from rtcm.accounts.models import DataRequest, PersonalDataRead, User
from tests import make

pytestmark = pytest.mark.django_db

PAGES = [
    "country",
    "institution",
    "person",
    "user",
    "focalpoint",
    "consent",
    "datarequest",
    "personaldataread",
]


@pytest.fixture
def desk(client, farid):
    client.force_login(farid)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_opens_every_list(desk, page):
    assert desk.get(f"/admin/accounts/{page}/").status_code == 200


def test_the_administrator_reads_the_roles(desk):
    group = Group.objects.get(name="administrator")

    assert desk.get("/admin/auth/group/").status_code == 200
    assert desk.get(f"/admin/auth/group/{group.pk}/change/").status_code == 200
    assert desk.post(f"/admin/auth/group/{group.pk}/change/", {"name": "x"}).status_code == 403


@pytest.mark.parametrize("page", ["user", "consent", "datarequest", "personaldataread"])
def test_a_coordinator_does_not_open_the_administrators_lists(client, clara, page):
    client.force_login(clara)

    assert client.get(f"/admin/accounts/{page}/").status_code == 403


def test_people_are_found_in_any_spelling(desk):
    make.person("Anar Əliyev", email="anar@example.org")
    make.person("Nino Beridze")

    for words in ["анар алиев", "Anar Aliyev", "ANAR@example.org"]:
        page = desk.get("/admin/accounts/person/", {"q": words})
        assert [person.full_name for person in page.context["cl"].result_list] == ["Anar Əliyev"]


def test_opening_a_record_is_noted(desk, farid, amina):
    page = desk.get(f"/admin/accounts/person/{amina.person.pk}/change/")

    assert page.status_code == 200
    read = PersonalDataRead.objects.get()
    assert (read.reader, read.person) == (farid, amina.person)


def test_staff_enter_a_person_without_an_address(desk):
    answer = desk.post(
        "/admin/accounts/person/add/",
        {
            "full_name": "Anar Əliyev",
            "emails-TOTAL_FORMS": 0,
            "emails-INITIAL_FORMS": 0,
        },
    )

    assert answer.status_code == 302
    assert make.Person.objects.get(full_name="Anar Əliyev").address == ""


def test_a_new_user_has_no_password_but_may_ask_for_one(desk):
    desk.post(
        "/admin/accounts/user/add/", {"email": "New@Example.org", "is_active": "on", "groups": []}
    )

    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()


def test_the_administrator_cannot_change_the_address_of_an_account(desk, amina):
    desk.post(
        f"/admin/accounts/user/{amina.pk}/change/",
        {"email": "thief@example.org", "is_active": "on", "person": amina.person.pk},
    )

    amina.refresh_from_db()
    assert amina.email == "amina@example.org"


def test_the_administrator_cannot_change_a_superuser(desk):
    root = make.user("root@example.org", is_staff=True, is_superuser=True)

    answer = desk.post(f"/admin/accounts/user/{root.pk}/change/", {"is_active": ""})

    root.refresh_from_db()
    assert answer.status_code == 403
    assert root.is_active


def test_a_lost_telephone_is_forgotten(desk, clara):
    desk.post(
        "/admin/accounts/user/",
        {"action": "remove_second_factor", "_selected_action": [clara.pk]},
    )

    assert not Authenticator.objects.filter(user=clara).exists()


def test_a_superusers_factor_is_safe_from_the_administrator(desk):
    root = make.user("root@example.org", is_staff=True, is_superuser=True)
    make.second_factor(root)

    desk.post(
        "/admin/accounts/user/", {"action": "remove_second_factor", "_selected_action": [root.pk]}
    )

    assert Authenticator.objects.filter(user=root).exists()


def test_a_data_request_is_refused_with_a_reason(desk, farid):
    request = DataRequest.objects.create(person=make.person(), kind=DataRequest.Kind.ERASE)
    url = f"/admin/accounts/datarequest/{request.pk}/change/"

    without = desk.post(url, {"decision": "refused", "answer": ""})
    desk.post(url, {"decision": "refused", "answer": "The law asks us to keep it."})

    request.refresh_from_db()
    assert without.status_code == 200
    assert (request.state, request.answered_by) == ("refused", farid)
    assert request.answer == "The law asks us to keep it."


def test_consents_cannot_be_touched_at_the_desk(desk, amina):
    consent = amina.person.consents.create(
        purpose="processing", given=True, text_version="1", language="en"
    )

    page = f"/admin/accounts/consent/{consent.pk}"
    assert desk.get(f"{page}/change/").status_code == 200
    assert desk.post(f"{page}/change/", {"given": ""}).status_code == 403
    assert desk.post(f"{page}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("page", ["account/emailaddress", "mfa/authenticator"])
def test_allauths_own_tables_are_not_at_the_desk(client, page):
    root = make.user("root@example.org", is_staff=True, is_superuser=True)
    make.second_factor(root)
    client.force_login(root)

    assert client.get(f"/admin/{page}/").status_code == 404
