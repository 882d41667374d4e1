"""Tables that come in: whatever program, encoding and language they were made with."""

import io
import resource
import time
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override

from rtcm.spreadsheets import Row, read
from tests.files import hostile
from tests.files.hostile import sheet, upload

COLUMNS = {
    "name": ["Full name", "Ad, soyad", "ФИО", "Adı Soyadı"],
    "country": ["Country", "Ölkə", "Страна"],
    "day": ["Date", "Tarix", "Дата"],
}
ROWS = [Row(2, {"name": "Əli Məmmədov", "country": "AZ", "day": "2019-05-03"})]
RUSSIAN = [Row(2, {"name": "Иван Ёлкин", "country": "Казахстан", "day": ""})]
TURKISH = [Row(2, {"name": "Gülşah Yıldırım", "country": "Türkiye", "day": ""})]


def test_a_sheet_of_excel_is_read_as_text():
    content = sheet(
        ["Full name", "Country", "Date", "Number of shoes"],
        ["Əli\nMəmmədov ", "AZ", date(2019, 5, 3), 42.0],
    )

    assert read(upload(content), COLUMNS) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_usual_writing(encoding, delimiter):
    lines = [["AD, SOYAD", "ölkə", "Tarix:"], ["Əli Məmmədov", "AZ", "2019-05-03"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)

    assert read(upload(text.encode(encoding)), COLUMNS) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_an_old_russian_or_turkish_excel_is_read(delimiter):
    russian = [["ФИО", "Страна", "Дата"], ["Иван Ёлкин", "Казахстан", ""]]
    turkish = [["Adı Soyadı", "Country", "Date"], ["Gülşah Yıldırım", "Türkiye", ""]]
    old, west = ["\n".join(delimiter.join(line) for line in lines) for lines in (russian, turkish)]

    assert read(upload(old.encode("cp1251")), COLUMNS) == RUSSIAN
    assert read(upload(west.encode("cp1254")), COLUMNS) == TURKISH


def test_titles_above_and_empty_rows_do_not_disturb_the_numbering():
    content = sheet(["Register of 2019"], [], ["Name", "Country"], [None, None], ["Əli", "AZ"])

    assert read(upload(content), COLUMNS) == [Row(5, {"name": "Əli", "country": "AZ"})]


def test_a_heading_is_known_in_every_language_of_the_site():
    columns = {"email": [gettext_lazy("E-mail")]}
    with override("ru"):
        russian = str(columns["email"][0])

    assert read(upload(sheet([russian], ["a@example.org"])), columns)[0].values == {
        "email": "a@example.org"
    }


def test_missing_columns_are_named_in_one_sentence():
    content = sheet(["Country"], ["AZ"])

    with pytest.raises(ValidationError) as refusal:
        read(upload(content), COLUMNS, required=["name", "day", "country"])

    assert refusal.value.messages == [
        "The table has no columns “Full name”, “Date”. Add them and upload the table again."
    ]


def test_a_formula_is_an_error_of_its_row_and_never_a_value():
    excel = sheet(["Name", "Country"], ["=HYPERLINK(A1)", "AZ"], ["Əli", "AZ"])
    plain = "Name;Country\n=cmd|' /C calc'!A0;AZ\nƏli;AZ\n".encode()

    for content in [excel, plain]:
        wrong, right = read(upload(content), COLUMNS)
        assert wrong == Row(
            2,
            {"name": "", "country": "AZ"},
            {"name": "There is a formula in this cell. Put its value there instead."},
        )
        assert right == Row(3, {"name": "Əli", "country": "AZ"})


def test_too_many_rows_are_refused_and_the_last_allowed_one_is_not():
    content = sheet(["Name"], *[["Əli"]] * 20)

    assert len(read(upload(content), COLUMNS, most_rows=20)) == 20
    with pytest.raises(ValidationError, match="more than 19 rows"):
        read(upload(content), COLUMNS, most_rows=19)


def test_ten_thousand_rows_are_refused_within_seconds():
    content = ("Name;Country\n" + "Əli;AZ\n" * 10_000).encode()

    with pytest.raises(ValidationError, match="more than 5000 rows"):
        read(upload(content), COLUMNS)


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        hostile.pdf(),
        hostile.picture("PNG"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        hostile.archive(**{"a.txt": b"x"}),
        b"PK\x03\x04 broken",
        sheet(["Name"], ["Əli"])[:-300],
        sheet(["Name"], ["Əli"], sheet1=hostile.LAUGHS),
        sheet(["Name"], ["Əli"], workbook=hostile.LAUGHS),
        sheet(["Name"], ["Əli"], sheet1=b"<nothing"),
        sheet(["Name"], ["Əli"], sheet1=FAR),
        hostile.archive(**{f"{number}.xml": b"" for number in range(600)}),
        hostile.archive(**{"xl/sheet1.xml": bytes(60 * hostile.MEGABYTE)}),
        b'Name;Country\n"' + b"a" * 200_000,
        sheet(["Name"]),
    ],
)
def test_what_is_no_table_is_refused_soon_and_in_little_memory(content):
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    with pytest.raises(ValidationError):
        read(upload(content), COLUMNS, required=["name"])

    assert time.monotonic() - started < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


def test_a_part_that_lies_about_its_size_is_refused():
    whole = sheet(["Name"], *[["Əli"]] * 3000)
    told = zipfile.ZipFile(io.BytesIO(whole)).getinfo("xl/worksheets/sheet1.xml").file_size
    lying = whole.replace(told.to_bytes(4, "little"), (100).to_bytes(4, "little"))

    with pytest.raises(ValidationError):
        read(upload(lying), COLUMNS, required=["name"])
