"""The archive copy: PDF/A-3u, tagged, with the credential in it, the same bytes every time."""

import hashlib
import shutil
import subprocess

import pytest
from pypdf.generic import IndirectObject

from rtcm.jobs.models import Job
from rtcm.jobs.performing import perform_owed
from tests import make
from tests.making.credentials import key_folder, signed
from tests.trainings.papers import TITLES, read, row, words_of
from tests.trainings.test_certificate_pdf import fonts_of
from trainings import archiving, certificate_pdf, credentials
from trainings.models import ArchiveCopy

CREDENTIAL = b'{"id": "https://portal.example.org/credentials/X.json"}\n'
NAMES = ["Ali", "ნინო ბერიძე", "عائشة عبد الرحمن الهاشمي", "Ж" * 90]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CREDENTIAL_KEYS = key_folder(tmp_path)
    return tmp_path / "media"


def catalog(content: bytes):
    return read(content).trailer["/Root"]


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("credential", [CREDENTIAL, b""], ids=["with a credential", "without"])
def test_it_says_that_it_is_an_archive_copy_and_is_tagged(language, credential):
    root = catalog(certificate_pdf.archive(row(language=language), credential))

    xmp = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp or "<pdfaid:part>3</pdfaid:part>" in xmp
    assert 'pdfaid:conformance="U"' in xmp or "<pdfaid:conformance>U</pdfaid:conformance>" in xmp
    (intent,) = root["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert intent.get_object()["/DestOutputProfile"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == language


@pytest.mark.parametrize("name", NAMES, ids=len)
def test_every_font_is_in_it_and_every_letter_can_be_read_back(name):
    pdf = read(certificate_pdf.archive(row(holder=name), CREDENTIAL))

    assert len(pdf.pages) == 1
    assert all(fonts_of(pdf).values())
    assert all("/ToUnicode" in font.get_object() for font in _fonts(pdf))
    assert pdf.metadata.title.endswith(name)


def _fonts(pdf) -> list[IndirectObject]:
    return list(pdf.pages[0]["/Resources"]["/Font"].values())


def test_the_credential_is_attached_as_the_data_of_the_page():
    content = certificate_pdf.archive(row(), CREDENTIAL)

    (attachment,) = read(content).attachment_list
    root = catalog(content)
    assert len({reference.idnum for reference in root.raw_get("/AF")}) == 1
    file = root["/AF"][0].get_object()
    assert (attachment.name, attachment.content) == ("credential.json", CREDENTIAL)
    assert file["/AFRelationship"] == "/Data"
    assert (file["/F"], file["/UF"]) == ("credential.json", "credential.json")
    stream = file["/EF"]["/F"]
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/ModDate"] == "D:20260601000000Z"
    assert stream["/Params"]["/CreationDate"] == "D:20260601000000Z"


def test_rendered_twice_it_is_the_same_bytes():
    first, second = (certificate_pdf.archive(row(), CREDENTIAL) for _ in range(2))

    assert first == second
    assert first != certificate_pdf.archive(row(), CREDENTIAL.replace(b"X", b"Y"))


def test_it_says_what_the_first_document_says():
    first = words_of(read(certificate_pdf.render(row())))

    assert words_of(read(certificate_pdf.archive(row(), CREDENTIAL))) == first


@pytest.mark.skipif(not shutil.which("qpdf"), reason="no qpdf on this machine")
@pytest.mark.parametrize("name", NAMES, ids=len)
def test_qpdf_finds_no_fault(tmp_path, name):
    for number, content in enumerate(
        [
            certificate_pdf.archive(row(holder=name), CREDENTIAL),
            certificate_pdf.render(row(holder=name)),
        ]
    ):
        (tmp_path / f"{number}.pdf").write_bytes(content)

        result = subprocess.run(["qpdf", "--check", str(tmp_path / f"{number}.pdf")], check=False)

        assert result.returncode == 0


# --- Made by a worker, for the holder and for staff ----------------------------------------------


@pytest.mark.django_db
def test_the_worker_keeps_it_with_its_hash_and_exactly_the_credential_that_is_kept(media):
    certificate = make.certificate()

    perform_owed("documents")

    copy = ArchiveCopy.objects.get()
    content = (media / copy.path).read_bytes()
    (attachment,) = read(content).attachment_list
    assert hashlib.sha256(content).hexdigest() == copy.sha256
    assert attachment.content == credentials.document(certificate.credential)
    assert copy.credential == certificate.credential


@pytest.mark.django_db
def test_made_again_it_is_the_same_file(media):
    certificate = make.certificate()
    perform_owed("documents")
    before = ArchiveCopy.objects.get()
    (media / before.path).unlink()

    archiving.make(Job.objects.get(kind="archive"))

    after = ArchiveCopy.objects.get()
    assert (after.pk, after.sha256) == (before.pk, before.sha256)
    assert hashlib.sha256((media / after.path).read_bytes()).hexdigest() == before.sha256
    assert certificate.credential.jwt


@pytest.mark.django_db
def test_the_holder_opens_it_and_nobody_else(media, client, amina, boris):
    training = make.training("Borders", in_days=-10)
    certificate = make.certificate(make.application(training, amina.person, "attended"))
    perform_owed("documents")
    path = f"/en/me/certificates/{certificate.code}/archive.pdf"

    client.force_login(boris)
    refused = client.get(path)
    client.force_login(amina)
    page = client.get("/en/me/certificates/").text
    opened = client.get(path)

    assert refused.status_code == 404
    assert path in page
    assert f"/credentials/{certificate.code}.json" in page
    assert opened["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(opened.streaming_content).startswith(b"%PDF-1.7")


@pytest.mark.django_db
def test_until_it_is_made_its_holder_is_asked_to_wait(media, client, amina):
    training = make.training("Borders", in_days=-10)
    certificate = make.certificate(make.application(training, amina.person, "attended"))
    client.force_login(amina)

    answer = client.get(f"/en/me/certificates/{certificate.code}/archive.pdf")

    assert answer.status_code == 503


@pytest.mark.django_db
def test_the_check_page_shows_the_way_to_the_credential_and_to_linkedin(media, client, clara):
    credential = signed(make.certificate(expires_on="2999-12-31"))
    certificate = credential.certificate

    page = client.get(f"/en/certificates/{certificate.code}/").text

    assert f"/credentials/{certificate.code}.json" in page
    assert "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in page
    assert f"certId={certificate.number}" in page
    assert "expirationYear=2999&amp;expirationMonth=12" in page


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["revoked", "superseded", "expired"])
def test_what_holds_no_more_is_not_offered_to_linkedin(media, client, state):
    gone = {"expires_on": "2020-01-01"} if state == "expired" else {"state": state}
    gone |= {"revoked_at": "2026-01-01T00:00:00Z"} if state == "revoked" else {}
    certificate = make.certificate(**gone)

    page = client.get(f"/en/certificates/{certificate.code}/").text

    assert "linkedin" not in page
