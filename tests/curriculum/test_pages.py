import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db
LIST_QUERIES = 5  # modules, primary and secondary objectives of them, objectives, edition


def test_the_list_shows_modules_under_their_objectives(client):
    module = make.module(title="Borders that work", objectives=[11], published=True)

    page = client.get("/en/curriculum/").content.decode()

    assert page.count(f'href="{module.get_absolute_url()}"'.replace("/az/", "/en/")) == 2
    assert "Borders that work" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, django_assert_num_queries, rows):
    edition = make.edition(in_force=True)
    for _ in range(rows):
        make.module(edition=edition, objectives=[1, 2], secondary=[3])

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/en/curriculum/")


def test_an_objective_without_a_module_is_shown_as_a_gap(client):
    make.objective(13)

    page = client.get("/en/curriculum/").content.decode()

    assert "No module yet" in page


def test_a_module_page_names_its_objectives_and_outcomes(client):
    module = make.module(objectives=[11], published=True)
    module.outcomes.create(text_en="Prepare a risk profile")

    page = client.get(reverse("curriculum:module_page", args=[module.slug]))

    assert page.status_code == 200
    assert "Prepare a risk profile" in page.content.decode()


def test_a_draft_module_is_not_found_by_a_visitor_and_is_read_by_staff(client, hasan):
    module = make.module()

    assert client.get(module.get_absolute_url()).status_code == 404
    client.force_login(hasan)
    assert client.get(module.get_absolute_url()).status_code == 200


def test_a_missing_translation_is_shown_in_english_and_said_to_be_so(client):
    module = make.module(title="Borders that work", published=True)
    module.title_az = None
    module.save()

    page = client.get("/az/curriculum/").content.decode()

    assert '<span lang="en">Borders that work</span>' in page
