"""Builders around nominations: a focal point, their nominees, the signed letter, a table."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from rtcm.accounts.models import FocalPoint, User
from tests import make
from trainings import nominations
from trainings.models import HandOver, Nomination, NominationLetter, Training
from trainings.models.nomination import link_end

HEADINGS = ["Full name", "E-mail address", "Post", "Sex", "Languages understood", "Note"]


def mandate(of: User, country: str = "AZ", **fields: Any) -> FocalPoint:
    """For an institution of that country, unless `institution` is None: then for all of it."""
    there = make.country(country)
    if "institution" not in fields:
        fields["institution"] = make.institution(country=there)
    return FocalPoint.objects.create(person=of.person, **({"country": there} | fields))


def nominated_training(**fields: Any) -> Training:
    return make.training(**({"route": "nomination"} | fields))


def nominee(name: str = "Leyla Aliyeva", **fields: Any) -> dict[str, Any]:
    """What the form says of somebody; no address unless one is given."""
    dull = {"email": "", "post": "Specialist", "sex": "", "understands": ["en"], "note": ""}
    return {"full_name": name} | dull | fields


def on_list(
    within: Training, under: FocalPoint, *names: str, state: str = "draft", **fields: Any
) -> list[Nomination]:
    """Rows as if they had got that far; no letter leaves."""
    people = [nominee(name, **fields) for name in names or ["Leyla Aliyeva"]]
    rows = nominations.add(within, under, people, by=None)
    Nomination.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
    return [Nomination.objects.get(pk=row.pk) for row in rows]


def signed_letter(within: Training, under: FocalPoint) -> NominationLetter:
    file = ContentFile(b"%PDF-1.7 signed", name="letter.pdf")
    return nominations.attach(within, under, file, name="letter.pdf", by=None)


def xlsx(
    rows: Iterable[Sequence[Any]], headings: Sequence[Any] = HEADINGS, name: str = "table.xlsx"
) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in [headings, *rows]:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def csv(text: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("table.csv", text.encode(encoding))


def gate_objects(emil: User) -> dict[str, Any]:
    """One of each for the table of addresses: all of them are the focal point's own."""
    training, under = nominated_training(slug="nominated"), mandate(emil)
    paper, email = on_list(training, under, "On Paper", "With Address", state="sent")
    end = {"link_key": "nominee-key", "link_until": link_end(), "email": "leyla@example.org"}
    Nomination.objects.filter(pk=email.pk).update(**end)
    hand_over = {"name": "Next One", "email": "next@example.org", "link_key": "successor-key"}
    HandOver.objects.create(focal_point=under, **hand_over)
    return {
        "mandate": under.pk,
        "nomination": email.pk,
        "on-paper": paper.pk,
        "letter": signed_letter(training, under).pk,
    }


def named(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
