import json

import pytest

from library.citations import as_bibtex, as_csl_json, as_ris, as_text
from tests import make

pytestmark = pytest.mark.django_db


def odd_item():
    item = make.item(
        slug="odd",
        title=r"Costs & {benefits}: 50% of $1_000 #1 \ ~^",
        year=2020,
        publisher="Əmək və Miqrasiya Ltd",
        abstract_en="First line\nER  - not the end",
        un_symbol="A/1",
        doi="10.1234/a_b",
        url="https://example.org/a_b?c=1%20{d}",
        authors=["Həsənova, Dilarə"],
    )
    item.contributors.create(name="Office & Sons", is_organization=True, role="editor", order=2)
    return item


def test_bibtex_escapes_what_tex_would_read():
    text = as_bibtex(odd_item())

    assert (
        r"title = {{Costs \& \textbraceleft{}benefits\textbraceright{}: 50\% of \$1\_000 "
        r"\#1 \textbackslash{} \textasciitilde{}\textasciicircum{}}}," in text
    )
    assert "editor = {{Office \\& Sons}}," in text
    assert "url = {https://example.org/a_b?c=1%20%7Bd%7D}," in text
    assert text.count("{") == text.count("}")


def test_ris_keeps_one_field_on_one_line():
    lines = as_ris(odd_item()).split("\r\n")

    assert lines[0] == "TY  - RPRT"
    assert [line for line in lines if line.startswith("ER")] == ["ER  - "]
    assert "AB  - First line ER - not the end" in lines
    assert "AU  - Həsənova, Dilarə" in lines


def test_csl_tells_family_from_given_name_and_keeps_organizations_whole():
    (record,) = json.loads(as_csl_json(odd_item()))

    assert record["author"] == [{"family": "Həsənova", "given": "Dilarə"}]
    assert record["editor"] == [{"literal": "Office & Sons"}]
    assert record["issued"] == {"date-parts": [[2020]]}


def test_csl_names_the_language_of_the_title():
    item = make.item(title_en="Report", languages=["ar", "en"])

    (record,) = json.loads(as_csl_json(item))

    assert (record["title"], record["language"]) == ("Report", "en")


def test_a_work_is_cited_by_the_title_it_bears():
    item = make.item(title_en="Report", title_ru="Отчёт", languages=["ru"], year=None)

    assert as_text(item) == "(no date). Отчёт."
