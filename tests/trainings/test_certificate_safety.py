"""A holder's name reaches nothing, and no crash leaves half a document."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.trainings.papers import letters, rendered, row, words_of
from trainings import certificate_pdf, documents, shelf

# --- A name is only ever text -----------------------------------------------------------------


@contextmanager
def listener() -> Iterator[tuple[int, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server.getsockname()[1], server


PROBES = [
    "<img src=http://127.0.0.1:{port}/a>",
    "<link rel=stylesheet href=//127.0.0.1:{port}/b>",
    "<style>@import 'http://127.0.0.1:{port}/c'</style>",
    "<svg><image href='http://127.0.0.1:{port}/d'/></svg>",
    "<object data=file:///etc/passwd></object>",
    "<link rel=attachment href=file:///etc/passwd>",
    "url(http://127.0.0.1:{port}/e)",
    "{{{{ settings.SECRET_KEY }}}}{{% load x %}}",
]


@pytest.mark.parametrize("probe", PROBES)
def test_a_name_that_tries_to_fetch_something_is_printed_and_reaches_nothing(probe):
    with listener() as (port, server):
        name = probe.format(port=port)

        pdf = rendered(holder=name)

        with pytest.raises(TimeoutError):
            server.accept()
    assert letters(name) == [letter for letter in letters(name) if letter in letters(words_of(pdf))]
    assert pdf.metadata.title.endswith(name)
    assert "/EmbeddedFiles" not in pdf.trailer["/Root"].get("/Names", {})


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}/x.png", "file:///etc/passwd", "ftp://127.0.0.1:{port}/"]
)
def test_even_unescaped_nothing_outside_the_document_is_fetched(address):
    with listener() as (port, server):
        text = f"<p>Before<img alt=x src={address.format(port=port)}></p>"

        with pytest.raises(ValueError, match="Error fetching"):
            certificate_pdf.pdf(text, "RTCM-2026-000001")

        with pytest.raises(TimeoutError):
            server.accept()


# --- On the disk ------------------------------------------------------------------------------


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def killed_while_storing(content: bytes) -> None:
    """A child writes the file and is killed before it renames it."""
    child = os.fork()
    if child == 0:
        shelf.os.fsync = lambda _descriptor: os.kill(os.getpid(), signal.SIGKILL)
        documents.store(row(), content)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def test_a_process_killed_before_the_rename_leaves_no_half_file(media):
    target = media / "certificates" / "2026" / "RTCM-2026-000123.pdf"

    killed_while_storing(b"new " * 100_000)

    assert not target.exists()
    assert documents.store(row(), b"whole") == "certificates/2026/RTCM-2026-000123.pdf"
    assert target.read_bytes() == b"whole"


def test_a_process_killed_while_making_it_again_leaves_the_old_file_whole(media):
    target = media / documents.store(row(), b"the first one")

    killed_while_storing(b"new " * 100_000)

    assert target.read_bytes() == b"the first one"


def test_a_full_disk_leaves_nothing_behind(media, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shelf.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            documents.store(row(), b"too much")

    assert [path for path in media.rglob("*") if path.is_file()] == []
