"""What is uploaded is judged by what it holds (attacks A15 and A16)."""

import io
import re
import resource
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import Http404
from PIL import Image

from rtcm import uploads
from tests.files import hostile
from tests.files.hostile import upload

MINE = re.compile(r"[0-9a-f]{32}\.(pdf|jpg|png)")


def stored(folder, name: str, content: bytes = b"x") -> FieldFile:
    kept = FieldFile(None, FileField(storage=FileSystemStorage(folder)), name)
    kept.storage.save(name, ContentFile(content))
    return kept


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (hostile.pdf(), "pdf"),
        (hostile.picture("PNG"), "png"),
        (hostile.picture("JPEG"), "jpg"),
    ],
)
def test_a_document_is_kept_under_a_name_of_ours(content, extension):
    kept = uploads.checked(upload(content, "../../etc/letter.pdf.html"))

    assert MINE.fullmatch(kept.name)
    assert kept.name.endswith(f".{extension}")


def test_a_picture_is_written_anew_without_what_the_camera_told():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Amina"
    content = hostile.picture("JPEG", exif=exif) + b"<script>alert(1)</script>PK\x03\x04"

    kept = uploads.checked(upload(content, "a.jpg")).read()

    assert b"Amina" not in kept
    assert b"<script>" not in kept
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def test_the_comment_of_a_drawing_does_not_stay():
    content = hostile.picture("PNG") + b"<html><script>alert(1)</script>"

    kept = uploads.checked(upload(content, "a.png")).read()

    assert b"<script>" not in kept


def test_a_large_scan_is_made_small_enough_to_send():
    kept = uploads.checked(upload(hostile.picture("PNG", (4960, 1000)))).read()

    assert Image.open(io.BytesIO(kept)).size == (4000, 806)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>alert(1)</script>",
        b"GIF89a" + hostile.pdf(),
        b"<html>" + hostile.pdf(),
        b"%PDF-1.7\n<html><script>alert(1)</script>" + hostile.pdf()[9:],
        b"%PDF-1.7\n<svg onload=alert(1)>" + hostile.pdf()[9:],
        hostile.pdf() + hostile.archive(**{"Attack.class": b"x"}),
        b"%PDF-1.7\nnothing\n%%EOF",
        hostile.pdf()[: len(hostile.pdf()) // 2],
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        b"\xff\xd8\xff<script>alert(1)</script>",
        hostile.archive(**{"42.zip": b"x"}),
        b"SIMPLE  =                    T" + bytes(2000),
        hostile.picture("GIF"),
        b"",
    ],
)
def test_what_is_something_else_is_refused(content):
    with pytest.raises(ValidationError):
        uploads.checked(upload(content, "letter.pdf", "application/pdf"))


@pytest.mark.parametrize(
    "content",
    [
        hostile.flood(),
        hostile.cyclic_pages(),
        hostile.cyclic_table(),
        hostile.flate_bomb(),
        hostile.objects(*[b"<< /Type /Pages /Kids [2 0 R] >>"] * 400, trailer=b"/Root 1 0 R"),
        b"%PDF-1.5\n" + b"[" * 500_000 + b"\n%%EOF",
        b"%PDF-1.5\n" + b"1 0 obj <<" * 100_000 + b"\nstartxref\n0\n%%EOF",
    ],
)
def test_a_bomb_is_refused_soon_and_in_little_memory(content):
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    with pytest.raises(ValidationError):
        uploads.checked(upload(content))

    assert time.monotonic() - started < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


def test_too_large_a_file_is_refused_before_it_is_read():
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        uploads.checked(upload(bytes(2 * hostile.MEGABYTE)), most=hostile.MEGABYTE)


def test_a_locked_document_is_refused_with_what_to_do():
    with pytest.raises(ValidationError, match="Save it without one"):
        uploads.checked(upload(hostile.pdf(password="secret")))


def test_a_kind_that_is_not_asked_for_is_refused():
    with pytest.raises(ValidationError, match="Choose one of: PDF"):
        uploads.checked(upload(hostile.picture("PNG")), kinds=["pdf"])


def test_a_shown_name_holds_no_turned_letters_and_no_folders():
    assert uploads.plain_name("C:\\x\\invoice\u202efdp.exe\n") == "invoicefdp.exe"


@pytest.mark.django_db  # an answer that ends gives its connection back
def test_a_pdf_opens_in_a_sandbox_and_everything_else_is_downloaded(tmp_path):
    letter = uploads.answer(stored(tmp_path, "a.pdf"), "Letter")
    page = uploads.answer(stored(tmp_path, "a.html"), "page.html\u202e")
    drawing = uploads.answer(stored(tmp_path, "a.svg"), "drawing")

    assert letter["Content-Disposition"] == 'inline; filename="Letter.pdf"'
    assert page["Content-Disposition"] == 'attachment; filename="page.html"'
    assert [letter["Content-Type"], page["Content-Type"], drawing["Content-Type"]] == [
        "application/pdf",
        "application/octet-stream",
        "application/octet-stream",
    ]
    for answer in [letter, page, drawing]:
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        answer.close()


def test_a_file_that_is_gone_is_not_found(tmp_path):
    letter = stored(tmp_path, "a.pdf")
    letter.storage.delete("a.pdf")

    with pytest.raises(Http404):
        uploads.answer(letter, "Letter")
