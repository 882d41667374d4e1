"""A table of nominees: read, shown, and added only when confirmed; or refused with sentences."""

import pytest
from django.urls import reverse

from rtcm.accounts.models import Institution
from tests import make
from tests.making import nominations as made
from tests.trainings.people import said

FIVE = [
    ["Leyla Əliyeva", "leyla@example.org", "Specialist", "qadın", "az, en", ""],
    ["Rəşad Quliyev", "rashad@example.org", "Inspector", "kişi", "az; русский", "Good English"],
    ["Айгуль Садыкова", "", "Head of unit", "женщина", "Russian", ""],
    ["Nino Beridze", "nino@example.org", "Officer", "", "en", ""],
    ["Ion Rusu", "ion@example.org", "Officer", "m", "Romanian, en", ""],
]


@pytest.fixture
def mandate(emil):
    return made.mandate(emil)


@pytest.fixture
def training(db):
    return made.nominated_training(seats=5)


@pytest.fixture
def focal(client, emil):
    client.force_login(emil)
    client.cookies.load({"__Host-language": "en"})
    return client


def page(training, mandate, name="nomination_upload"):
    return reverse(f"trainings:{name}", args=[mandate.pk, training.slug])


def upload(client, training, mandate, table):
    return client.post(page(training, mandate), {"table": table})


def confirm(client, training, mandate, answer):
    rows = answer.context["rows"]
    return client.post(page(training, mandate), {"rows": rows}, follow=True)


def test_five_officials_are_shown_first_and_added_when_confirmed(focal, training, mandate):
    shown = upload(focal, training, mandate, made.xlsx(FIVE))
    assert "5 rows read" in said(shown)
    assert training.nominations.count() == 0

    answer = confirm(focal, training, mandate, shown)

    assert "5 nominees are on your list." in said(answer)
    assert list(training.nominations.values_list("rank", "full_name", "sex", "understands")) == [
        (1, "Leyla Əliyeva", "female", ["az", "en"]),
        (2, "Rəşad Quliyev", "male", ["az", "ru"]),
        (3, "Айгуль Садыкова", "female", ["ru"]),
        (4, "Nino Beridze", "", ["en"]),
        (5, "Ion Rusu", "male", ["ro", "en"]),
    ]


def test_confirming_twice_adds_nobody_twice(focal, training, mandate):
    shown = upload(focal, training, mandate, made.xlsx(FIVE))
    confirm(focal, training, mandate, shown)

    answer = confirm(focal, training, mandate, shown)

    assert "nominated for this training already" in said(answer)
    assert training.nominations.count() == 5


def test_each_wrong_row_is_named_and_nobody_is_added(focal, training, mandate):
    made.on_list(training, mandate, "Known", email="known@example.org")
    rows = [
        *FIVE[:1],
        ["", "x@example.org", "Officer", "", "en", ""],
        ["No Post", "no-address", "", "", "en", ""],
        ["No Language", "", "Officer", "robot", "Klingon", ""],
        ["Twice", "leyla@example.org", "Officer", "", "en", ""],
        ["Known Again", "known@example.org", "Officer", "", "en", ""],
    ]

    answer = upload(focal, training, mandate, made.xlsx(rows))

    words = said(answer)
    assert answer.status_code == 422
    assert "Row 3: Full name: This field is required." in words
    assert "Row 4: E-mail address: Enter a valid email address." in words
    assert "Row 4: Post: This field is required." in words
    assert "Row 5: Unknown language: Klingon." in words
    assert "Row 5: Languages understood" not in words
    assert "Row 5: Sex: write “woman”, “man” or nothing." in words
    assert "Row 6: The same address stands in row 2." in words
    assert "Row 7: Somebody with this address is nominated" in words
    assert "rows" not in answer.context or not answer.context["rows"]
    assert training.nominations.count() == 1


REFUSED = {
    "a missing column": (
        made.xlsx([["A", "Officer"]], ["Full name", "Post"]),
        "The table has no column “Languages understood”.",
    ),
    "ten thousand rows": (
        made.csv("Full name,Post,Languages\n" + "A,Officer,en\n" * 10_000),
        "The table has more than 200 rows. Split it into several.",
    ),
    "a picture": (made.csv("\x89PNG\r\n\x1a\n", "latin-1"), "table"),
    "no rows": (made.xlsx([]), "The table has headings but no rows below them."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_that_cannot_be_read_is_refused_with_a_sentence(what, focal, training, mandate):
    table, sentence = REFUSED[what]

    answer = upload(focal, training, mandate, table)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert training.nominations.count() == 0


def test_a_formula_is_refused_by_its_cell(focal, training, mandate):
    rows = [['=HYPERLINK("http://x")', "", "Officer", "", "en", ""]]

    answer = upload(focal, training, mandate, made.xlsx(rows))

    assert "Row 2: Full name: There is a formula in this cell." in said(answer)
    assert training.nominations.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_csv_of_another_encoding_in_russian_is_read(encoding, focal, training, mandate):
    text = "Полное имя;Должность;Понимаемые языки\nАйгуль Садыкова;Инспектор;русский\n"
    headings = "Full name;Post;Languages\n"
    lines = headings + text.split("\n", 1)[1]

    shown = upload(focal, training, mandate, made.csv(lines, encoding))
    confirm(focal, training, mandate, shown)

    row = training.nominations.get()
    assert (row.full_name, row.understands) == ("Айгуль Садыкова", ["ru"])


def test_a_preview_that_somebody_wrote_themselves_is_refused(focal, training, mandate):
    answer = focal.post(page(training, mandate), {"rows": "forged"}, follow=True)

    assert "This preview is too old. Please upload the table again." in said(answer)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_read_by_its_own_reader(kind, focal, training, mandate):
    address = reverse("trainings:nomination_template", args=[mandate.pk, kind])
    file = focal.get(address)

    shown = upload(focal, training, mandate, made.named(f"t.{kind}", file.content))

    assert "1 row read" in said(shown)


def test_a_country_names_the_institution_of_each(focal, emil, training):
    under = made.mandate(emil, "GE", institution=None)
    place = make.institution(name="Border Police", country=make.country("GE"))
    headings = [*made.HEADINGS, "Institution"]
    rows = [["A", "", "Officer", "", "en", "", "border police"]]

    shown = upload(focal, training, under, made.xlsx(rows, headings))
    confirm(focal, training, under, shown)

    assert training.nominations.get().institution == place
    wrong = [["B", "", "Officer", "", "en", "", "Nowhere"]]
    refusal = said(upload(focal, training, under, made.xlsx(wrong, headings)))
    assert "Institution: there is no “Nowhere” in our list." in refusal
    assert Institution.objects.filter(name="Nowhere").count() == 0
