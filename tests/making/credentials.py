"""Keys and signed credentials for tests."""

from pathlib import Path

from django.utils import timezone

from rtcm.accounts.models import User
from tests import make
from trainings.credentials import sign_certificate
from trainings.issuer_keys import make_key
from trainings.models import ArchiveCopy, Certificate, Credential


def key_folder(under: Path) -> str:
    """A folder with one key in it, for settings.CREDENTIAL_KEYS."""
    make_key(under / "keys")
    return str(under / "keys")


def of_borders(owner: User) -> Certificate:
    """A certificate in English that has all a credential tells: place, hours, an objective."""
    make.objective(11, title_en="Manage borders")
    training = make.training(
        "Borders", in_days=-10, objectives=[11], certificate_hours="24", city="Baku"
    )
    return make.certificate(make.application(training, owner.person, "attended", language="en"))


def signed(certificate: Certificate | None = None, archive: str = "", **columns) -> Credential:
    """The credential of a certificate, with an archive copy at a path where one is given."""
    certificate = certificate or make.certificate(**columns)
    credential = sign_certificate(certificate)
    assert credential
    if archive:
        ArchiveCopy.objects.create(
            certificate=certificate,
            credential=credential,
            path=archive,
            rendered_at=timezone.now(),
        )
    return credential
