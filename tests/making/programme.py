"""Programme items and materials of sessions."""

import datetime
from typing import Any

from library.models import Item
from tests import make
from trainings.models import ProgrammeItem, Session, SessionMaterial


def programme_item(within: Session | None = None, **fields: Any) -> ProgrammeItem:
    """A lecture in the first half hour of the default session."""
    dull = {"kind": "lecture", "starts": datetime.time(10), "ends": datetime.time(10, 30)}
    dull |= make.in_all(title="A lecture")
    return ProgrammeItem.objects.create(session=within or make.session(), **(dull | fields))


def material(
    within: Session | None = None, item: Item | None = None, visibility: str = "everybody"
) -> SessionMaterial:
    return SessionMaterial.objects.create(
        session=within or make.session(), item=item or make.item(), visibility=visibility
    )
