"""Certificates that are in no database, and what can be read back from their documents."""

import io
import unicodedata

import pypdf

from tests.trainings.certificate_child import certificate
from trainings import certificate_pdf
from trainings.models import Certificate

TITLES = {
    "az": "Miqrasiya sahəsində əsas anlayışlar və tendensiyalar",
    "en": "Key concepts and trends in the sphere of migration",
    "ru": "Основные понятия и тенденции в сфере миграции",
}
COLUMNS = {
    "number": "RTCM-2026-000123",
    "code": "ABCDEFGHJKMNPQRSTVWXYZ23456",
    "language": "en",
    "holder": "Amina Karimova",
    "tier": "participation",
    "texts": {code: {"title": title, "place": "Bakı"} for code, title in TITLES.items()},
    "starts_on": "2026-05-25",
    "ends_on": "2026-05-27",
    "issued_on": "2026-06-01",
    "hours": "24",
    "objectives": [2, 11, 23],
}


def row(**columns) -> Certificate:
    return certificate({**COLUMNS, **columns})


def read(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def rendered(**columns) -> pypdf.PdfReader:
    return read(certificate_pdf.render(row(**columns)))


def words_of(pdf: pypdf.PdfReader) -> str:
    return " ".join(pdf.pages[0].extract_text().split())


def letters(text: str) -> list[str]:
    """Without regard to order and presentation forms: right-to-left text is laid out reversed."""
    plain = unicodedata.normalize("NFKC", text)
    return sorted(letter for letter in plain if letter.isalpha())
