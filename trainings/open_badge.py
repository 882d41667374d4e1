"""What a certificate says, as an Open Badges 3.0 achievement credential (W3C VC Data Model 2.0).

No personal datum but the name as printed; a minor's name stays out, as it does on the check page.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.models import Objective
from trainings import status_list
from trainings.dates import date_span
from trainings.guardians import was_minor
from trainings.hours import in_words
from trainings.issuer import OPEN_BADGES, W3C, name_and_address
from trainings.issuer_addresses import absolute, credential_address, issuer_address
from trainings.models import Certificate, Credential

Tier = Certificate.Tier
TYPES = {
    Tier.PARTICIPATION: "Certificate",
    Tier.COMPLETION: "CertificateOfCompletion",
    Tier.TRAINER: "Certificate",
}
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"


def language_of(certificate: Certificate) -> str:
    """The first one of the document."""
    return certificate.document_languages[0]


def _text(certificate: Certificate) -> dict[str, str]:
    return certificate.texts[language_of(certificate)]


def badge(certificate: Certificate, credential: Credential) -> dict[str, Any]:
    """The credential, unsigned, in the first language of the document."""
    with translation.override(language_of(certificate)):
        address = credential_address(certificate.code)
        return {
            "@context": [W3C, OPEN_BADGES],
            "id": address,
            "type": ["VerifiableCredential", "AchievementCredential", "OpenBadgeCredential"],
            "name": _name(certificate),
            "issuer": name_and_address(),
            **_times(certificate),
            "credentialSubject": _subject(certificate),
            "credentialStatus": status_list.entry(credential),
            "credentialSchema": [
                {
                    "id": f"{SCHEMA}ob_v3p0_achievementcredential_schema.json",
                    "type": "1EdTechJsonSchemaValidator2019",
                }
            ],
        }


def _name(certificate: Certificate) -> str:
    title = _text(certificate)["title"]
    return f"{certificate.get_tier_display()}: {title}"


def _times(certificate: Certificate) -> dict[str, str]:
    times = {"validFrom": _moment(certificate.issued_on)}
    if certificate.expires_on:
        times["validUntil"] = _moment(certificate.expires_on, time(23, 59, 59))
    return times | {"awardedDate": times["validFrom"]}


def _moment(day: date, at: time = time.min) -> str:
    return timezone.make_aware(datetime.combine(day, at)).isoformat()


def _subject(certificate: Certificate) -> dict[str, Any]:
    return {
        "id": uuid5(NAMESPACE_URL, credential_address(certificate.code)).urn,
        "type": ["AchievementSubject"],
        "identifier": [_identity(certificate)],
        "licenseNumber": certificate.number,
        "activityStartDate": _moment(certificate.starts_on),
        "activityEndDate": _moment(certificate.ends_on),
        "achievement": _achievement(certificate),
    }


def _identity(certificate: Certificate) -> dict[str, Any]:
    """The name as printed; of a minor, the number: whoever holds the document can compare it."""
    minor = was_minor(certificate.application)
    return {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": certificate.number if minor else certificate.holder,
        "identityType": "identifier" if minor else "name",
    }


def _achievement(certificate: Certificate) -> dict[str, Any]:
    training = certificate.application.training_id
    achievement = {
        "id": uuid5(NAMESPACE_URL, f"{issuer_address()}#{training}-{certificate.tier}").urn,
        "type": ["Achievement"],
        "achievementType": TYPES[Tier(certificate.tier)],
        "name": _text(certificate)["title"],
        "description": _description(certificate),
        "criteria": {"narrative": _narrative(certificate)},
        "inLanguage": language_of(certificate),
    }
    alignments = [_alignment(one) for one in _objectives(certificate)]
    return achievement | ({"alignment": alignments} if alignments else {})


def _description(certificate: Certificate) -> str:
    hours, place = certificate.hours, _text(certificate)["place"]
    said = in_words(hours, certificate.hours_kind) if hours else ""
    tier = str(certificate.get_tier_display())
    return " · ".join(part for part in (tier, date_span(certificate), place, said) if part)


def _narrative(certificate: Certificate) -> str:
    return {
        Tier.PARTICIPATION: _("Took part in the training, by the register of attendance."),
        Tier.COMPLETION: _("Attended the training and met its rule of completion."),
        Tier.TRAINER: _(
            "Is recognised as a trainer on this subject: trained others, or completed this "
            "training of trainers."
        ),
    }[Tier(certificate.tier)]


def _objectives(certificate: Certificate) -> Any:
    return Objective.objects.filter(number__in=certificate.objectives).order_by("number")


def _alignment(objective: Objective) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": objective.title,
        "targetUrl": absolute("portal:objective_page", objective.number),
        "targetCode": f"GCM {objective.number}",
        "targetFramework": _("Global Compact for Safe, Orderly and Regular Migration"),
    }
