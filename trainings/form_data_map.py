"""The columns of application forms, classified: questions, answers, drafts, guardians."""

from rtcm.data_map import Field, each

ANSWERED = Field(
    personal=True,
    purpose="to decide who gets a seat and to prepare the training",
    retention="five years after the training; sensitive answers as long as their question says",
    export=True,
    erase="delete",
)
TYPED = Field(
    personal=True,
    purpose="to keep what was typed until the application is sent",
    retention="until it is sent or the training can no longer be applied for",
    export=True,
    erase="delete",
)
MINOR = Field(
    personal=True,
    purpose="to have a guardian's consent for a minor",
    retention="five years after the training",
    export=True,
    erase="delete",
)

FORM_DATA_MAP: dict[str, dict[str, Field]] = {
    "trainings.Question": each(
        "id training position key kind label help required shown_if asks_sensitive keep_days"
    ),
    "trainings.Choice": each("id question position key label"),
    "trainings.Answer": {
        **each("id"),
        **each("application question value file delete_after", ANSWERED),
    },
    "trainings.ApplicationDraft": {
        **each("id"),
        **each("training person data updated_at", TYPED),
    },
    "trainings.DraftFile": {**each("id"), **each("draft question file name", TYPED)},
    "trainings.GuardianConsent": {
        **each("id secret text_version reminded_at"),
        **each("application born_on name email language state asked_at answered_at", MINOR),
    },
}
