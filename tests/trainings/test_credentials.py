"""A certificate as an Open Badges 3.0 credential: what it says, and that anybody can verify it."""

from datetime import date

import pytest
from django.conf import settings as project
from django.utils import timezone
from jwcrypto import jws

from rtcm.jobs.models import Job
from rtcm.jobs.performing import perform_owed
from tests import make
from tests.making.credentials import key_folder, of_borders, signed
from tests.trainings.issuing import (
    HEADER,
    header_of,
    path_of,
    payload_of,
    published,
    swapped,
    verified,
)
from trainings import credentials
from trainings.issuer_keys import signer
from trainings.models import Certificate, Credential

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CREDENTIAL_KEYS = key_folder(tmp_path)


@pytest.fixture
def certificate(amina) -> Certificate:
    return of_borders(amina)


# --- What it says -------------------------------------------------------------------------------

REQUIRED = {
    "Profile": {"id", "type"},
    "AchievementSubject": {"type", "achievement"},
    "Achievement": {"id", "type", "criteria", "description", "name"},
    "Alignment": {"type", "targetName", "targetUrl"},
    "IdentityObject": {"type", "hashed", "identityHash", "identityType"},
    "BitstringStatusListEntry": {
        "type",
        "statusPurpose",
        "statusListIndex",
        "statusListCredential",
    },
    "1EdTechJsonSchemaValidator2019": {"id", "type"},
    "OpenBadgeCredential": {"@context", "id", "type", "issuer", "validFrom", "credentialSubject"},
}
MANY = {"@context", "alignment", "identifier", "credentialSchema"}


def faults(part, where="credential") -> list[str]:
    """What the data model of Open Badges 3.0 asks for and this does not have."""
    if isinstance(part, list):
        return [fault for one in part for fault in faults(one, where)]
    if not isinstance(part, dict):
        return [] if part not in (None, "") else [f"{where} is empty"]
    kinds = part.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    needed = set().union(*(REQUIRED.get(kind, set()) for kind in kinds))
    found = [f"{where} has no {name}" for name in sorted(needed - set(part))]
    found += [f"{name} is no list" for name in MANY & set(part) if not isinstance(part[name], list)]
    found += [f"{name} is an empty list" for name in part if part[name] == []]
    return found + [fault for name, value in part.items() for fault in faults(value, name)]


def test_it_has_all_that_open_badges_ask_for(certificate):
    said = payload_of(signed(certificate).jwt)

    assert faults(said) == []
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0")
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(said["type"])


def test_it_says_who_for_what_and_how_long(certificate):
    subject = payload_of(signed(certificate).jwt)["credentialSubject"]

    achievement = subject["achievement"]
    assert subject["identifier"][0]["identityHash"] == "Amina Karimova"
    assert subject["licenseNumber"] == certificate.number
    assert achievement["name"] == "Borders"
    assert "24 academic hours" in achievement["description"]
    assert achievement["criteria"]["narrative"]
    assert [(one["targetCode"], one["targetName"]) for one in achievement["alignment"]] == [
        ("GCM 11", "Manage borders")
    ]
    assert achievement["alignment"][0]["targetUrl"] == (
        f"{project.SITE_ORIGIN}/en/curriculum/objectives/11/"
    )


def test_it_speaks_the_language_of_the_certificate(amina):
    training = make.training("Borders", in_days=-10, title_ru="Границы")
    application = make.application(training, amina.person, "attended", language="ru")

    said = payload_of(signed(make.certificate(application)).jwt)

    assert said["name"] == "Сертификат об участии: Границы"
    assert said["credentialSubject"]["achievement"]["inLanguage"] == "ru"


def test_no_other_datum_of_the_person_is_in_it(certificate, amina):
    amina.person.post = "Secret adviser"
    amina.person.save()

    text = str(payload_of(signed(certificate).jwt))

    assert "amina@example.org" not in text
    assert "Secret adviser" not in text


def test_of_a_minor_it_holds_the_number_and_no_name(certificate, amina):
    amina.person.birth_year = timezone.localdate().year - 16
    amina.person.save()
    certificate.refresh_from_db()

    said = payload_of(signed(Certificate.objects.get()).jwt)

    assert said["credentialSubject"]["identifier"][0]["identityHash"] == certificate.number
    assert "Amina" not in str(said)


