"""What we give out calculates nothing, whoever typed it (attack A21)."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtcm import spreadsheets
from tests.files.hostile import upload

NASTY = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1", " =1+1",
    "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "=cmd|' /C calc'!A0", "\ufeff=1+1",
]  # fmt: skip


def xlsx(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [list(row) for row in sheet.iter_rows()]


def lines(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_a_table_is_downloaded_with_its_values_kept():
    rows = [["Əli", 7, datetime(2026, 5, 3, 8, tzinfo=UTC), None, "+994 50 123 45 67"]]
    headers = ["Name", "Hours", "Time", "Note", "Telephone"]

    excel = spreadsheets.answer("people", headers, rows)
    plain = spreadsheets.answer("people.csv", headers, rows, "csv")

    assert [cell.value for cell in xlsx(excel)[1]] == [
        "Əli", 7, datetime(2026, 5, 3, 12), None, "+994 50 123 45 67",  # noqa: DTZ001
    ]  # fmt: skip
    assert lines(plain)[1] == ["Əli", "7", "2026-05-03 12:00:00", "", "+994 50 123 45 67"]
    assert excel["Content-Disposition"] == 'attachment; filename="people.xlsx"'
    assert plain["Content-Disposition"] == 'attachment; filename="people.csv"'


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("place", ["heading", "cell"])
def test_nothing_that_was_typed_is_calculated(value, place):
    table = ([value], [["x"]]) if place == "heading" else (["x"], [[value]])

    excel = xlsx(spreadsheets.answer("a", *table))
    plain = lines(spreadsheets.answer("a", *table, "csv"))

    cells = [cell for row in excel for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = [cell.value for cell in cells] + [text for row in plain for text in row]
    assert {text[:1] for text in shown if text != "x"} == {"'"}


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_no_text_at_all_becomes_a_formula_or_breaks_the_file(texts):
    cells = xlsx(spreadsheets.answer("a", texts, [texts]))

    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "inlineStr"}
    assert not [text for text in map(spreadsheets.inert, texts) if text[:1] in set("=@\t\r\n\0")]


def test_what_we_gave_out_is_read_again_as_it_was():
    answer = spreadsheets.answer("a", ["Name", "Note"], [["Əli", "-5 or less"]])

    rows = spreadsheets.read(upload(answer.content), {"name": ["Name"], "note": ["Note"]})

    assert rows[0].values == {"name": "Əli", "note": "-5 or less"}
