"""The columns of the Expert Network, classified."""

from rtcm.data_map import PLAIN, Field, each

WHILE_MEMBER = "until the expert leaves the Network or asks for erasure"

PROFILE = Field(
    personal=True,
    purpose="to show who can teach what",
    retention=WHILE_MEMBER,
    export=True,
    erase="delete",
)
REVIEW = Field(
    personal=True,
    purpose="to explain decisions about a profile",
    retention=WHILE_MEMBER,
    export=True,
    erase="delete",
)
SEARCH = Field(personal=True, purpose="finding experts", retention=WHILE_MEMBER, erase="delete")

DATA_MAP: dict[str, dict[str, Field]] = {
    "experts.Expert": {
        **each(
            "person slug state headline biography photo orcid modes countries visibility "
            "submitted_at published_at created_at updated_at",
            PROFILE,
        ),
        "id": PLAIN,
        "is_demo": PLAIN,
        "folded_headline": SEARCH,
    },
    "experts.Decision": {
        **each("id expert"),
        **each("from_state to_state reason at", REVIEW),
        "by": Field(
            personal=True,
            purpose="to explain decisions about a profile",
            retention=WHILE_MEMBER,
            erase="blank",
        ),
    },
    "experts.ExpertArea": {
        **each("id expert"),
        **each("objective level years", PROFILE),
    },
    "experts.ExpertLanguage": {
        **each("id expert"),
        **each("code level can_train", PROFILE),
    },
    "experts.Availability": {
        **each("id expert"),
        **each("starts_on ends_on kind", PROFILE),
    },
}
