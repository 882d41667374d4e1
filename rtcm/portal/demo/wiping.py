"""Takes every invented record out again and leaves the real ones."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from curriculum.models import Edition, Module
from experts.models import Expert
from rtcm.accounts.models import Consent, FocalPoint, Institution, Person, PersonalDataRead, User
from rtcm.importing.models import Import
from rtcm.jobs.models import Job, Message
from rtcm.portal.demo.nominations import wipe_nominations
from rtcm.portal.demo.testing import wipe_testing
from trainings.models import (
    Application,
    ArchiveCopy,
    Attendance,
    Certificate,
    CertificateRendering,
    CertificateStep,
    CompletionOverride,
    Interpreter,
    OfficialLetter,
    Training,
    Transition,
)


@transaction.atomic
def wipe() -> int:
    """Deletes what is flagged is_demo and what hangs on it; returns the number of people gone."""
    applications = Application.objects.filter(person__is_demo=True) | Application.objects.filter(
        training__is_demo=True
    )
    ids = list(applications.values_list("pk", flat=True))
    _wipe_certificates(Certificate.objects.filter(application__in=ids))
    wipe_testing(ids)
    wipe_nominations()
    Attendance.objects.filter(application__in=ids).delete()
    CompletionOverride.objects.filter(application__in=ids).delete()
    Transition.objects.filter(application__in=ids).delete()
    Application.objects.filter(pk__in=ids).delete()
    OfficialLetter.objects.filter(is_demo=True).delete()
    Training.objects.filter(is_demo=True).update(rolled_out_from=None)
    Training.objects.filter(is_demo=True).delete()
    Interpreter.objects.filter(is_demo=True).delete()
    Expert.objects.filter(is_demo=True).delete()
    Module.objects.filter(is_demo=True).delete()
    Edition.objects.filter(is_demo=True).delete()
    return _wipe_people()


def _wipe_certificates(certificates: QuerySet[Certificate]) -> None:
    """The rows, the jobs that would still make their documents, and the documents made."""
    paths = [path for path in certificates.values_list("path", flat=True) if path]
    copies = ArchiveCopy.objects.filter(certificate__in=certificates)
    paths += copies.values_list("path", flat=True)
    ids = list(certificates.values_list("pk", flat=True))
    kinds = ["certificate", "archive"]
    Job.objects.filter(kind__in=kinds, payload__certificate__in=ids).delete()
    CertificateRendering.objects.filter(certificate__in=ids).delete()
    CertificateStep.objects.filter(certificate__in=certificates).delete()
    certificates.update(supersedes=None)
    certificates.delete()
    for path in paths:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def _wipe_imports() -> None:
    for source in Import.objects.filter(by__is_demo=True):
        source.file.delete(save=False)
        source.delete()


def _wipe_people() -> int:
    people = Person.objects.filter(is_demo=True)
    _wipe_imports()
    gone = people.count()
    Message.objects.filter(user__is_demo=True).delete()
    FocalPoint.objects.filter(person__in=people).delete()
    PersonalDataRead.objects.filter(person__in=people).delete()
    Consent.objects.filter(person__in=people).delete()
    User.objects.filter(is_demo=True).delete()
    people.delete()
    Institution.objects.filter(is_demo=True, people=None).delete()
    return gone
