"""How every document of the centre becomes a PDF: PDF/UA-1, the same bytes every time.

Archive copies are PDF/A-3u instead: tagged too, with their colours and attachments in them.

Tagged, titled, with its languages; fonts embedded and named per script by the style sheets;
nothing fetched: the only resources are inline SVG and data addresses.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import weasyprint
from django.conf import settings
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from trainings.bounds import bounded
from trainings.tagging import say_languages

ACCESSIBLE, ARCHIVE = "pdf/ua-1", "pdf/a-3u"
ENGINE = f"weasyprint {weasyprint.__version__}"
STYLES = settings.BASE_DIR / "templates"
MOST_PICTURES = 200
_pictures: dict[Any, Any] = {}


@lru_cache(maxsize=1)
def fonts() -> FontConfiguration:
    """One font configuration a process: scanning the fonts costs more than a page."""
    return FontConfiguration()


@lru_cache(maxsize=32)
def _style(name: str) -> weasyprint.CSS:
    return weasyprint.CSS(filename=str(STYLES / name), font_config=fonts())


def pictures() -> dict[Any, Any]:
    """Pictures as WeasyPrint has read them: one seal serves all certificates of a training."""
    if len(_pictures) > MOST_PICTURES:
        _pictures.clear()
    return _pictures


def write(
    text: str,
    *,
    styles: Sequence[str],
    identifier: str,
    variant: str = ACCESSIBLE,
    attachments: Sequence[weasyprint.Attachment] = (),
) -> bytes:
    """`styles` are sheets below templates/, `identifier` is what makes the document itself."""
    document = weasyprint.HTML(
        string=text,
        url_fetcher=URLFetcher(allowed_protocols=("data",), fail_on_errors=True),
    )
    try:
        with bounded():
            return document.write_pdf(
                stylesheets=[_style(name) for name in styles],
                font_config=fonts(),
                pdf_variant=variant,
                pdf_identifier=identifier.encode(),
                pdf_tags=True,
                cache=pictures(),
                attachments=list(attachments),
                finisher=say_languages,
            )
    except FatalURLFetchingError as refusal:  # a BaseException: it would take the worker down
        raise ValueError(str(refusal)) from refusal
