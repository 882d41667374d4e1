"""The columns of tests and evaluations, classified. Anonymous answers are about nobody."""

from rtcm.data_map import Field, each

KNOWLEDGE = Field(
    personal=True,
    purpose="to give the person their result and to know what a training taught",
    retention="five years after the training",
    export=True,
    erase="blank",
)
RESULT = Field(
    personal=True,
    purpose="to decide on a certificate of completion and to count what a training taught",
    retention="as long as the training is kept",
    export=True,
    erase="keep",
)
ASKED = Field(
    personal=True,
    purpose="to ask and remind people, and to know how many answered; never what they answered",
    retention="as long as the training is kept",
    export=True,
    erase="keep",
)
SAID_BY_SUPERVISOR = Field(
    personal=True,
    purpose="to know how a training helped in the participant's work",
    retention="five years after the training",
    export=True,
    erase="delete",
)
TYPED_BY = Field(
    personal=True,
    purpose="to show who typed in answers from paper",
    retention="as long as the attempt is kept",
)

TESTING: dict[str, dict[str, Field]] = {
    "trainings.BankQuestion": each(
        "id module kind text is_true accepted explanation points is_retired updated_at"
    ),
    "trainings.BankChoice": each("id question text is_right order"),
    "trainings.Test": each(
        "id training moment module opens_at closes_at minutes attempts pass_percent token questions"
    ),
    "trainings.TestQuestion": each("id test question position"),
    "trainings.Attempt": {
        **each("id on_paper"),
        **each("test application number started_at due_at submitted_at score of", RESULT),
        **each("answers marks", KNOWLEDGE),
        **each("entered_by", TYPED_BY),
    },
    "trainings.Survey": each("id training kind opened_at closes_at"),
    "trainings.SurveyQuestion": each("id survey kind text position"),
    "trainings.SurveyGuest": {
        **each("id"),
        **each("survey application answered reminders", ASKED),
    },
    "trainings.SurveyAnswer": each("id survey answers"),
    "trainings.SupervisorAnswer": {
        **each("id"),
        **each("guest answers at", SAID_BY_SUPERVISOR),
    },
}
