"""The columns of the cascade, of interpretation, official letters and alumni, classified."""

from rtcm.data_map import Field, each

TAUGHT = Field(
    personal=True,
    purpose="to know who passed the training on, and to whom the centre owes thanks",
    retention="as long as the training is kept",
    export=True,
    erase="keep",
)
DECIDED = Field(
    personal=True,
    purpose="to show which colleague did it",
    retention="as long as the record is kept",
    erase="keep",
)
INTERPRETER = Field(
    personal=True,
    purpose="to book interpreters",
    retention="until the interpreter no longer works with the centre",
    export=True,
    erase="blank",
)
REGISTER = Field(
    personal=True,
    purpose="to show what the centre wrote officially, to whom and when",
    retention="ten years, as for official correspondence",
    export=True,
    erase="keep",
)
CHOSEN = Field(
    personal=True,
    purpose="to let alumni find each other, as far as each of them wishes",
    retention="until the person leaves the list",
    export=True,
    erase="delete",
)
BETWEEN = Field(
    personal=True,
    purpose="to pass letters on without showing addresses, and to act on misuse",
    retention="two years",
    export=True,
    erase="delete",
)
OFFERED = Field(
    personal=True,
    purpose="to find trainers among the alumni",
    retention="two years after the call",
    export=True,
    erase="delete",
)

OUTREACH: dict[str, dict[str, Field]] = {
    "trainings.RollOut": {
        **each("token hours state reason decided_at"),
        **each("training held_by logged_at", TAUGHT),
        **each("logged_by decided_by", DECIDED),
    },
    "trainings.ReachedGroup": each("id training sex institution_kind persons"),
    "trainings.Mentorship": {
        **each("id"),
        **each("training graduate mentor at", TAUGHT),
        **each("by", DECIDED),
    },
    "trainings.Interpreter": {
        **each("id is_active is_demo"),
        **each("name person email phone note", INTERPRETER),
    },
    "trainings.LanguagePair": {**each("id"), **each("interpreter first second", INTERPRETER)},
    "trainings.Booking": {
        **each("id session first second booked_at"),
        **each("interpreter", INTERPRETER),
        **each("booked_by", DECIDED),
    },
    "trainings.LetterCounter": each("year last"),
    "trainings.OfficialLetter": {
        **each("id batch language institution is_demo"),
        **each("year serial dated kind training person addressee subject text scan", REGISTER),
        **each("issued_at voided_at void_reason", REGISTER),
        **each("issued_by voided_by", DECIDED),
    },
    "trainings.AlumniProfile": {**each("updated_at"), **each("person shows about", CHOSEN)},
    "trainings.RelayLetter": {**each("id"), **each("sender recipient text at", BETWEEN)},
    "trainings.Call": {
        **each("id training text closes_on opened_at"),
        **each("opened_by", DECIDED),
    },
    "trainings.CallAnswer": {**each("id"), **each("call person text state at", OFFERED)},
}
