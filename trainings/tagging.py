"""The language of every paragraph in the tags of a document, which WeasyPrint leaves out.

PDF/UA asks for it wherever a text is in another language than the document.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

MARKED = {"p": "/P", "h1": "/H1"}


def say_languages(document: Any, pdf: Any) -> None:
    """A finisher for `write_pdf`: paragraphs of the page and tags of the file, in one order."""
    paragraphs = [each for page in document.pages for each in _paragraphs(page._page_box)]
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    tags = [each for each in _tags(root, pdf) if each["S"] in MARKED.values()]
    for paragraph, tag in zip(paragraphs, tags, strict=True):
        if MARKED[paragraph.element_tag] != tag["S"]:
            raise ValueError("The tags of the document are not in the order of its paragraphs.")
        if language := paragraph.element.get("lang"):
            tag["Lang"] = pydyf.String(language)


def _paragraphs(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if box.element_tag in MARKED and box.element is not None and not _is_line(box):
        yield box
    for child in getattr(box, "children", ()):
        yield from _paragraphs(child)


def _is_line(box: Any) -> bool:
    return isinstance(box, boxes.LineBox | boxes.TextBox)


def _tags(element: Any, pdf: Any) -> Iterator[Any]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            inner = pdf.objects[_number(kid)]
            if inner.get("Type") == "/StructElem":
                yield inner
                yield from _tags(inner, pdf)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
