"""Files that the centre makes: written whole or not at all, answered safely, tidied up.

No address serves MEDIA_ROOT; a view that has checked who asks calls `answer`.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone

PARTS = "parts"  # beside the finished files, so that the rename stays on one disk
CONTENT_TYPES = {".pdf": "application/pdf", ".zip": "application/zip"}
ABANDONED = timedelta(hours=1)  # no document takes that long


def place(relative: str) -> Path:
    return Path(settings.MEDIA_ROOT) / relative


@contextmanager
def writing(relative: str) -> Iterator[BinaryIO]:
    """A file to write into, which stands at its place below MEDIA_ROOT once the block has ended.

    A reader sees the old file, no file or the complete new one, whatever dies in between:
    temporary name, fsync, rename, fsync of the folder.
    """
    target = place(relative)
    target.parent.mkdir(parents=True, exist_ok=True)
    place(PARTS).mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place(PARTS), suffix=".part", delete=False) as part:
        try:
            yield cast(BinaryIO, part)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def store(relative: str, content: bytes) -> str:
    """Writes the file whole or not at all; returns its path below MEDIA_ROOT."""
    with writing(relative) as part:
        part.write(content)
    return relative


def digest(relative: str) -> str:
    """The SHA-256 of what stands there now; "" where nothing can be read."""
    try:
        with place(relative).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return ""


def holds(relative: str, sha256: str) -> bool:
    """Whether the file is there, byte for byte as it was stored."""
    return bool(relative and sha256) and digest(relative) == sha256


def answer(relative: str, name: str, sha256: str = "") -> FileResponse | None:
    """The file, a PDF at the top level of a tab in a sandbox; None where there is nothing to give.

    With `sha256` only those bytes are given: a file that was changed or cut short stays here.
    """
    file = _opened(relative, sha256)
    if file is None:
        return None
    suffix = place(relative).suffix
    found = FileResponse(file, content_type=CONTENT_TYPES[suffix])
    way = "inline" if suffix == ".pdf" else "attachment"
    found["Content-Disposition"] = f'{way}; filename="{name}{suffix}"'
    found["Content-Security-Policy"] = "sandbox; default-src 'none'"
    found["Cache-Control"] = "private, no-store"
    return found


def _opened(relative: str, sha256: str) -> BinaryIO | None:
    path = place(relative)
    if not relative or not path.is_file():
        return None
    file = path.open("rb")
    if sha256 and hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        return None
    file.seek(0)
    return file


def abandoned() -> Iterator[Path]:
    """What workers left half written when they died."""
    before = (timezone.now() - ABANDONED).timestamp()
    for part in place(PARTS).glob("*.part"):
        try:
            if part.stat().st_mtime < before:
                yield part
        except FileNotFoundError:  # its worker came back, or a sweep was here
            continue


def sweep() -> int:
    """Removes what was left half written; returns how many. Harmless twice."""
    removed = 0
    for part in abandoned():
        part.unlink(missing_ok=True)
        removed += 1
    return removed
