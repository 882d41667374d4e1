"""Tables to bring in, as people upload them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from rtcm.importing import bringing
from rtcm.importing.kinds import kind_called
from rtcm.importing.models import Import
from tests.files.hostile import sheet


def table(*rows: list[Any], name: str = "list.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sheet(*rows))


def uploaded(kind: str, *rows: list[Any], by: Any = None, subject: Any = None) -> Import:
    """The first row holds the headings."""
    return bringing.upload(kind_called(kind), table(*rows), by=by, subject=subject)


def past_trainings(*titles: str, **extra: Any) -> Import:
    heading = ["Title in English", "First day", *extra]
    rows = [[title, "2019-05-13", *extra.values()] for title in titles]
    return uploaded("trainings", heading, *rows)
