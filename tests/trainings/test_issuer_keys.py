"""The issuer's keys: made by a command, changed for new ones, and never shown."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management import CommandError, call_command
from joserfc.jwk import ECKey

from rtcm.jobs.performing import perform_owed
from tests import make
from tests.making.credentials import key_folder, signed
from tests.trainings.issuing import header_of, path_of, published, verified
from trainings import issuer_keys
from trainings.models import Credential


@pytest.fixture
def keys(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CREDENTIAL_KEYS = key_folder(tmp_path)
    return tmp_path / "keys"


def newer(keys: Path) -> Path:
    """Another key, made a day after every other."""
    made = issuer_keys.make_key(keys / "of-tomorrow")
    return made.rename(keys / "29990101T000000Z.pem")


def test_the_command_makes_a_key_for_its_owner_only_and_says_what_to_do(settings, tmp_path):
    settings.CREDENTIAL_KEYS = str(tmp_path / "new")
    said = StringIO()

    call_command("make_issuer_key", stdout=said)

    (path,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert str(path) in said.getvalue()
    assert "sign_credentials" in said.getvalue()
    assert issuer_keys.signer().key.curve_name == "P-256"


def test_without_a_folder_the_command_says_which_setting_is_missing(settings):
    settings.CREDENTIAL_KEYS = ""

    with pytest.raises(CommandError, match="CREDENTIAL_KEYS"):
        call_command("make_issuer_key")


def test_without_a_key_nothing_can_be_signed_afterwards_either(settings, tmp_path):
    settings.CREDENTIAL_KEYS = str(tmp_path / "nothing-there")

    with pytest.raises(CommandError, match="make_issuer_key"):
        call_command("sign_credentials")


@pytest.mark.django_db
def test_the_newest_key_signs_and_the_older_one_still_verifies(client, keys):
    old = signed()

    newer(keys)
    new = signed()

    assert old.key_id != new.key_id
    assert verified(old.jwt, published(client))["jti"]
    assert verified(new.jwt, published(client))["jti"]
    assert issuer_keys.signed_by(old.jwt).id == old.key_id


@pytest.mark.django_db
def test_of_a_retired_key_only_the_public_half_is_left_and_verifies(client, keys):
    old = signed()
    newer(keys)

    call_command("make_issuer_key", retire=True, stdout=StringIO())

    (left,) = keys.glob("*.public.pem")
    assert b"PRIVATE" not in left.read_bytes()
    assert len(list(keys.glob("*.pem"))) == 2
    assert verified(old.jwt, published(client))["jti"]


@pytest.mark.django_db
def test_a_retired_key_does_not_sign_though_nothing_newer_is_there(keys):
    (private,) = keys.glob("*.pem")
    key = ECKey.import_key(private.read_bytes())
    private.unlink()
    (keys / "20260101T000000Z.public.pem").write_bytes(key.as_bytes("PEM", private=False))

    assert issuer_keys.signer() is None
    assert len(issuer_keys.published()) == 1


@pytest.mark.django_db
def test_what_a_stolen_key_signed_is_signed_anew_by_the_next(client, keys):
    old = signed()
    perform_owed("documents")
    newer(keys)
    min(keys.glob("*.pem")).unlink()

    call_command("sign_credentials", instead_of=old.key_id, stdout=StringIO())
    perform_owed("documents")

    (new,) = Credential.objects.all()
    assert new.key_id == issuer_keys.signer().id != old.key_id
    assert new.archive_copy.certificate == old.certificate
    assert issuer_keys.signed_by(old.jwt) is None
    assert verified(new.jwt, published(client))["jti"]


@pytest.mark.django_db
def test_the_key_that_signs_cannot_be_replaced_by_itself(keys):
    with pytest.raises(CommandError, match="Make a new one first"):
        call_command("sign_credentials", instead_of=issuer_keys.signer().id)


def pem(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no key",
        pem(rsa.generate_private_key(65537, 2048)),
        pem(ec.generate_private_key(ec.SECP384R1())),
    ],
    ids=["empty", "text", "rsa", "another curve"],
)
def test_a_file_that_is_no_key_of_ours_is_left_out_and_said(keys, caplog, content):
    (keys / "29990101T000000Z.pem").write_bytes(content)

    assert len(issuer_keys.published()) == 1
    assert issuer_keys.signer()
    assert "29990101T000000Z.pem is left out" in caplog.text


def test_no_private_half_is_ever_published(client, keys):
    issuer = client.get("/credentials/issuer.json").json()
    key_set = published(client)

    assert [set(key) for key in key_set["keys"]] == [{"kty", "crv", "x", "y", "kid", "alg", "use"}]
    assert [method["publicKeyJwk"] for method in issuer["verificationMethod"]] == key_set["keys"]


@pytest.mark.django_db
def test_the_issuer_is_found_at_the_address_that_credentials_name(client, keys):
    said = verified(signed().jwt, published(client))

    issuer = client.get(path_of(said["iss"])).json()

    assert issuer["id"] == said["issuer"]["id"]
    assert issuer["type"] == ["Profile"]
    assert client.get(path_of(issuer["jwks_uri"])).json() == published(client)
    assert issuer["assertionMethod"] == [header_of(signed().jwt)["kid"]]


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "unknown", "%00", "a" * 500])
def test_the_address_of_a_key_reaches_no_file(client, keys, name):
    answer = client.get(f"/credentials/keys/{name}.json")

    assert answer.status_code == 404
    assert b"PRIVATE" not in answer.content


@pytest.mark.django_db
def test_the_desk_shows_credentials_to_staff_who_may(client, clara, settings, keys):
    credential = signed(make.certificate())
    client.force_login(clara)

    answer = client.get(f"/admin/trainings/credential/{credential.pk}/change/")

    assert answer.status_code == 200
    assert credential.certificate.number in answer.text
