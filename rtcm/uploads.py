"""What people upload: judged by its content, kept under a name of our own, served harmlessly.

A name or a content type sent with a file says nothing; only what the file really holds counts.
"""

import io
import re
import uuid
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any

import pypdf
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps
from pypdf.errors import PyPdfError

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PAGES = 300
MOST_PIXELS = 25_000_000
PDF_LIMITS: dict[str, Any] = {
    "root_object_recovery_limit": 1000,
    "xref_stream_maximum_entries": 200_000,
}
SIDE = 4000  # pixels: an A4 page at 300 dpi is 3508 high
NAMES = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "epub": "application/epub+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# A document that a careless program could also take for a page.
PAGE = re.compile(rb"<!doctype html|<html|<head|<body|<script|<svg|mime-version:", re.IGNORECASE)
# A program after the end of a document: an archive, and so also a Java one.
TAIL = re.compile(rb"%%EOF[\s\0]*\Z")
UNUSABLE = gettext_lazy("The file is damaged or is not what its name says. Save it anew.")


def checked(
    upload: Any, kinds: Iterable[str] = ("pdf", "jpeg", "png"), most: int = MOST_BYTES
) -> ContentFile:
    """The same document under a random name, pictures written anew; refuses with a sentence."""
    if upload.size > most:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Choose a smaller one.")
            % {"size": most // MEGABYTE}
        )
    upload.seek(0)
    content = upload.read()
    for kind in kinds:
        if content.startswith(STARTS[kind]):
            extension, clean = REWRITE[kind](content)
            return ContentFile(clean, name=random_name(extension))
    raise ValidationError(
        _("This file is of another kind. Choose one of: %(kinds)s.")
        % {"kinds": ", ".join(NAMES[kind] for kind in kinds)}
    )


def random_name(extension: str) -> str:
    return f"{uuid.uuid4().hex}.{extension}"


def plain_name(name: str, longest: int = 100) -> str:
    """The name a person gave, fit to be shown: no folders, no hidden or turning characters."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(char for char in last if char.isprintable())
    return " ".join(shown.split())[:longest]


def answer(field_file: FieldFile, name: str) -> FileResponse:
    """The file to its reader: a PDF opens in a sandbox, everything else is downloaded."""
    if not field_file:
        raise Http404
    try:
        content = field_file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    extension = PurePath(field_file.name or "").suffix.lower().lstrip(".")
    kind = CONTENT_TYPES.get(extension, "application/octet-stream")
    response = FileResponse(
        content,
        filename=f"{plain_name(name).removesuffix('.' + extension)}.{extension}",
        as_attachment=extension != "pdf",
        content_type=kind,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _document(content: bytes) -> tuple[str, bytes]:
    if PAGE.search(content[:1024]) or not TAIL.search(content[-1024:]):
        raise ValidationError(UNUSABLE)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), **PDF_LIMITS)
        encrypted, pages = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as broken:
        raise ValidationError(UNUSABLE) from broken
    except (RecursionError, OverflowError, MemoryError, AssertionError) as hostile:
        raise ValidationError(UNUSABLE) from hostile
    if encrypted:
        raise ValidationError(_("The PDF is locked with a password. Save it without one."))
    if not 1 <= pages <= MOST_PAGES:
        raise ValidationError(
            _("The PDF must have between 1 and %(most)s pages.") % {"most": MOST_PAGES}
        )
    return "pdf", content


def _photo(content: bytes) -> tuple[str, bytes]:
    return "jpg", _rewritten(content, "JPEG", "RGB")


def _drawing(content: bytes) -> tuple[str, bytes]:
    return "png", _rewritten(content, "PNG", "RGBA")


def _rewritten(content: bytes, form: str, mode: str) -> bytes:
    """The pixels only: no place, camera, time or stowaway travels along."""
    too_many = _("The picture has too many pixels. Choose a smaller one.")
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as image:
            # The size stands in the header: a flood of pixels is refused before it is unpacked.
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(too_many)
            image.draft("RGB", (SIDE, SIDE))
            return _encoded(image, form, mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ValidationError(too_many) from bomb
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as broken:
        raise ValidationError(UNUSABLE) from broken


def _encoded(image: Image.Image, form: str, mode: str) -> bytes:
    ImageOps.exif_transpose(image, in_place=True)
    image.thumbnail((SIDE, SIDE))
    plain = image.convert(mode)
    plain.info.clear()
    target = io.BytesIO()
    plain.save(target, form, quality=88)
    return target.getvalue()


STARTS: dict[str, bytes] = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
REWRITE: dict[str, Callable[[bytes], tuple[str, bytes]]] = {
    "pdf": _document,
    "jpeg": _photo,
    "png": _drawing,
}
