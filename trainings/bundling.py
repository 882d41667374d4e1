"""Putting stored certificates together, byte for byte or page for page: nothing is rendered anew.

A file that is not what was stored stops the making. Apart from bundles.py, because only workers
need the PDF library.
"""

import zipfile
from typing import BinaryIO

import pikepdf

from rtcm.jobs.models import GiveUp
from trainings import shelf
from trainings.models import Paper


def pack(paper: Paper, part: BinaryIO) -> None:
    """PDFs are compressed already, so they are only put side by side."""
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as whole:
        for path, sha256, name in paper.facts["files"]:
            _refuse_damaged(path, sha256)
            whole.write(shelf.place(path), name)


def merge(paper: Paper, part: BinaryIO) -> None:
    """Pages in the order of names; streams are copied from file to file, never all in memory."""
    with pikepdf.new() as whole:
        for path, sha256, _name in paper.facts["files"]:
            _refuse_damaged(path, sha256)
            with pikepdf.open(shelf.place(path)) as one:
                whole.pages.extend(one.pages)
        whole.docinfo["/Title"] = paper.facts["title"]
        whole.Root.Lang = pikepdf.String(paper.language)
        whole.save(part)


def _refuse_damaged(path: str, sha256: str) -> None:
    if not shelf.holds(path, sha256):
        raise GiveUp(f"{path} is missing or damaged: run manage.py audit_certificates --repair.")
