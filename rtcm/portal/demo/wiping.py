"""Takes every invented record out again and leaves the real ones."""

from django.db import transaction

from curriculum.models import Edition, Module
from experts.models import Expert
from rtcm.accounts.models import Consent, FocalPoint, Institution, Person, PersonalDataRead, User
from trainings.models import Application, Attendance, Certificate, Training, Transition


@transaction.atomic
def wipe() -> int:
    """Deletes what is flagged is_demo and what hangs on it; returns the number of people gone."""
    applications = Application.objects.filter(person__is_demo=True) | Application.objects.filter(
        training__is_demo=True
    )
    ids = list(applications.values_list("pk", flat=True))
    Certificate.objects.filter(application__in=ids).update(supersedes=None)
    Certificate.objects.filter(application__in=ids).delete()
    Attendance.objects.filter(application__in=ids).delete()
    Transition.objects.filter(application__in=ids).delete()
    Application.objects.filter(pk__in=ids).delete()
    Training.objects.filter(is_demo=True).delete()
    Expert.objects.filter(is_demo=True).delete()
    Module.objects.filter(is_demo=True).delete()
    Edition.objects.filter(is_demo=True).delete()
    return _wipe_people()


def _wipe_people() -> int:
    people = Person.objects.filter(is_demo=True)
    gone = people.count()
    FocalPoint.objects.filter(person__in=people).delete()
    PersonalDataRead.objects.filter(person__in=people).delete()
    Consent.objects.filter(person__in=people).delete()
    User.objects.filter(is_demo=True).delete()
    people.delete()
    Institution.objects.filter(is_demo=True, people=None).delete()
    return gone
