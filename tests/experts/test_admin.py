import pytest

from rtcm.accounts.models import PersonalDataRead
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, hasan):
    client.force_login(hasan)
    return client


def tell(desk, expert, verb, reason=""):
    sent = {"action": verb, "_selected_action": [expert.pk], "reason": reason}
    return desk.post("/admin/experts/expert/", sent, follow=True).content.decode()


def test_the_director_finds_an_expert_in_any_spelling(desk):
    make.expert("Rəşad Əliyev")

    assert "Rəşad Əliyev" in desk.get("/admin/experts/expert/", {"q": "Aliyev"}).content.decode()
    assert "Rəşad Əliyev" not in desk.get("/admin/experts/expert/", {"q": "Zz"}).content.decode()


def test_opening_a_profile_on_the_desk_is_written_down(desk):
    expert = make.expert()

    page = desk.get(f"/admin/experts/expert/{expert.pk}/change/")

    assert page.status_code == 200
    assert PersonalDataRead.objects.get().person == expert.person


def test_a_participant_is_sent_away(client, amina):
    client.force_login(amina)

    assert client.get("/admin/experts/expert/").status_code in {302, 403}


def test_the_director_publishes_and_suspends_with_a_reason(desk):
    expert = make.expert()
    expert.submit()

    tell(desk, expert, "publish")
    expert.refresh_from_db()
    published = expert.state
    tell(desk, expert, "suspend", "Left the Network.")
    expert.refresh_from_db()

    assert (published, expert.state) == ("published", "suspended")
    assert expert.decisions.first().reason == "Left the Network."


def test_a_profile_is_not_returned_without_a_reason(desk):
    expert = make.expert()
    expert.submit()

    page = tell(desk, expert, "return_with_reason")

    expert.refresh_from_db()
    assert expert.state == "submitted"
    assert "Give a reason" in page


def test_an_administrator_only_looks(client, farid):
    expert = make.expert()
    client.force_login(farid)

    assert client.get(f"/admin/experts/expert/{expert.pk}/change/").status_code == 200
    tell(client, expert, "publish")
    expert.refresh_from_db()
    assert expert.state == "draft"
