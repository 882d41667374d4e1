"""Files as attackers make them, small and made here: nothing hostile lies in the repository."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

MEGABYTE = 1024 * 1024


def upload(content: bytes, name: str = "a.pdf", content_type: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type or "application/octet-stream")


def pdf(pages: int = 1, password: str = "") -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **extra) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "navy").save(target, form, **extra)
    return target.getvalue()


def flood() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def objects(*bodies: bytes, trailer: bytes) -> bytes:
    """A PDF of these objects with a right table of places."""
    content, places = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return content + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        trailer,
        start,
    )


def cyclic_pages() -> bytes:
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
        trailer=b"/Root 1 0 R",
    )


def cyclic_table() -> bytes:
    content = objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        trailer=b"/Root 1 0 R /Prev @@@@",
    )
    return content.replace(b"@@@@", content.rsplit(b"startxref\n")[1].split()[0].rjust(4, b"0"))


def flate_bomb() -> bytes:
    """A table of places, packed: 200 MB when unpacked."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(200)) + packer.flush()
    body = b"<< /Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>"
    head = b"%PDF-1.5\n"
    stream = b"1 0 obj\n" + body % len(packed) + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return head + stream + b"startxref\n%d\n%%%%EOF\n" % len(head)


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def sheet(*rows: list, **parts: bytes) -> bytes:
    """An XLSX of these rows; its parts may be replaced (by the end of their names)."""
    workbook, target = Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(target)
    if not parts:
        return target.getvalue()
    with zipfile.ZipFile(target) as whole:
        kept = {name: whole.read(name) for name in whole.namelist()}
    for end, content in parts.items():
        kept = {name: content if name.endswith(f"{end}.xml") else old for name, old in kept.items()}
    return archive(**kept)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">'
    + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + n, *[97 + n] * 10)
        for n in range(9)
    )
    + b']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
    b"</worksheet>"
)
