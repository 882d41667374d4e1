import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from library.models import Item
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, gunel):
    client.force_login(gunel)
    return client


def lists(**changes):
    empty = {f"{name}-{key}_FORMS": "0" for name in ("contributors", "files")
             for key in ("TOTAL", "INITIAL")}  # fmt: skip
    return empty | changes


@pytest.mark.parametrize("page", ["item/", "item/add/", "collection/", "collection/add/"])
def test_the_librarian_opens_every_page(desk, page):
    make.item()

    assert desk.get(f"/admin/library/{page}").status_code == 200


def test_a_participant_is_sent_away(client, amina):
    client.force_login(amina)

    assert client.get("/admin/library/item/").status_code in {302, 403}


def test_the_librarian_catalogues_a_work_with_its_file(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = b"%PDF-1.4 hello"
    sent = lists(
        **{
            "slug": "report", "title_en": "A report", "type": "report", "languages": ["en"],
            "rights": "unknown", "access": "public",
            "contributors-TOTAL_FORMS": "1", "contributors-0-name": "Həsənova, Dilarə",
            "contributors-0-role": "author", "contributors-0-order": "1",
            "files-TOTAL_FORMS": "1", "files-0-name": "Whole text",
            "files-0-file": SimpleUploadedFile("r.pdf", content),
        }
    )  # fmt: skip

    answer = desk.post("/admin/library/item/add/", sent)

    item = Item.objects.get()
    file = item.files.get()
    assert answer.status_code == 302
    assert item.status == Item.Status.DRAFT
    assert item.folded_names == "hesenova, dilare"
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_work_without_a_title_is_refused_with_a_sentence(desk):
    sent = lists(slug="x", type="report", languages=["en"], rights="unknown", access="public")

    page = desk.post("/admin/library/item/add/", sent)

    assert "Give the title in at least one language." in page.content.decode()


def test_publish_and_withdraw_are_verbs_of_the_desk(desk):
    item = make.item(published=False)

    for verb, status in [("publish", "published"), ("withdraw", "withdrawn")]:
        desk.post("/admin/library/item/", {"action": verb, "_selected_action": [item.pk]})
        item.refresh_from_db()
        assert item.status == status
