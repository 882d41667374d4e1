"""How a column is classified: is it about a person, why do we have it, for how long, and then?

Every app describes its own columns in its `data_map.py`; a column that none describes fails
the build.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Field:
    personal: bool
    purpose: str = ""
    retention: str = ""
    export: bool = False
    # What erasing a person does: empties the column, deletes the row, or keeps it and says why.
    erase: Literal["blank", "delete", "keep"] = "keep"

    def __post_init__(self) -> None:
        if self.personal and not (self.purpose and self.retention):
            raise ValueError("Personal data need a purpose and a time after which they go.")


# A column that says nothing about anybody.
PLAIN = Field(personal=False)


def each(names: str, field: Field = PLAIN) -> dict[str, Field]:
    """The same classification for several columns, named in one string."""
    return dict.fromkeys(names.split(), field)
