"""The public check by file or text takes hostile things without harm, and keeps nothing."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.files import hostile
from tests.making.credentials import key_folder, signed
from tests.trainings.handing_in import carrying, hand_in, refusal, verdict
from tests.trainings.people import said
from trainings import attached
from trainings.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CREDENTIAL_KEYS = key_folder(tmp_path)


@pytest.fixture
def certificate(amina) -> Certificate:
    training = make.training("Borders", in_days=-10)
    return make.certificate(make.application(training, amina.person, "attended"))


@pytest.fixture
def token(certificate) -> str:
    return signed(certificate).jwt


# --- Hostile things -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "{",
        "[]",
        "{}",
        '{"id": 5, "proof": [null, 7, {"jwt": {}}]}',
        "a.b.c",
        "..",
        "eyJhbGciOiJFUzI1NiJ9.W10.AA",
        "eyJhbGciOiJFUzI1NiJ9." + "W1tb" * 30_000 + ".AA",
        "[" * 150_000,
        '{"a":' * 30_000,
        '{"a": ' + "9" * 150_000 + "}",
        '{"id": "data:application/vc+jwt,' + "a.b.c" * 1000 + '"}',
        "e" * 100_000 + "." + "e" * 50_000 + "." + "e" * 40_000,
    ],
    ids=lambda text: text[:24],
)
def test_a_text_without_credential_says_so(client, text):
    assert verdict(hand_in(client, text)) == "No credential in it"


def nested() -> bytes:
    return hostile.objects(
        b"<< /Type /Catalog /Pages 2 0 R /Names " + b"[" * 60_000 + b"]" * 60_000 + b" >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        trailer=b"/Root 1 0 R",
    )


def cyclic_names() -> bytes:
    return hostile.objects(
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 3 0 R >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Kids [3 0 R 3 0 R] >>",
        trailer=b"/Root 1 0 R",
    )


def bomb_attached() -> bytes:
    """An attachment of 200 MB, packed into 200 kB."""
    packed = zlib.compress(bytes(200 * hostile.MEGABYTE), 9)
    head = b"<< /Filter /FlateDecode /Length %d >>" % len(packed)
    return hostile.objects(
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 3 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Type /Filespec /F (a) /EF << /F 4 0 R >> >>",
        head + b"\nstream\n" + packed + b"\nendstream",
        trailer=b"/Root 1 0 R",
    )


HOSTILE = {
    "flate bomb": hostile.flate_bomb,
    "bomb attached": bomb_attached,
    "nested": nested,
    "cyclic names": cyclic_names,
    "cyclic table": hostile.cyclic_table,
    "locked": lambda: hostile.pdf(password="secret"),
    "cut short": lambda: hostile.pdf()[:300],
    "nothing but a beginning": lambda: b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_or_holds_nothing(client, name):
    answer = hand_in(client, HOSTILE[name]())

    assert answer.status_code == 200
    assert "Valid" not in said(answer)[:200]
    assert ("damaged" in said(answer)) or verdict(answer) == "No credential in it"


MISDEEDS = {
    "open a file": "open('/etc/passwd')",
    "open a connection": "socket.socket()",
    "take much memory": "bytes(600_000_000)",
    "write a file": "os.open('/tmp/written', os.O_CREAT | os.O_WRONLY)",
}


@pytest.mark.parametrize("deed", MISDEEDS)
def test_who_reads_documents_can_no_more(deed):
    program = f"import os, socket, attached; attached.give_away(); {MISDEEDS[deed]}"

    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(attached.__file__).parent,
        capture_output=True,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith((b"OSError: [Errno 24]", b"MemoryError"))


def test_many_attachments_are_not_all_read(client, token):
    answer = hand_in(client, carrying(*[b"{}"] * 40, token.encode()))

    assert verdict(answer) == "No credential in it"


def test_a_credential_attached_by_somebody_else_is_judged_by_its_signature(client, token):
    answer = hand_in(client, carrying(b"{}", token.encode()))

    assert verdict(answer) == "Valid"
    assert "Only the digital credential inside was checked" in said(answer)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff\xfe", b"PK\x03\x04\xff\xff", b"\xff"])
def test_a_file_of_another_kind_is_refused(client, content):
    assert "another kind" in refusal(hand_in(client, content, "a.png"))


def test_neither_and_both_are_refused(client, token):
    nothing = client.post("/en/certificates/verify/")
    both = client.post(
        "/en/certificates/verify/", {"text": token, "file": SimpleUploadedFile("a", b"b")}
    )

    assert "one of the two" in refusal(nothing)
    assert "one of the two" in refusal(both)


def test_a_file_too_large_is_refused_before_it_is_read(client):
    almost = hand_in(client, b"%PDF-" + bytes(5 * hostile.MEGABYTE))
    far = hand_in(client, bytes(8 * hostile.MEGABYTE))

    assert (almost.status_code, far.status_code) == (200, 413)
    for answer in (almost, far):
        assert "larger than 5 MB" in refusal(answer)


def test_nothing_that_is_handed_in_touches_the_disk(client, certificate, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"  # writing there would fail

    answer = hand_in(client, carrying(bytes(150_000)) + bytes(4 * hostile.MEGABYTE))

    assert answer.status_code == 200
    assert list((tmp_path / "media").rglob("*")) == []


# --- The page -----------------------------------------------------------------------------------


def test_the_page_asks_and_is_not_indexed(client):
    answer = client.get("/en/certificates/verify/")

    robots = BeautifulSoup(answer.content, "html.parser").select_one("meta[name=robots]")
    assert robots["content"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    assert "/en/certificates/verify/" in client.get("/en/certificates/").text


def test_without_its_token_a_form_is_refused(certificate):
    strict = Client(enforce_csrf_checks=True)

    assert hand_in(strict, "hello").status_code == 403


def test_checking_is_slowed_down(client):
    statuses = [hand_in(client, "hello").status_code for _ in range(12)]

    assert statuses == [200] * 10 + [429] * 2


@pytest.mark.parametrize(("language", "word"), [("az", "Etibarlıdır"), ("ru", "Действителен")])
def test_the_verdict_is_told_in_the_language_of_the_reader(client, token, language, word):
    assert verdict(hand_in(client, token, language=language)) == word
