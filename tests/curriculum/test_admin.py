import pytest

from curriculum.models import Edition, Module
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, hasan):
    client.force_login(hasan)
    return client


@pytest.mark.parametrize("page", ["objective", "principle", "edition", "module"])
def test_the_director_opens_every_list(desk, page):
    make.module(objectives=[11])
    make.principle()

    assert desk.get(f"/admin/curriculum/{page}/").status_code == 200


@pytest.mark.parametrize("page", ["objective", "principle", "edition", "module"])
def test_a_participant_is_sent_away(client, amina, page):
    client.force_login(amina)

    assert client.get(f"/admin/curriculum/{page}/").status_code in {302, 403}


def test_the_director_edits_a_module(desk):
    module = make.module()

    page = desk.get(f"/admin/curriculum/module/{module.pk}/change/")

    assert page.status_code == 200
    assert 'name="title_az"' in page.content.decode()


def test_an_objective_is_never_added_nor_deleted(desk, farid):
    make.objective(11)
    desk.force_login(farid)

    assert desk.get("/admin/curriculum/objective/11/change/").status_code == 200
    assert desk.get("/admin/curriculum/objective/add/").status_code == 403
    assert desk.post("/admin/curriculum/objective/11/delete/", {"post": "yes"}).status_code == 403


def test_the_desk_refuses_a_circle_of_prerequisites(desk):
    first, second = make.module(), make.module()
    second.prerequisites.add(first)
    lists = {f"{name}-{key}_FORMS": "0" for name in ("topics", "outcomes")
             for key in ("TOTAL", "INITIAL")}  # fmt: skip
    sent = {
        "edition": first.edition_id, "code": first.code, "slug": first.slug, "title_en": "First",
        "level": "introductory", "hours": "2", "order": "0", "primary_objectives": ["1"],
        "prerequisites": [second.pk], **lists,
    }  # fmt: skip

    page = desk.post(f"/admin/curriculum/module/{first.pk}/change/", sent)

    assert "These prerequisites lead back to this module." in page.content.decode()
    assert not Module.objects.get(pk=first.pk).prerequisites.exists()


def test_an_edition_is_put_in_force_by_a_verb(desk):
    old, new = make.edition(in_force=True), make.edition()

    desk.post(
        "/admin/curriculum/edition/", {"action": "put_in_force", "_selected_action": [new.pk]}
    )

    assert list(Edition.objects.in_force()) == [new]
    old.refresh_from_db()
    assert old.status == "superseded"
