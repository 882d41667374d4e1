"""Stored documents at rest: flipped, cut short, deleted; found, not given out, and put right."""

import io

import pytest
from django.core.management import CommandError, call_command

from rtcm.jobs.models import Job
from tests import make
from tests.trainings.people import said
from trainings import documents, shelf
from trainings.models import Certificate, CertificateRendering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def certificate(amina):
    of = make.application(make.training(in_days=-9), amina.person, "attended")
    made = make.certificate(of)
    documents.make(Job.objects.get(kind="certificate"))
    made.refresh_from_db()
    return made


@pytest.fixture
def browser(client, amina):
    client.force_login(amina)
    return client


def flip(path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


HARMS = {"changed": flip, "cut short": cut, "missing": lambda path: path.unlink()}


def audit(**options) -> tuple[str, bool]:
    """What the command says, and whether it ends well."""
    out = io.StringIO()
    try:
        call_command("audit_certificates", stdout=out, **options)
    except CommandError as wrong:
        return out.getvalue() + str(wrong), False
    return out.getvalue(), True


def test_what_is_as_it_was_made_passes(certificate):
    assert audit() == ("Every certificate is as it was made.\n", True)


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_harmed_at_rest_is_found(certificate, media, harm):
    HARMS[harm](media / certificate.path)

    told, well = audit()

    assert not well
    assert told.splitlines() == [
        f"{certificate.number}: {harm}",
        "1 of 1 found wrong need somebody.",
    ]


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_harmed_is_not_given_out_and_the_page_says_why(
    browser, certificate, media, harm, caplog
):
    HARMS[harm](media / certificate.path)

    answer = browser.get(f"/en/me/certificates/{certificate.code}.pdf")

    assert answer.status_code == 503
    assert answer["Content-Type"].startswith("text/html")
    assert "missing or no longer what it was" in said(answer)
    assert f"The file of certificate {certificate.number} is missing or damaged" in caplog.text


@pytest.mark.parametrize("harm", HARMS)
def test_repaired_it_is_the_same_bytes_and_can_be_opened(browser, certificate, media, harm):
    HARMS[harm](media / certificate.path)

    told, well = audit(repair=True)

    assert well
    assert "the same bytes are back" in told
    assert shelf.holds(certificate.path, certificate.sha256)
    answer = browser.get(f"/en/me/certificates/{certificate.code}.pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert [each.why for each in certificate.renderings.all()] == ["issued", "repaired"]
    assert audit() == ("Every certificate is as it was made.\n", True)


def test_a_newer_renderer_is_recorded_with_its_hash(certificate, media):
    old = {"renderer": "weasyprint 1 design 0", "sha256": "0" * 64}
    Certificate.objects.filter(pk=certificate.pk).update(**old)

    told, well = audit(repair=True)

    certificate.refresh_from_db()
    assert well
    assert f"instead of weasyprint 1 design 0, now {certificate.sha256}" in told
    last = certificate.renderings.last()
    assert (last.why, last.sha256, last.renderer) == (
        "repaired",
        certificate.sha256,
        certificate.renderer,
    )
    assert last.size == (media / certificate.path).stat().st_size


def test_the_same_renderer_with_other_bytes_is_a_matter_for_somebody(certificate):
    Certificate.objects.filter(pk=certificate.pk).update(sha256="0" * 64)

    told, well = audit(repair=True)

    assert not well
    assert "the same renderer made other bytes" in told


def test_a_document_that_nobody_will_make_is_found_and_made(certificate):
    second = make.certificate()
    assert audit()[1]  # its job is owed
    Job.objects.filter(dedupe_key=f"certificate:{second.number}").delete()

    told, well = audit()
    assert (f"{second.number}: never made" in told, well) == (True, False)
    audit(repair=True)

    second.refresh_from_db()
    assert shelf.holds(second.path, second.sha256)


def test_every_rendering_has_a_row_and_doing_it_twice_adds_none(certificate):
    documents.make(Job.objects.get(kind="certificate"))

    row = CertificateRendering.objects.get()
    assert (row.sha256, row.renderer, row.why) == (
        certificate.sha256,
        certificate.renderer,
        "issued",
    )
