"""The columns of the roof, and the whole house's map put together."""

from curriculum.data_map import DATA_MAP as CURRICULUM
from experts.data_map import DATA_MAP as EXPERTS
from library.data_map import DATA_MAP as LIBRARY
from rtcm.accounts.data_map import DATA_MAP as ACCOUNTS
from rtcm.data_map import PLAIN, Field, each
from rtcm.importing.data_map import DATA_MAP as IMPORTING
from rtcm.jobs.data_map import DATA_MAP as JOBS
from trainings.data_map import DATA_MAP as TRAININGS
from trainings.outreach_map import OUTREACH

APART = Field(
    personal=True,
    purpose="so that two people are not taken for one again and again",
    retention="as long as both records exist",
    erase="delete",
)

PORTAL: dict[str, dict[str, Field]] = {
    "portal.Figures": each("id computed_at numbers"),
    "portal.PublishedFigure": each("id label value as_of source order"),
    "portal.TwoPeople": {
        "id": PLAIN,
        **each("first second by at", APART),
    },
}

WHOLE: dict[str, dict[str, Field]] = {
    **ACCOUNTS,
    **CURRICULUM,
    **EXPERTS,
    **IMPORTING,
    **JOBS,
    **LIBRARY,
    **PORTAL,
    **TRAININGS,
    **OUTREACH,
}
