"""The document of a certificate: a pure function of its row, the same bytes every time.

A4 landscape; see pdf.py for what holds for every document. Its pictures are the inline SVG of the
ring and of the QR code.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from trainings import qr
from trainings.dates import date_span
from trainings.hours import in_words
from trainings.models import Certificate
from trainings.pdf import ENGINE, write
from trainings.rosette import seal, watermark

RENDERER = f"{ENGINE} design 2"
STYLE = "trainings/certificate.css"


def check_address(certificate: Certificate) -> str:
    """The address in the QR code: the check page, in the language of the document."""
    with translation.override(certificate.language):
        return f"{settings.SITE_ORIGIN}{certificate.get_absolute_url()}"


def html(certificate: Certificate) -> str:
    language = certificate.language
    with translation.override(language):
        texts = certificate.texts[language]
        context = {
            "certificate": certificate,
            "title": texts["title"],
            "hours": in_words(certificate.hours, certificate.hours_kind)
            if certificate.hours
            else "",
            "place": texts["place"],
            "dates": date_span(certificate),
            "tier": str(certificate.get_tier_display()),
            "qr": qr.svg(check_address(certificate)),
            "check_site": f"{settings.SITE_ORIGIN}{reverse('trainings:certificate_check')}",
            "name_lines": _lines(certificate.holder),
            "name_length": _length(certificate.holder, 28, 50),
            "title_length": _length(texts["title"], 60, 120),
            "objectives": ", ".join(
                str(number) for number in sorted(certificate.objectives) if number
            ),
            "seal": seal(certificate.objectives),
            "watermark": watermark(),
        }
        return render_to_string("trainings/certificate.html", context)


def _lines(name: str) -> list[str]:
    """A long name on two lines of about the same length, where it has a space."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if len(name) <= 40 or not spaces:
        return [name]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]


def _length(text: str, short: int, medium: int) -> str:
    """Class of the size of a text, so that the longest one leaves room for the rest."""
    if len(text) <= short:
        return "short"
    return "medium" if len(text) <= medium else "long"


def render(certificate: Certificate) -> bytes:
    return pdf(html(certificate), certificate.number)


def pdf(text: str, number: str) -> bytes:
    return write(text, styles=[STYLE], identifier=number)
