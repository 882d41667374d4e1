"""Handing a file or a text in at the public check, and reading what it says."""

import io

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from tests.trainings.people import said


def hand_in(client, what: bytes | str, name: str = "a.pdf", language: str = "en"):
    data = {"text": what} if isinstance(what, str) else {"file": SimpleUploadedFile(name, what)}
    return client.post(f"/{language}/certificates/verify/", data)


def verdict(answer) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    assert not page.select(".error-summary"), said(answer)
    return page.select_one("h1").get_text(strip=True)


def refusal(answer) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    return page.select_one(".error-summary li").get_text(strip=True)


def carrying(*attachments: bytes) -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    for number, content in enumerate(attachments):
        writer.add_attachment(f"{number}.json", content)
    writer.write(target)
    return target.getvalue()
