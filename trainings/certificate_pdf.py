"""The document of a certificate: a pure function of its row, the same bytes every time.

A4 landscape, in one language or two; see pdf.py for what holds for every document. What it looks
like is a Look (look.py), what it says and how large is composed for each (composing.py). Its
pictures are data: the ring and the QR code as SVG, and what a design brings along.
"""

import io
from datetime import UTC, datetime, time

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import Attachment

from rtcm.text import is_right_to_left, script_tag
from trainings import qr
from trainings.composing import has_crest, heading_sizes, sizes, title_lines, words
from trainings.look import Look, look_of
from trainings.models import Certificate
from trainings.pdf import ARCHIVE, ENGINE, write
from trainings.rosette import border, seal, watermark
from trainings.signing import signatories

RENDERER = f"{ENGINE} design 4"
STYLE = "trainings/certificate.css"


def check_address(certificate: Certificate) -> str:
    """The address in the QR code: the check page, in the first language of the document."""
    with translation.override(certificate.document_languages[0]):
        return f"{settings.SITE_ORIGIN}{certificate.get_absolute_url()}"


def html(certificate: Certificate, look: Look | None = None) -> str:
    """`look`: for a preview; an issued certificate has the one it was issued with."""
    look = look or look_of(certificate)
    said = [words(certificate, look, code) for code in certificate.document_languages]
    first, at = said[0], sizes(said, certificate.holder, look)
    pair = len(said) > 1
    with translation.override(first.language):
        context = {
            "certificate": certificate,
            "look": look,
            "said": said,
            "statements": [(each, title_lines(each, at, pair)) for each in said],
            "first": first,
            "second": said[1] if pair else None,
            "headings": heading_sizes(said, look),
            "crest": has_crest(look),
            "sizes": at,
            "right_to_left": is_right_to_left(certificate.holder),
            "name_tag": script_tag(certificate.holder),
            "logos": _logos(look, first.language),
            "signed": signatories(look, said),
            "seal_between": len(look.signatories) in {0, 2},
            "qr": qr.svg(check_address(certificate), title=_("QR code of the check page")),
            "seal": seal(certificate.objectives),
            "border": border(),
            "watermark": watermark(),
        }
        return render_to_string("trainings/certificate.html", context)


def _logos(look: Look, language: str) -> list[dict[str, str]]:
    return [{"address": each.address, "name": each.names[language]} for each in look.logos]


def render(certificate: Certificate) -> bytes:
    return pdf(html(certificate), certificate.number)


def pdf(text: str, number: str) -> bytes:
    return write(text, styles=[STYLE], identifier=number)


def archive(certificate: Certificate, credential: bytes) -> bytes:
    """The same page as PDF/A-3u; `credential` (JSON, may be empty) becomes its attachment."""
    return write(
        html(certificate),
        styles=[STYLE],
        identifier=f"{certificate.number} archive",
        variant=ARCHIVE,
        attachments=[_attachment(certificate, credential)] if credential else [],
    )


def _attachment(certificate: Certificate, credential: bytes) -> Attachment:
    """Its dates are the day of issue: those of the moment would change the bytes every time."""
    issued = datetime.combine(certificate.issued_on, time.min, UTC)
    return Attachment(
        file_obj=io.BytesIO(credential),
        name="credential.json",
        description="Open Badges 3.0 credential",
        created=issued,
        modified=issued,
        relationship="Data",
    )
