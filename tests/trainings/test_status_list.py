"""A credential is signed once, and its place on a status list tells whether it still holds."""

from functools import partial

import pytest

from tests import make
from tests.making.credentials import key_folder, of_borders, signed
from tests.trainings.issuing import payload_of, status_bit
from tests.trainings.racing import at_once
from trainings import certificates, credentials, status_list
from trainings.issuer_keys import signer
from trainings.models import Certificate, Credential
from trainings.models.credential import LIST_SIZE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CREDENTIAL_KEYS = key_folder(tmp_path)


@pytest.fixture
def certificate(amina) -> Certificate:
    return of_borders(amina)


def test_revoking_sets_its_bit_and_restoring_takes_it_back(client, certificate, clara):
    status = payload_of(signed(certificate).jwt)["credentialStatus"]
    bits = [status_bit(client, status)]

    certificates.revoke(certificate, by=clara, reason="By mistake")
    bits.append(status_bit(client, status))
    certificates.restore(certificate, by=clara, reason="It was right")
    bits.append(status_bit(client, status))

    assert bits == [0, 1, 0]


def test_a_superseded_one_holds_no_more_and_the_new_one_does(client, certificate, clara):
    old = payload_of(signed(certificate).jwt)["credentialStatus"]

    new = signed(certificates.reissue(certificate, by=clara))

    assert status_bit(client, old) == 1
    assert status_bit(client, payload_of(new.jwt)["credentialStatus"]) == 0


def test_a_status_list_may_be_kept_for_minutes_only(client, certificate):
    signed(certificate)

    answer = client.get("/credentials/status/1.jwt")

    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "application/vc+jwt",
        "public, max-age=300",
    )


# --- Signed once --------------------------------------------------------------------------------


def test_it_is_signed_once_however_often_it_is_asked_for(certificate):
    first, second = (credentials.sign_certificate(certificate) for _ in range(2))

    assert first == second
    assert first.jwt == second.jwt != ""


def test_a_worker_that_died_before_storing_leaves_a_place_that_the_next_one_uses(certificate):
    left = status_list.take_place(certificate)

    credential = credentials.sign_certificate(certificate)

    assert credential == left
    assert (credential.status_list, credential.status_index) == (1, left.status_index)
    assert credential.jwt


def test_of_two_workers_the_first_to_write_has_signed(certificate):
    slow = status_list.take_place(certificate)
    first = credentials.sign_certificate(certificate)

    late = credentials.keep(slow, "signed later", signer())

    assert late.jwt == first.jwt == Credential.objects.get().jwt


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_end_with_one_credential(certificate):
    both = at_once([partial(credentials.sign_certificate, certificate)] * 2)

    assert {credential.jwt for credential in both} == {Credential.objects.get().jwt}


def test_places_are_drawn_by_lot():
    rows = [status_list.take_place(make.certificate()) for _ in range(6)]

    places = [row.status_index for row in rows]
    assert len(set(places)) == 6
    assert places != sorted(places) or max(places) - min(places) > 6
    assert max(places) < LIST_SIZE


def test_a_full_list_is_followed_by_the_next():
    rows = [status_list.take_place(make.certificate(), size=2) for _ in range(3)]

    assert [row.status_list for row in rows] == [1, 1, 2]
