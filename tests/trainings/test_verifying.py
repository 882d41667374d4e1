"""Anybody checks a file or a text: what is said of ours, of changed ones and of others'."""

import hmac
import io
import json
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from django.conf import settings as project
from joserfc import jws
from joserfc.jwk import ECKey
from pypdf import PdfReader, PdfWriter

from rtcm.jobs.performing import perform_owed
from tests import make
from tests.making.credentials import key_folder, signed
from tests.trainings.handing_in import hand_in, verdict
from tests.trainings.issuing import payload_of, swapped
from tests.trainings.people import said
from trainings import certificates, credentials, issuer_keys
from trainings.models import ArchiveCopy, Certificate

pytestmark = pytest.mark.django_db
OWN = {"alg": "ES256", "typ": "JWT"}


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


def stored(certificate: Certificate) -> tuple[bytes, bytes]:
    """The document and its archive copy, as workers made them."""
    perform_owed("documents")
    certificate.refresh_from_db()
    return tuple(
        (Path(project.MEDIA_ROOT) / path).read_bytes()
        for path in (certificate.path, certificate.archive_copy.path)
    )


# --- What is ours -------------------------------------------------------------------------------


def test_a_pasted_token_is_valid(client, token, certificate):
    answer = hand_in(client, token)

    assert verdict(answer) == "Valid"
    for part in ("Amina Karimova", "Borders", certificate.number):
        assert part in said(answer)


@pytest.mark.parametrize("kind", ["file", "text", "broken into lines", "envelope"])
def test_a_credential_is_read_in_every_form_it_is_given_in(client, certificate, token, kind):
    shown = credentials.document(certificate.credential)
    lines = "\n ".join(token[at : at + 70] for at in range(0, len(token), 70))
    envelope = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{token}"}
    forms = {
        "file": shown,
        "text": shown.decode(),
        "broken into lines": lines,
        "envelope": json.dumps(envelope),
    }

    assert verdict(hand_in(client, forms[kind], "credential.json")) == "Valid"


def test_both_documents_are_recognised_byte_for_byte(client, certificate):
    for document in stored(certificate):
        answer = hand_in(client, document)

        assert verdict(answer) == "Valid"
        assert "byte for byte" in said(answer)


def test_a_document_of_an_earlier_renderer_is_recognised(client, certificate):
    document, _copy = stored(certificate)
    Certificate.objects.update(sha256="made anew since")

    assert verdict(hand_in(client, document)) == "Valid"


def test_a_document_without_credential_is_recognised_without_any_key(client, certificate, settings):
    settings.CREDENTIAL_KEYS = ""
    document, _copy = stored(certificate)

    assert verdict(hand_in(client, document)) == "Valid"


def test_the_credential_of_a_changed_archive_copy_holds_but_its_pages_are_not_trusted(
    client, certificate
):
    _document, copy = stored(certificate)
    writer, changed = PdfWriter(clone_from=PdfReader(io.BytesIO(copy))), io.BytesIO()
    writer.write(changed)

    answer = hand_in(client, changed.getvalue())

    assert verdict(answer) == "Valid"
    assert "Only the digital credential inside was checked" in said(answer)


def test_a_changed_document_without_credential_is_not_recognised(client, certificate):
    document, _copy = stored(certificate)

    assert verdict(hand_in(client, document + b"\n")) == "No credential in it"


def test_what_was_taken_back_says_so(client, certificate, token, clara):
    new = certificates.reissue(certificate, by=clara)
    assert verdict(hand_in(client, token)) == "Superseded"

    other = signed(new).jwt
    certificates.revoke(new, by=clara, reason="Private matter")
    answer = hand_in(client, other)
    assert verdict(answer) == "Revoked"
    assert "Private matter" not in said(answer)


def test_what_has_run_out_says_so(client, certificate, token):
    Certificate.objects.update(expires_on="2020-01-01")

    assert verdict(hand_in(client, token)) == "Expired"


def forget_everything() -> None:
    """What is known here has another number; certificates themselves cannot be removed."""
    ArchiveCopy.objects.all().delete()
    Certificate.objects.update(number="RTCM-2000-000001")


