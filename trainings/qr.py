"""QR codes as SVG: inline in documents, inline on pages; no colour but the ink's."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

# Any of the eight masks makes a code that every reader reads; to try all of them for the prettiest
# takes five times as long as the code itself.
MASK = 0


def svg(text: str, title: str | None = None) -> SafeString:
    """segno writes the whole SVG from the modules of the code; the text itself is not in it.

    `title` says what it is to those who cannot see it; segno escapes it.
    """
    buffer = io.BytesIO()
    segno.make(text, error="m", mask=MASK).save(
        buffer,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=0,
        dark="#14273a",
        omitsize=True,
        title=title,
    )
    return mark_safe(buffer.getvalue().decode())  # noqa: S308
