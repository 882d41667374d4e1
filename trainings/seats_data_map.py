"""The columns of quotas, invitations and reviewers' notes, classified."""

from rtcm.data_map import Field, each

INVITED = Field(
    personal=True,
    purpose="to invite somebody personally and to know who came with an invitation",
    retention="one year after the training",
    export=True,
    erase="delete",
)
REVIEWED = Field(
    personal=True,
    purpose="to decide who gets a seat and to show later why",
    retention="five years after the training",
    export=True,
    erase="delete",
)
ACCOUNT = Field(
    personal=True,
    purpose="to show who invited and who wrote",
    retention="as long as the row is kept",
    erase="keep",
)

SEATS: dict[str, dict[str, Field]] = {
    "trainings.Quota": each(
        "id training bound number country institution institution_kind released_at"
    ),
    "trainings.Invitation": {
        **each("id code"),
        **each(
            "training email name language expires_at revoked_at person taken_at created_at",
            INVITED,
        ),
        **each("invited_by", ACCOUNT),
    },
    "trainings.ReviewNote": {
        **each("id"),
        **each("application text at", REVIEWED),
        **each("by", ACCOUNT),
    },
}
