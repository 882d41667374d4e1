"""The columns of people, users and institutions, classified; translations as their field."""

from rtcm.data_map import PLAIN, Field

WHILE_KNOWN = "until the person asks for erasure or has not been heard of for ten years"
WITH_ACCOUNT = "as long as the account exists"
EVIDENCE = "six years after the last activity, as evidence"

IDENTITY = Field(
    personal=True,
    purpose="to know who takes part",
    retention=WHILE_KNOWN,
    export=True,
    erase="blank",
)
ROLE = Field(
    personal=True,
    purpose="to know for whom somebody takes part",
    retention=WHILE_KNOWN,
    export=True,
    erase="blank",
)
STATISTICS = Field(
    personal=True, purpose="statistics", retention=WHILE_KNOWN, export=True, erase="blank"
)
CONTACT = Field(
    personal=True, purpose="to write letters", retention=WHILE_KNOWN, export=True, erase="delete"
)
SIGN_IN = Field(
    personal=True, purpose="signing in", retention=WITH_ACCOUNT, export=True, erase="delete"
)
SECRET = Field(
    personal=True, purpose="signing in", retention=WITH_ACCOUNT, export=False, erase="delete"
)
PROOF = Field(
    personal=True, purpose="to show what was agreed", retention=EVIDENCE, export=True, erase="keep"
)
ASKED = Field(
    personal=True, purpose="to answer requests", retention=EVIDENCE, export=True, erase="keep"
)
AUDIT = Field(
    personal=True, purpose="to know who looked", retention=EVIDENCE, export=False, erase="keep"
)

DATA_MAP: dict[str, dict[str, Field]] = {
    "accounts.Country": {
        "iso2": PLAIN,
        "name": PLAIN,
        "group": PLAIN,
        "is_partner": PLAIN,
        "footnote": PLAIN,
    },
    "accounts.Institution": {
        "id": PLAIN,
        "name": PLAIN,
        "country": PLAIN,
        "kind": PLAIN,
        "successor": PLAIN,
        "is_demo": PLAIN,
    },
    "accounts.Person": {
        "id": PLAIN,
        "full_name": IDENTITY,
        "certificate_name": IDENTITY,
        "other_script_name": IDENTITY,
        "sex": STATISTICS,
        "birth_year": STATISTICS,
        "country": ROLE,
        "institution": ROLE,
        "institution_name": ROLE,
        "post": ROLE,
        "language": IDENTITY,
        "name_search": Field(
            personal=True, purpose="finding names", retention=WHILE_KNOWN, erase="blank"
        ),
        "name_sort": Field(
            personal=True, purpose="ordering names", retention=WHILE_KNOWN, erase="blank"
        ),
        "is_demo": PLAIN,
        "created_at": Field(
            personal=True, purpose="retention", retention=WHILE_KNOWN, export=True, erase="keep"
        ),
        "updated_at": Field(
            personal=True, purpose="retention", retention=WHILE_KNOWN, export=True, erase="keep"
        ),
    },
    "accounts.PersonEmail": {
        "id": PLAIN,
        "person": CONTACT,
        "email": CONTACT,
        "verified_at": CONTACT,
    },
    "accounts.User": {
        "id": PLAIN,
        "password": SECRET,
        "last_login": SIGN_IN,
        "email": SIGN_IN,
        "person": SIGN_IN,
        "language": SIGN_IN,
        "answers": Field(
            personal=True,
            purpose="keeping what was typed at sign-up until the address is proven",
            retention="until the address is proven, at most 14 days",
            export=True,
            erase="delete",
        ),
        "is_active": SIGN_IN,
        "is_staff": SIGN_IN,
        "is_superuser": SIGN_IN,
        "is_demo": PLAIN,
        "date_joined": SIGN_IN,
        "groups": SIGN_IN,
        "user_permissions": SECRET,
    },
    "accounts.FocalPoint": {
        "id": PLAIN,
        "person": ROLE,
        "country": ROLE,
        "institution": ROLE,
        "starts_on": ROLE,
        "ends_on": ROLE,
    },
    "accounts.Consent": {
        "id": PLAIN,
        "person": PROOF,
        "purpose": PROOF,
        "given": PROOF,
        "text_version": PROOF,
        "language": PROOF,
        "at": PROOF,
    },
    "accounts.DataRequest": {
        "id": PLAIN,
        "person": ASKED,
        "kind": ASKED,
        "note": ASKED,
        "state": ASKED,
        "answer": ASKED,
        "asked_at": ASKED,
        "answered_at": ASKED,
        "answered_by": Field(
            personal=True, purpose="to know who answered", retention=EVIDENCE, erase="keep"
        ),
    },
    "accounts.PersonalDataRead": {
        "id": PLAIN,
        "reader": AUDIT,
        "person": AUDIT,
        "what": AUDIT,
        "at": AUDIT,
    },
}