def test_a_number_unknown_here_is_verified_by_its_signature_alone(client, token, certificate):
    forget_everything()

    answer = hand_in(client, token)

    assert verdict(answer) == "Signed by the centre"
    for part in ("Amina Karimova", "Borders", certificate.number):
        assert part in said(answer)


def test_an_archive_copy_of_a_number_unknown_here_is_verified_too(client, certificate):
    _document, copy = stored(certificate)
    forget_everything()

    assert verdict(hand_in(client, copy)) == "Signed by the centre"


def test_an_unknown_number_that_has_run_out_says_so(client, certificate):
    Certificate.objects.update(expires_on="2020-01-01")
    token = signed(Certificate.objects.get()).jwt
    forget_everything()

    assert verdict(hand_in(client, token)) == "Expired"


def test_a_minors_name_is_not_shown(client, certificate, token, amina):
    amina.person.birth_year = 2015
    amina.person.save()

    assert "Amina" not in said(hand_in(client, token))


# --- What is not --------------------------------------------------------------------------------


def test_one_changed_byte_is_not_genuine(client, token):
    name = token.index(".") + 1 + 700  # within the words, where it stays readable

    verdicts = {verdict(hand_in(client, swapped(token, at))) for at in (5, token.rindex(".") + 10)}

    assert verdicts == {"Not genuine"}
    assert verdict(hand_in(client, swapped(token, name))) in {"Not genuine", "No credential in it"}


def test_the_last_letter_of_a_signature_counts_whole(client, token):
    """It carries two bits only; the rest must not be free to change."""
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(token[-1])
    other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last ^ 1]

    assert verdict(hand_in(client, token[:-1] + other)) == "Not genuine"


def test_readable_words_that_differ_from_the_signed_ones_are_not_genuine(client, certificate):
    text = credentials.document(signed(certificate)).decode()

    answer = hand_in(client, text.replace("Amina Karimova", "Amina Kerimova"))

    assert verdict(answer) == "Not genuine"
    assert "Kerimova" not in said(answer)


def forged(payload: dict, header: dict, key) -> str:
    return jws.serialize_compact(header, json.dumps(payload), key, algorithms=[header["alg"]])


def our_public_pem() -> bytes:
    return issuer_keys.signer().key.as_bytes("PEM", private=False)


def test_a_signature_that_is_none_or_by_a_public_key_taken_for_a_secret_is_not_genuine(
    client, token
):
    payload = token.split(".")[1]
    unsigned = f"eyJhbGciOiJub25lIn0.{payload}."
    shared = hmac.digest(our_public_pem(), f"eyJhbGciOiJIUzI1NiJ9.{payload}".encode(), "sha256")
    confused = f"eyJhbGciOiJIUzI1NiJ9.{payload}.{urlsafe_b64encode(shared).decode().rstrip('=')}"

    assert verdict(hand_in(client, unsigned)) == "Not genuine"
    assert verdict(hand_in(client, confused)) == "Not genuine"


@pytest.mark.parametrize(
    "extra",
    [
        {"kid": "../../../../etc/passwd"},
        {"kid": "file:///etc/passwd"},
        {"jku": "http://127.0.0.1:9/jwks.json"},
        {"x5u": "http://127.0.0.1:9/cert.pem"},
        {"jwk": "its own"},
    ],
    ids=str,
)
def test_a_key_that_a_token_brings_or_names_is_not_asked(client, token, extra):
    key = ECKey.generate_key("P-256")
    if "jwk" in extra:
        extra = {"jwk": key.as_dict(private=False)}
    payload = {**payload_of(token), "iss": "https://elsewhere.example.org"}

    ours, theirs = (forged(said, OWN | extra, key) for said in (payload_of(token), payload))

    assert verdict(hand_in(client, ours)) == "Not genuine"
    assert verdict(hand_in(client, theirs)) == "Signed by somebody else"


def test_a_status_list_is_no_certificate(client, token):
    served = client.get("/credentials/status/1.jwt").text

    assert verdict(hand_in(client, served)) == "No credential in it"
