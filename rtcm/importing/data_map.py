"""The columns of imports, classified."""

from rtcm.data_map import Field, each

WHILE_WORKED_ON = "90 days after the upload"
TYPED = Field(
    personal=True,
    purpose="to bring in registers of the past, and to take a mistake back",
    retention=WHILE_WORKED_ON,
    export=True,
    erase="blank",
)

DATA_MAP: dict[str, dict[str, Field]] = {
    "importing.Import": {
        **each("id kind subject_id name state language at done_at undone_at"),
        "file": Field(
            personal=True,
            purpose="to look up what was brought in",
            retention=WHILE_WORKED_ON,
            erase="blank",
        ),
        "by": Field(
            personal=True,
            purpose="to know who brought it in",
            retention="six years after the last activity, as evidence",
        ),
    },
    "importing.ImportRow": {
        **each("id source number decision result created made_at note"),
        "values": TYPED,
        "errors": TYPED,
        "suggestions": Field(
            personal=True,
            purpose="to find who somebody already is",
            retention=WHILE_WORKED_ON,
            erase="blank",
        ),
        "person": TYPED,
    },
}
