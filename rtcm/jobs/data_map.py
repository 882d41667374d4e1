"""The columns of jobs and letters, classified: a letter is as personal as what it says."""

from rtcm.data_map import Field, each

LETTER = Field(
    personal=True,
    purpose="to send it, and to show what was written to whom",
    retention="two years after it was sent",
    export=True,
    erase="delete",
)
SEALED = Field(
    personal=True,
    purpose="to send codes without keeping them readable",
    retention="until sent, a day at most",
    erase="delete",
)

DATA_MAP: dict[str, dict[str, Field]] = {
    "jobs.Job": each(
        "id kind dedupe_key payload queue state attempts max_attempts next_attempt_at "
        "lease_until lease_owner last_error created_at finished_at"
    ),
    "jobs.Message": {
        **each("id kind dedupe_key language state possible_duplicate error message_id masked once"),
        **each("user to subject body_text body_html created_at handed_over_at sent_at", LETTER),
        **each("secret", SEALED),
    },
    "jobs.LetterTemplate": each("id kind language subject body updated_at"),
}
