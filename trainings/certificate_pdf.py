"""The document of a certificate: a pure function of its row, the same bytes every time.

A4 landscape, PDF/UA-1 (tagged, titled, with its language), fonts embedded, nothing fetched: the
only resources are the inline SVG of the ring and of the QR code.
"""

import io
from functools import lru_cache

import segno
import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from trainings.dates import date_span
from trainings.models import Certificate
from trainings.rosette import seal, watermark

RENDERER = f"weasyprint {weasyprint.__version__} design 2"
STYLE = settings.BASE_DIR / "templates" / "trainings" / "certificate.css"


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """One font configuration a process: scanning the fonts costs more than a page."""
    return FontConfiguration()


@lru_cache(maxsize=1)
def _style() -> weasyprint.CSS:
    return weasyprint.CSS(filename=str(STYLE), font_config=_fonts())


def check_address(certificate: Certificate) -> str:
    """The address in the QR code: the check page, in the language of the document."""
    with translation.override(certificate.language):
        return f"{settings.SITE_ORIGIN}{certificate.get_absolute_url()}"


def qr_svg(text: str) -> str:
    buffer = io.BytesIO()
    segno.make(text, error="m").save(
        buffer, kind="svg", xmldecl=False, svgns=True, border=0, dark="#14273a", omitsize=True
    )
    return buffer.getvalue().decode()


def html(certificate: Certificate) -> str:
    language = certificate.language
    with translation.override(language):
        texts = certificate.texts[language]
        context = {
            "certificate": certificate,
            "title": texts["title"],
            "place": texts["place"],
            "dates": date_span(certificate),
            "tier": str(certificate.get_tier_display()),
            # segno writes the SVG itself from an address of ours; no text of people is in it.
            "qr": mark_safe(qr_svg(check_address(certificate))),  # noqa: S308
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
    document = weasyprint.HTML(
        string=text,
        url_fetcher=URLFetcher(allowed_protocols=("data",), fail_on_errors=True),
    )
    try:
        return document.write_pdf(
            stylesheets=[_style()],
            font_config=_fonts(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=number.encode(),
            pdf_tags=True,
        )
    except FatalURLFetchingError as refusal:  # a BaseException: it would take the worker down
        raise ValueError(str(refusal)) from refusal
