"""How a work is cited: one line for the page, and the files that reference managers read."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext
from modeltranslation.utils import build_localized_fieldname

from library.models import Contributor, Item

Role = Contributor.Role
BIBTEX_TYPES = {"report": "techreport", "book": "book", "article": "article"}
RIS_TYPES = {"report": "RPRT", "book": "BOOK", "article": "JOUR", "statistics": "STAT"}
CSL_TYPES = {
    "report": "report",
    "book": "book",
    "article": "article-journal",
    "treaty": "treaty",
    "resolution": "report",
    "statistics": "dataset",
}
BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "#$%&_"},
}


class Citation(NamedTuple):
    extension: str
    content_type: str
    write: Callable[[Item], str]


def title_of(item: Item) -> str:
    """A work is cited by the title it bears, where we know it."""
    known = getattr(item, build_localized_fieldname("title", language_of(item)), None)
    return one_line(known or item.title)


def language_of(item: Item) -> str:
    """The first language of the work in which we know its title."""
    for code in item.languages:
        if getattr(item, build_localized_fieldname("title", code), None):
            return code
    return item.languages[0]


def address_of(item: Item) -> str:
    return f"https://doi.org/{item.doi}" if item.doi else item.url


def as_text(item: Item) -> str:
    """For people: makers (year). Title. Symbol. Publisher. Address."""
    makers = "; ".join(one_line(contributor.name) for contributor in item.contributors.all())
    year = f"({item.year or gettext('no date')})"
    parts = [f"{makers} {year}".strip(), title_of(item), item.un_symbol, one_line(item.publisher)]
    sentences = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{sentences}. {address_of(item)}".strip()


def as_bibtex(item: Item) -> str:
    texts = {
        "author": " and ".join(_bibtex_names(item, Role.AUTHOR)),
        "editor": " and ".join(_bibtex_names(item, Role.EDITOR)),
        "title": f"{{{_bibtex(title_of(item))}}}",
        "institution" if item.type == "report" else "publisher": _bibtex(item.publisher),
        "address": _bibtex(item.place),
        "year": str(item.year or ""),
        "number": _bibtex(item.un_symbol),
        "isbn": item.isbn,
        "doi": _bibtex(item.doi),
        "url": _bare(item.url),
        "language": ", ".join(item.languages),
        "abstract": _bibtex(item.abstract),
    }
    kind = BIBTEX_TYPES.get(item.type, "misc")
    lines = [f"  {name} = {{{text}}}," for name, text in texts.items() if text]
    return "\n".join([f"@{kind}{{{item.slug},", *lines, "}", ""])


def as_ris(item: Item) -> str:
    tags = {Role.AUTHOR: "AU", Role.EDITOR: "ED", Role.TRANSLATOR: "A4"}
    fields = [
        ("TY", RIS_TYPES.get(item.type, "GEN")),
        *((tags[Role(maker.role)], maker.name) for maker in item.contributors.all()),
        ("TI", title_of(item)),
        ("PB", item.publisher),
        ("CY", item.place),
        ("PY", str(item.year or "")),
        ("M1", item.un_symbol),
        ("SN", item.isbn),
        ("DO", item.doi),
        ("UR", item.url),
        *(("LA", code) for code in item.languages),
        ("AB", item.abstract),
    ]
    lines = [f"{tag}  - {one_line(text)}" for tag, text in fields if text]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl_json(item: Item) -> str:
    record: dict[str, Any] = {
        "id": item.slug,
        "type": CSL_TYPES.get(item.type, "document"),
        "title": title_of(item),
        "author": _csl_names(item, Role.AUTHOR),
        "editor": _csl_names(item, Role.EDITOR),
        "translator": _csl_names(item, Role.TRANSLATOR),
        "publisher": item.publisher,
        "publisher-place": item.place,
        "issued": {"date-parts": [[item.year]]} if item.year else None,
        "number": item.un_symbol,
        "ISBN": item.isbn,
        "DOI": item.doi,
        "URL": item.url,
        "language": language_of(item),
        "abstract": item.abstract,
    }
    filled = {name: value for name, value in record.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=1)


FORMATS = {
    "bibtex": Citation("bib", "application/x-bibtex", as_bibtex),
    "ris": Citation("ris", "application/x-research-info-systems", as_ris),
    "csl-json": Citation("json", "application/vnd.citationstyles.csl+json", as_csl_json),
}


def one_line(text: str) -> str:
    return " ".join((text or "").split())


def _bibtex(text: str) -> str:
    return "".join(BIBTEX_SPECIAL.get(char, char) for char in one_line(text))


def _bare(address: str) -> str:
    """Addresses are read literally; the three characters BibTeX would trip over are encoded."""
    return re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", address)


def _bibtex_names(item: Item, role: str) -> list[str]:
    """An organization in braces stays whole; a person's comma tells family from given name."""
    makers = [maker for maker in item.contributors.all() if maker.role == role]
    return [
        f"{{{_bibtex(maker.name)}}}" if maker.is_organization else _bibtex(maker.name)
        for maker in makers
    ]


def _csl_names(item: Item, role: str) -> list[dict[str, str]]:
    makers = [maker for maker in item.contributors.all() if maker.role == role]
    return [_csl_name(maker) for maker in makers]


def _csl_name(maker: Contributor) -> dict[str, str]:
    family, comma, given = one_line(maker.name).partition(", ")
    if maker.is_organization or not comma:
        return {"literal": one_line(maker.name)}
    return {"family": family, "given": given}
