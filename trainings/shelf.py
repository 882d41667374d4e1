"""Files that the centre makes: written whole or not at all, answered safely, tidied up.

No address serves MEDIA_ROOT; a view that has checked who asks calls `answer`.
"""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone

PARTS = "parts"  # beside the finished files, so that the rename stays on one disk
ABANDONED = timedelta(hours=1)  # no document takes that long


def place(relative: str) -> Path:
    return Path(settings.MEDIA_ROOT) / relative


def store(relative: str, content: bytes) -> str:
    """Writes the file whole or not at all; returns its path below MEDIA_ROOT.

    A reader sees the old file, no file or the complete new one, whatever dies in between:
    temporary name, fsync, rename, fsync of the folder.
    """
    target = place(relative)
    target.parent.mkdir(parents=True, exist_ok=True)
    place(PARTS).mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place(PARTS), suffix=".part", delete=False) as part:
        try:
            part.write(content)
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
    return relative


def answer(relative: str, name: str) -> FileResponse | None:
    """The PDF at the top level of a tab, in a sandbox; None while there is no such file."""
    path = place(relative)
    if not relative or not path.is_file():
        return None
    found = FileResponse(path.open("rb"), content_type="application/pdf")
    found["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    found["Content-Security-Policy"] = "sandbox; default-src 'none'"
    found["Cache-Control"] = "private, no-store"
    return found


def sweep() -> int:
    """Removes what workers left half written when they died; returns how many. Harmless twice."""
    before = (timezone.now() - ABANDONED).timestamp()
    removed = 0
    for part in place(PARTS).glob("*.part"):
        try:
            if part.stat().st_mtime < before:
                part.unlink()
                removed += 1
        except FileNotFoundError:  # its worker came back, or another sweep was here
            continue
    return removed
