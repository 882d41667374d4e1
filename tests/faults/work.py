"""What is owed while things break: each kind of work stands every fault.

To put another kind through them, add a `Work` to REAL_WORKS: `owe(n, house)` owes the nth piece
in a transaction of its own, and `check(count, house)` asserts what must be there in the end,
beyond the ledger. TOY_WORKS are for tests that need a work of a chosen length, or many pieces.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

import pypdf

from rtcm.jobs.letters import write_letter
from rtcm.jobs.models import Message, owe
from tests import make
from tests.faults.house import House
from trainings.credentials import document
from trainings.models import ArchiveCopy, Certificate


@dataclass(frozen=True)
class Work:
    name: str
    owe: Callable[[int, House], object]
    check: Callable[[int, House], None]


def owe_file(n: int, house: House) -> None:
    path = house.folder / f"file-{n}.txt"
    owe(
        "tests/file",
        f"file:{n}",
        payload={"path": str(path), "seconds": house.seconds},
        queue="documents",
    )


def check_files(count: int, house: House) -> None:
    texts = {path.name: path.read_text() for path in house.folder.glob("file-*.txt")}
    assert texts == {f"file-{n}.txt": f"file:{n}" for n in range(count)}


def owe_letter(n: int, house: House) -> None:
    write_letter(
        "trainings/confirmed",
        to=f"amina{n}@example.org",
        language="en",
        context={"name": "Amina", "training": "Borders", "url": "http://localhost:8000/en/me/"},
        dedupe_key=f"letter:{n}",
    )


def check_letters(count: int, house: House) -> None:
    assert Message.objects.filter(state=Message.State.SENT).count() == count
    assert len(set(house.sink.message_ids())) == count


def owe_certificate(n: int, house: House) -> None:
    person = make.person(f"Amina {n}", email=f"amina{n}@example.org")
    make.certificate(make.application(make.training(in_days=-10), of=person, state="attended"))


def check_certificates(count: int, house: House) -> None:
    """Each is whole at its place, and its letter has come."""
    hashes = {
        certificate.sha256: hashlib.sha256((house.street.media / certificate.path).read_bytes())
        for certificate in Certificate.objects.all()
    }
    assert len(hashes) == count
    assert [known for known, found in hashes.items() if known != found.hexdigest()] == []
    check_letters(count, house)
    check_archive_copies(count, house)


def check_archive_copies(count: int, house: House) -> None:
    """Each is whole and carries the credential that is kept, signed once for each certificate."""
    copies = ArchiveCopy.objects.select_related("credential")
    for copy in copies:
        content = (house.street.media / copy.path).read_bytes()
        (attachment,) = pypdf.PdfReader(io.BytesIO(content)).attachment_list
        assert hashlib.sha256(content).hexdigest() == copy.sha256
        assert attachment.content == document(copy.credential)
    assert len({copy.credential.jwt for copy in copies}) == len(copies) == count


FILES = Work("files", owe_file, check_files)
LETTERS = Work("letters", owe_letter, check_letters)
CERTIFICATES = Work("certificates", owe_certificate, check_certificates)
TOY_WORKS = [FILES, LETTERS]
REAL_WORKS = [CERTIFICATES, LETTERS]
