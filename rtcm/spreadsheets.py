"""Tables that come in and tables that go out: one reader and one writer for every list."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from rtcm.cells import EMPTY, MOST_COLUMNS, Cells, numbered
from rtcm.text import fold
from rtcm.uploads import CONTENT_TYPES, plain_name

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 5000
HEADING_ROWS = 10  # the headings stand within these; titles may stand above them
# What makes a spreadsheet calculate instead of show.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NUMBER = re.compile(r"[+-]\d[\d ]{0,20}")  # a telephone number is nothing to calculate
LONGEST = 32_767  # letters in a cell of Excel

Columns = Mapping[str, Iterable[str | Promise]]


@dataclass(frozen=True)
class Row:
    """One filled row, numbered as the sheet numbers it; errors by column, never with a value."""

    number: int
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def read(
    upload: Any, columns: Columns, required: Iterable[str] = (), most_rows: int = MOST_ROWS
) -> list[Row]:
    """The rows below the headings; every value is text. Refuses with a sentence.

    Headings are compared folded, in every language of the site; other columns are passed over.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Choose a smaller one.")
            % {"size": MOST_BYTES // MEGABYTE}
        )
    upload.seek(0)
    keys = _accepted(columns)
    needed = set(required)
    tables = [_Table(rows, keys) for rows in numbered(upload.read())]
    table = max(tables, key=lambda table: (needed <= table.found, len(table.found)))
    if missing := [key for key in columns if key in needed - table.found]:
        raise ValidationError(_missing([_label(columns[key]) for key in missing]))
    return _filled(table, most_rows)


def _accepted(columns: Columns) -> dict[str, str]:
    """Folded heading -> key. A lazy translation stands for all its languages."""
    accepted: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for key, names in columns.items():
                accepted |= {_heading(str(name)): key for name in names} | {_heading(key): key}
    return accepted


def _heading(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def _label(names: Iterable[str | Promise]) -> str:
    return str(next(iter(names)))


def _missing(labels: Sequence[str]) -> str:
    return ngettext(
        "The table has no column “%(columns)s”. Add it and upload the table again.",
        "The table has no columns “%(columns)s”. Add them and upload the table again.",
        len(labels),
    ) % {"columns": pgettext("between two names in quotation marks", "”, “").join(labels)}


class _Table:
    """Rows whose headings have been looked for in the first lines."""

    def __init__(self, rows: Iterator[tuple[int, Cells]], keys: Mapping[str, str]) -> None:
        self.rows = rows
        self.places: dict[int, str] = {}
        self.start: list[tuple[int, Cells]] = []
        for _place, row in zip(range(HEADING_ROWS), rows, strict=False):
            self.start.append(row)
            places = _places(row[1], keys)
            if len(places) > len(self.places):
                self.places, self.start = places, []

    @property
    def found(self) -> set[str]:
        return set(self.places.values())

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        yield from self.start
        yield from self.rows


def _places(cells: Cells, keys: Mapping[str, str]) -> dict[int, str]:
    """Position -> key; of two columns with one heading the first counts."""
    places: dict[int, str] = {}
    for place, cell in enumerate(cells):
        key = keys.get(_heading(cell.text))
        if key and key not in places.values():
            places[place] = key
    return places


def _filled(table: _Table, most_rows: int) -> list[Row]:
    rows: list[Row] = []
    for number, cells in table:
        if all(cell == EMPTY for cell in cells):
            continue
        if len(rows) == most_rows:
            raise ValidationError(
                _("The table has more than %(most)s rows. Split it into several.")
                % {"most": most_rows}
            )
        rows.append(_row(number, cells, table.places))
    if not rows:
        raise ValidationError(_("The table has headings but no rows below them."))
    return rows


def _row(number: int, cells: Cells, places: Mapping[int, str]) -> Row:
    cells = cells + [EMPTY] * (MOST_COLUMNS - len(cells))
    return Row(
        number,
        {key: cells[place].text for place, key in places.items()},
        {key: cells[place].error for place, key in places.items() if cells[place].error},
    )


def answer(
    filename: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]], kind: str = "xlsx"
) -> HttpResponse:
    """A table to download. Nothing that somebody typed is ever calculated by a spreadsheet."""
    write = WRITERS[kind]
    response = HttpResponse(write(headers, rows), content_type=CONTENT_TYPES[kind])
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    name = f"{plain_name(filename).removesuffix('.' + kind)}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def inert(value: Any) -> Any:
    """The value as a spreadsheet shows it: text stays text, whatever it begins with."""
    if value is None or isinstance(value, int | float | Decimal | date):
        return _naive(value)
    text = CONTROL.sub("", str(value))[: LONGEST - 1]
    active = text.lstrip(" \u00a0\u200b\ufeff").startswith(ACTIVE)
    return f"'{text}" if active and not NUMBER.fullmatch(text) else text


def _naive(value: Any) -> Any:
    """Excel knows no zones: the centre's own time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value


def _xlsx(headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for place in range(len(headers)):
        sheet.column_dimensions[chr(65 + place % 26)].width = 24
    sheet.append([_cell(sheet, header, bold=True) for header in headers])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _cell(sheet: Any, value: Any, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, inert(value))
    if isinstance(cell.value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _csv(headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    target = io.StringIO(newline="")
    lines = csv.writer(target)
    for row in [headers, *rows]:
        lines.writerow([inert(value) for value in row])
    return target.getvalue().encode("utf-8-sig")  # without the mark Excel reads it as Latin


WRITERS: dict[str, Callable[[Sequence[Any], Iterable[Sequence[Any]]], bytes]] = {
    "xlsx": _xlsx,
    "csv": _csv,
}
