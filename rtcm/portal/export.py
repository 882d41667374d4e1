"""Everything the centre keeps about one person, room by room, as the data maps allow."""

from typing import Any

from django.db.models import Q

from experts.models import Expert
from rtcm.accounts.export import export_person, exported
from rtcm.accounts.models import Person
from rtcm.importing.models import ImportRow
from rtcm.jobs.models import Message
from rtcm.portal.data_map import WHOLE
from trainings.models import (
    AlumniProfile,
    Application,
    ApplicationDraft,
    Credential,
    GuardianConsent,
    SupervisorAnswer,
    TravelSheet,
)


def everything_about(person: Person) -> dict[str, Any]:
    """A JSON-ready dictionary; internal keys, secrets and other people's names stay out."""
    return {
        **export_person(person),
        "applications": [_application(row) for row in _applications(person)],
        "invitations": [_plain(row) for row in person.invitations.all()],
        "expert": [_expert(row) for row in Expert.objects.filter(person=person)],
        "imported": [_plain(row) for row in ImportRow.objects.filter(person=person)],
        "letters": [_plain(row) for row in _letters(person)],
        "drafts": [_draft(row) for row in ApplicationDraft.objects.filter(person=person)],
        "nominations": [_plain(row) | _parts(row, "steps") for row in person.nominations.all()],
        **_outreach(person),
    }


def _outreach(person: Person) -> dict[str, Any]:
    """Roll-outs, mentors, official letters, and what somebody wrote among the alumni."""
    parts = _parts(
        person,
        "roll_outs",
        "mentored_in",
        "mentors_in",
        "interpreter_records",
        "official_letters",
        "letters_sent",
        "letters_received",
        "call_answers",
    )
    profiles = AlumniProfile.objects.filter(person=person)
    return {**parts, "alumni_profile": [_plain(row) for row in profiles]}


def _plain(row: Any) -> dict[str, Any]:
    return exported(row, WHOLE)


def _parts(row: Any, *relations: str) -> dict[str, list[dict[str, Any]]]:
    return {name: [_plain(part) for part in getattr(row, name).all()] for name in relations}


def _applications(person: Person) -> Any:
    return Application.objects.filter(person=person).select_related("training", "country")


def _application(row: Application) -> dict[str, Any]:
    parts = ["transitions", "attendance", "certificates", "completion_overrides"]
    parts += ["answers", "attempts", "survey_guests"]
    said = SupervisorAnswer.objects.filter(guest__application=row)
    asked = GuardianConsent.objects.filter(application=row)
    signed = Credential.objects.filter(certificate__application=row)
    sheets = TravelSheet.objects.filter(application=row)
    return {
        **_plain(row),
        **_parts(row, *parts, "review_notes"),
        "credentials": [_plain(credential) for credential in signed],
        "by_supervisor": [_plain(one) for one in said],
        "guardian": [_plain(consent) for consent in asked],
        "travel_sheet": [_plain(sheet) for sheet in sheets],
    }


def _draft(row: ApplicationDraft) -> dict[str, Any]:
    return _plain(row) | _parts(row, "files")


def _expert(row: Expert) -> dict[str, Any]:
    return _plain(row) | _parts(row, "areas", "languages", "availabilities", "decisions")


def _letters(person: Person) -> Any:
    addresses = list(person.emails.values_list("email", flat=True))
    return Message.objects.filter(Q(to__in=addresses) | Q(user__person=person)).order_by("pk")
