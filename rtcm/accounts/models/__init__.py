from rtcm.accounts.models.people import Person, PersonEmail
from rtcm.accounts.models.places import Country, Institution
from rtcm.accounts.models.records import (
    Consent,
    DataRequest,
    FocalPoint,
    PersonalDataRead,
    record_read,
    record_reads,
)
from rtcm.accounts.models.users import User

__all__ = [
    "Consent",
    "Country",
    "DataRequest",
    "FocalPoint",
    "Institution",
    "Person",
    "PersonEmail",
    "PersonalDataRead",
    "User",
    "record_read",
    "record_reads",
]