def test_its_claims_repeat_its_members(certificate):
    Certificate.objects.update(issued_on=date(2026, 6, 1), expires_on=date(2028, 6, 1))

    said = payload_of(signed(Certificate.objects.get()).jwt)

    assert said["iss"] == said["issuer"]["id"] == f"{project.SITE_ORIGIN}/credentials/issuer.json"
    assert said["jti"] == said["id"]
    assert said["sub"] == said["credentialSubject"]["id"]
    assert (said["validFrom"], said["nbf"]) == ("2026-06-01T00:00:00+04:00", 1780257600)
    assert (said["validUntil"], said["exp"]) == ("2028-06-01T23:59:59+04:00", 1843502399)


# --- Anybody can verify it ----------------------------------------------------------------------


def test_another_implementation_verifies_it_with_the_published_keys(client, certificate):
    token = signed(certificate).jwt

    said = verified(token, published(client))

    assert said == payload_of(token)
    assert set(header_of(token)) == HEADER
    key = client.get(path_of(header_of(token)["kid"])).json()
    assert key in published(client)["keys"]
    assert "d" not in key


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("place", [0.05, 0.35, 0.65, 0.95])
def test_one_changed_byte_breaks_it(client, certificate, part, place):
    parts = signed(certificate).jwt.split(".")
    keys = published(client)

    parts[part] = swapped(parts[part], int(len(parts[part]) * place))

    with pytest.raises((jws.InvalidJWSSignature, jws.InvalidJWSObject, ValueError, AssertionError)):
        verified(".".join(parts), keys)


def test_at_its_address_it_is_readable_json_with_its_token(client, certificate):
    credential = signed(certificate)

    answer = client.get(f"/credentials/{certificate.code}.json")

    shown = answer.json()
    assert shown.pop("proof") == {"type": "JwtProof2020", "jwt": credential.jwt}
    assert shown == verified(credential.jwt, published(client))
    assert path_of(shown["id"]) == f"/credentials/{certificate.code}.json"
    assert client.get(f"/credentials/{certificate.code}.jwt").text == credential.jwt
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in answer["Cache-Control"]


# --- Owed with the document ---------------------------------------------------------------------


def test_the_worker_signs_after_the_document_is_made(certificate):
    perform_owed("documents")

    assert Credential.objects.get().certificate == certificate
    assert set(Job.objects.values_list("dedupe_key", "state")) >= {
        (f"certificate:{certificate.number}", "done"),
        (f"archive:{certificate.number}", "done"),
    }


def test_without_a_key_nothing_is_signed_and_everything_else_is_made(settings, client, certificate):
    settings.CREDENTIAL_KEYS = ""

    perform_owed("documents")

    certificate.refresh_from_db()
    assert certificate.sha256
    assert certificate.archive_copy.credential is None
    answer = client.get(f"/credentials/{certificate.code}.json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.text == "The centre does not issue signed credentials yet.\n"
    assert client.get("/.well-known/jwks.json").status_code == 404


def test_what_was_issued_before_there_was_a_key_can_be_signed_later(settings, certificate):
    keys, settings.CREDENTIAL_KEYS = settings.CREDENTIAL_KEYS, ""
    perform_owed("documents")

    settings.CREDENTIAL_KEYS = keys
    owed = [credentials.owe_signatures(signer()) for _ in range(2)]
    perform_owed("documents")

    assert owed == [1, 1]
    assert Credential.objects.get().archive_copy.certificate == certificate
    assert credentials.owe_signatures(signer()) == 0


def test_a_code_that_nobody_has_has_no_credential(client, certificate):
    signed(certificate)

    answer = client.get("/credentials/ABCDEFGHJKMNPQRSTVWXYZ23456.json")

    assert (answer.status_code, answer.text) == (
        404,
        "There is no signed credential at this address.\n",
    )


def test_asking_for_credentials_is_slowed_down(client):
    statuses = [client.get("/credentials/ABC.json").status_code for _ in range(31)]

    assert statuses == [404] * 30 + [429]
