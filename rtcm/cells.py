"""The cells of a table as written by hand or by a program: XLSX and CSV, both hostile until read.

Everything becomes plain text here; what rows and columns mean is spreadsheets.py's matter.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException

MOST_ENTRIES = 500
MOST_UNPACKED = 40 * 1024 * 1024
MOST_COLUMNS = 60
LAST_ROW = 100_000
LONGEST = 5000
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ARCHIVE = b"PK\x03\x04"
# Letters that no table holds: a picture or a program that calls itself a table.
BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")
CYRILLIC_ENDS = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
CYRILLIC_RUNS = re.compile(rb"[\xc0-\xff]{2}")
UNREADABLE = gettext_lazy(
    "The file is not a table that we can read. Save it as .xlsx or as .csv and upload it again."
)
FORMULA = gettext_lazy("There is a formula in this cell. Put its value there instead.")
WRONG = gettext_lazy("This cell shows an error of the spreadsheet. Put a value there instead.")
LONG = gettext_lazy("There are more than %(most)s letters in this cell. Shorten it.")


@dataclass(frozen=True)
class Cell:
    text: str = ""
    error: str = ""


Cells = list[Cell]
EMPTY = Cell()


def numbered(content: bytes) -> list[Iterator[tuple[int, Cells]]]:
    """The rows with their numbers; a CSV comes once for each way its columns may be parted."""
    if content.startswith(OLD_EXCEL):
        raise ValidationError(
            _("This table is of an old kind (.xls) or locked with a password. Save it as .xlsx.")
        )
    if content.startswith(b"%PDF"):
        raise ValidationError(UNREADABLE)
    if content.startswith(ARCHIVE):
        return [_sheet(content)]
    text = decoded(content)
    return [_parted(text, delimiter) for delimiter in (",", ";", "\t")]


def decoded(content: bytes) -> str:
    """The text in whichever encoding Excel, LibreOffice or an old register left it."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text
    raise ValidationError(UNREADABLE)


def _encodings(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    start = content[:400]
    if start.count(0) > len(start) // 4:
        return ["utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"]
    # In Russian words every letter is above ASCII; in Turkish ones they stand among Latin letters.
    latin = len(CYRILLIC_ENDS.findall(content)) > len(CYRILLIC_RUNS.findall(content))
    return ["utf-8-sig", *(["cp1254", "cp1251"] if latin else ["cp1251", "cp1254"])]


def _parted(text: str, delimiter: str) -> Iterator[tuple[int, Cells]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(lines, start=1):
            yield number, [_typed(value) for value in row[:MOST_COLUMNS]]
    except csv.Error as broken:
        raise ValidationError(UNREADABLE) from broken


def _typed(value: str) -> Cell:
    """A value of a CSV: Excel would calculate what begins with a sign of equality."""
    text = plain(value)
    if text.startswith(("=", "＝")):
        return Cell(error=str(FORMULA))
    return _measured(text)


def _measured(text: str) -> Cell:
    if len(text) > LONGEST:
        return Cell(error=LONG % {"most": LONGEST})
    # The apostrophe that our own exports put before what a spreadsheet might calculate.
    return Cell(text[1:] if re.match(r"'[=+\-@＝＋－＠]", text) else text)


def plain(value: str) -> str:
    """One line without hidden characters; line breaks within a cell become spaces."""
    text = unicodedata.normalize("NFC", value)
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())


def _sheet(content: bytes) -> Iterator[tuple[int, Cells]]:
    try:
        check_archive(content)
        yield from _rows(openpyxl.load_workbook(io.BytesIO(content), read_only=True))
    except ValidationError:
        raise
    except (zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException) as broken:
        raise ValidationError(UNREADABLE) from broken
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as odd:
        raise ValidationError(UNREADABLE) from odd
    except (EOFError, OSError, OverflowError, NotImplementedError, RuntimeError) as odd:
        raise ValidationError(UNREADABLE) from odd


def check_archive(content: bytes) -> None:
    """Asked before anything is unpacked: how many parts, and how large they would become.

    A part that lies about its size is cut off by zipfile at the size it told.
    """
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(_("The table is too large when unpacked. Split it into several."))


def _rows(workbook: Any) -> Iterator[tuple[int, Cells]]:
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # the size that a file tells of itself may be a lie
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=LAST_ROW + 1)
    for number, row in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise ValidationError(
                _("There are rows far below the table. Delete the empty rows and upload it again.")
            )
        if any(cell is not EMPTY_CELL for cell in row):
            yield number, [_read(cell) for cell in row]


def _read(cell: Any) -> Cell:
    if cell.value is None:
        return EMPTY
    if cell.data_type == "f":
        return Cell(error=str(FORMULA))
    if cell.data_type == "e":
        return Cell(error=str(WRONG))
    return _measured(_written(cell.value))


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return plain(str(value))
