"""What was done with a certificate stays on record, whoever asks the database to forget it."""

import pytest
from django.db import IntegrityError, transaction

from rtcm.accounts.models import User
from tests import make
from trainings import certificates
from trainings.models import Certificate, CertificateRendering, CertificateStep

pytestmark = pytest.mark.django_db
ROWS = [CertificateStep, CertificateRendering]


def rendering(certificate: Certificate) -> CertificateRendering:
    return CertificateRendering.objects.create(
        certificate=certificate, why="issued", renderer="x", sha256="0" * 64, size=1
    )


def test_each_deed_leaves_one_step(clara):
    first = certificates.issue(
        make.application(make.training(in_days=-9), state="attended"), by=clara
    )
    certificates.revoke(first, by=clara, reason=" Wrong person ", kind="mistake")
    certificates.restore(first, by=clara, reason="The right one")
    second = certificates.reissue(first, by=clara)

    steps = CertificateStep.objects.values_list("certificate", "deed", "kind", "reason", "by")

    assert list(steps) == [
        (first.pk, "issued", "", "", clara.pk),
        (first.pk, "revoked", "mistake", "Wrong person", clara.pk),
        (first.pk, "restored", "", "The right one", clara.pk),
        (second.pk, "reissued", "", "", clara.pk),
    ]


def test_restored_it_has_no_kind_of_reason_left(clara):
    certificate = make.certificate()
    certificates.revoke(certificate, by=clara, reason="Wrong", kind="mistake")

    certificates.restore(certificate, by=clara, reason="Right")

    certificate.refresh_from_db()
    assert (certificate.revoked_for, certificate.revoked_at) == ("", None)


HARMS = {
    "change a step": lambda: CertificateStep.objects.update(reason="Another"),
    "remove steps": lambda: CertificateStep.objects.all().delete(),
    "change a rendering": lambda: CertificateRendering.objects.update(sha256="1" * 64),
    "remove renderings": lambda: CertificateRendering.objects.all().delete(),
}


@pytest.mark.parametrize("harm", HARMS)
def test_rows_are_only_ever_added(harm):
    rendering(make.certificate())

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        HARMS[harm]()


def test_who_decided_may_be_forgotten(clara):
    make.certificate()
    certificates.revoke(Certificate.objects.get(), by=clara, reason="Why")

    User.objects.filter(pk=clara.pk).delete()

    assert set(CertificateStep.objects.values_list("by", flat=True)) == {None}


def test_rows_of_invented_people_go_with_them():
    certificate = make.certificate(
        make.application(make.training(in_days=-9, is_demo=True), state="attended")
    )
    rendering(certificate)

    for model in ROWS:
        model.objects.all().delete()
        assert not model.objects.exists()
