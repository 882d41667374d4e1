import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from experts.models import Expert
from rtcm.accounts.models import PersonalDataRead
from tests import make

pytestmark = pytest.mark.django_db
# Objectives, countries, offered countries and languages; count, experts, their areas and languages.
LIST_QUERIES = 8


def blank(**changes):
    """What the form sends when nothing is filled in."""
    lists = {
        f"{name}-{key}": "0"
        for name in ("areas", "languages", "periods")
        for key in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    levels = {f"visibility_{name}": level for name, level in make.DEFAULT_VISIBILITY.items()}
    return lists | levels | changes


def picture(kind="JPEG", size=(900, 600), **save):
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **save)
    return SimpleUploadedFile("me.jpg", target.getvalue())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_asks_the_same_number_of_questions(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make.expert(objectives=[1, 11], languages=["az", "en"], countries=["GE"], published=True)

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/en/experts/", {"objective": "11", "language": "az"})


@pytest.mark.parametrize("typed", ["Əliyev", "əliyev", "ƏLİYEV", "Aliyev", "Eliyev", "Алиев"])
def test_a_name_is_found_in_every_spelling(client, typed):
    make.expert("Rəşad Əliyev", published=True)
    make.expert("Nana Beridze", published=True)

    page = client.get("/en/experts/", {"q": typed}).content.decode()

    assert "Rəşad Əliyev" in page
    assert "Nana Beridze" not in page


def test_words_of_the_headline_are_found(client):
    make.expert("Nana Beridze", headline_az="Sərhədlərin idarə edilməsi", published=True)

    assert "Nana Beridze" in client.get("/en/experts/", {"q": "serhed"}).content.decode()


def test_bad_values_are_left_out_and_said(client):
    make.expert("Nana Beridze", published=True)

    bad = {"objective": "99", "language": "qq", "country": "ZZ", "mode": "x", "page": "x"}
    page = client.get("/en/experts/", bad).content.decode()

    assert "Nana Beridze" in page
    assert "We could not read these filters" in page


def test_names_stand_in_alphabetical_order(client):
    for name in ["Zöhrə", "Əli", "Ceyhun"]:
        make.expert(name, published=True)

    page = client.get("/en/experts/").content.decode()

    assert page.index("Ceyhun") < page.index("Əli") < page.index("Zöhrə")


def test_drafts_are_not_found_by_visitors(client, amina):
    expert = make.expert("Nana Beridze")

    assert "Nana Beridze" not in client.get("/en/experts/").content.decode()
    assert client.get(expert.get_absolute_url()).status_code == 404
    client.force_login(amina)
    assert client.get(expert.get_absolute_url()).status_code == 404


def test_a_profile_never_shows_an_address(client):
    person = make.person("Nana Beridze", "nana@secret.example")
    expert = make.expert(person, published=True)

    for path in [expert.get_absolute_url(), "/en/experts/"]:
        assert "secret.example" not in client.get(path).content.decode()


def test_staff_who_see_more_than_the_public_are_written_down(client, hasan):
    expert = make.expert(published=True)
    client.force_login(hasan)

    client.get(expert.get_absolute_url())

    assert PersonalDataRead.objects.get().person == expert.person


def test_dilara_writes_her_profile_and_a_visitor_sees_it_once_published(client, dilara, hasan):
    make.objective(11)
    client.force_login(dilara)
    words = {
        "headline_en": "Border management",
        "biography_en": "Twelve years at the border.",
        "areas-TOTAL_FORMS": "1", "areas-0-objective": "11", "areas-0-level": "leading",
        "languages-TOTAL_FORMS": "1", "languages-0-code": "az", "languages-0-level": "native",
        "languages-0-can_train": "on",
        "periods-TOTAL_FORMS": "1", "periods-0-starts_on": "2026-12-01",
        "periods-0-ends_on": "2026-12-24", "periods-0-kind": "busy",
        "modes": ["online"],
    }  # fmt: skip

    saved = client.post(reverse("experts:my_expert"), blank(**words))
    client.post(reverse("experts:submit"))
    expert = Expert.objects.get()
    expert.publish(by=hasan)
    client.logout()
    page = client.get(f"/en/experts/{expert.slug}/").content.decode()

    assert saved.status_code == 302
    assert "Twelve years at the border." in page
    assert "leading expert" in page
    assert "2026" not in page.split("<main")[1].split("</main")[0]  # availability is not public


def test_a_mistake_is_named_and_what_was_typed_is_kept(client, dilara):
    client.force_login(dilara)
    wrong = blank(
        headline_en="Border management",
        orcid="0000-0000-0000-0000",
        **{"periods-TOTAL_FORMS": "1", "periods-0-starts_on": "2026-12-24"},
        **{"periods-0-ends_on": "2026-12-01", "periods-0-kind": "busy"},
    )

    answer = client.post("/en/me/expert/", wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Border management"' in page
    assert "wrong check digit" in page
    assert "The period ends before it starts." in page
    assert not Expert.objects.exists()


def test_the_same_language_twice_is_refused(client, dilara):
    client.force_login(dilara)
    rows = {f"languages-{n}-{key}": value for n in (0, 1) for key, value in
            {"code": "az", "level": "C1"}.items()}  # fmt: skip

    answer = client.post("/en/me/expert/", blank(**{"languages-TOTAL_FORMS": "2"}, **rows))

    assert answer.status_code == 422
    assert not Expert.objects.exists()


def test_visibility_is_chosen_per_field(client, dilara):
    expert = make.expert(dilara.person, published=True)
    client.force_login(dilara)

    client.post(reverse("experts:my_expert"), blank(visibility_biography="staff"))

    expert.refresh_from_db()
    assert expert.visibility["biography"] == "staff"


def test_the_preview_shows_only_what_a_visitor_sees(client, dilara):
    make.expert(dilara.person, biography_en="For staff only.", visibility={"biography": "staff"})
    client.force_login(dilara)

    page = client.get("/en/me/expert/preview/").content.decode()

    assert "For staff only." not in page
    assert "how a visitor sees" in page


def test_a_photo_is_made_small_and_loses_its_hidden_data(client, dilara, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    expert = make.expert(dilara.person, published=True)
    client.force_login(dilara)
    secret = Image.Exif()
    secret[0x010E] = "taken at home"

    client.post(reverse("experts:my_expert"), blank(new_photo=picture(exif=secret)))
    expert.refresh_from_db()
    answer = client.get(reverse("experts:photo", args=[expert.slug]))

    stored = b"".join(answer.streaming_content)
    image = Image.open(io.BytesIO(stored))
    assert (image.format, image.size) == ("JPEG", (600, 400))
    assert b"taken at home" not in stored
    assert not image.getexif()


def test_a_replaced_photo_is_removed_from_the_disk(
    client, dilara, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    make.expert(dilara.person)
    client.force_login(dilara)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("experts:my_expert"), blank(new_photo=picture()))

    assert len(list(tmp_path.rglob("*.jpg"))) == 1


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("me.jpg", b"<html>not a photo</html>"),
        SimpleUploadedFile("me.jpg", b""),
        picture("GIF"),
        picture("PNG", size=(7000, 7000)),
        SimpleUploadedFile("me.jpg", picture().read()[:300]),
        SimpleUploadedFile("me.jpg", b"\xff\xd8\xff" + b"0" * (5 * 1024 * 1024)),
    ],
    ids=["html", "empty", "gif", "pixels", "truncated", "large"],
)
def test_what_is_no_reasonable_photo_is_refused(client, dilara, upload):
    client.force_login(dilara)

    answer = client.post(reverse("experts:my_expert"), blank(new_photo=upload))

    assert answer.status_code == 422


def test_a_hidden_photo_is_not_found_by_a_visitor(client, dilara, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    expert = make.expert(dilara.person, published=True, visibility={"photo": "staff"})
    client.force_login(dilara)
    client.post(reverse("experts:my_expert"), blank(visibility_photo="staff", new_photo=picture()))
    path = reverse("experts:photo", args=[expert.slug])

    own = client.get(path)
    b"".join(own.streaming_content)
    client.logout()
    visitor = client.get(path)

    assert (own.status_code, visitor.status_code) == (200, 404)


def test_sending_an_unfinished_profile_is_refused_with_a_sentence(client, dilara):
    make.expert(dilara.person, objectives=[])
    client.force_login(dilara)

    page = client.post("/en/me/expert/submit/", follow=True).content.decode()

    assert "Name at least one area of expertise first." in page


def test_returning_from_sign_in_to_the_verb_leads_to_the_profile(client, dilara):
    client.force_login(dilara)

    assert client.get(reverse("experts:submit")).url == reverse("experts:my_expert")
