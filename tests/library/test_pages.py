import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db
# Objectives, principles, countries, count, the states of the cards, items and makers, counts.
LIST_QUERIES = 8


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make.item(title="Borders", objectives=[1, 11], authors=["A, B"], countries=["AZ"])

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/en/library/", {"q": "borders", "objective": "11"})


def test_the_list_shows_what_matches(client):
    make.item(title="Borders that work")
    make.item(title="Labour")

    page = client.get("/en/library/", {"q": "border"}).content.decode()

    assert "Borders that work" in page
    assert "Labour" not in page


def test_bad_values_are_left_out_and_said(client):
    make.item(title="Borders that work")

    bad = {
        "objective": "99", "principle": "z", "type": "x", "language": "qq", "country": "ZZ",
        "year_from": "abc", "year_to": "-5", "sort": "price", "page": "9999", "q": "\x00",
    }  # fmt: skip
    page = client.get("/en/library/", bad)

    assert page.status_code == 200
    assert "Borders that work" in page.content.decode()
    assert "We could not read these filters" in page.content.decode()


def test_an_item_page_cites_and_links(client):
    item = make.item(title="Borders that work", objectives=[11], year=2020, url="https://a.example")

    page = client.get(reverse("library:item_page", args=[item.slug])).content.decode()

    assert "(2020). Borders that work. https://a.example" in page
    assert reverse("library:citation", args=[item.slug, "bibtex"]) in page


@pytest.mark.parametrize(
    ("form", "start"), [("bibtex", "@techreport{"), ("ris", "TY  - "), ("csl-json", "[")]
)
def test_each_citation_is_a_file(client, form, start):
    item = make.item()

    answer = client.get(reverse("library:citation", args=[item.slug, form]))

    assert answer.content.decode().startswith(start)
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_unknown_citation_format_is_not_found(client):
    item = make.item()

    assert client.get(f"/en/library/{item.slug}/cite/word/").status_code == 404


def test_a_draft_and_its_files_are_not_found(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = make.file(make.item(published=False))

    assert client.get(file.item.get_absolute_url()).status_code == 404
    assert client.get(file.get_absolute_url()).status_code == 404


def test_a_public_file_is_read_in_a_sandbox(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = make.file()

    answer = client.get(file.get_absolute_url())

    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="The report.pdf"'


def test_a_document_that_is_no_pdf_is_downloaded(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = make.file(name="a.docx")

    answer = client.get(file.get_absolute_url())

    b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_for_registered_people_asks_a_visitor_to_sign_in(client, amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = make.file(make.item(access="registered"))

    visitor = client.get(file.get_absolute_url())
    client.force_login(amina)
    member = client.get(file.get_absolute_url())

    b"".join(member.streaming_content)
    assert visitor.status_code == 302
    assert visitor.url.startswith(reverse("account_login"))
    assert member.status_code == 200


def test_a_network_file_is_refused_with_a_sentence(client, amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = make.file(make.item(access="network"))
    client.force_login(amina)

    answer = client.get(file.get_absolute_url())

    assert answer.status_code == 403
