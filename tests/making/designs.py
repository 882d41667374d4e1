"""Designs of certificates as staff would save them, and pictures to put on them."""

import io
from copy import deepcopy
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from trainings import designs, look
from trainings.models import DesignPicture, DesignVersion
from trainings.wording import LANGUAGES, TIERS

NUMBERS = iter(range(1, 10_000))


def in_all(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def texts(**changes: str) -> dict[str, Any]:
    """The centre's own words; `issuer="A"`, `after="B"` … say it so in every language and tier."""
    own = deepcopy(dict(look.own().texts))
    for code in LANGUAGES:
        for name, text in changes.items():
            if name == "issuer":
                own[code]["issuer"] = text
            else:
                for tier in TIERS:
                    own[code][tier][name] = text
    return own


def draft(**fields: Any) -> designs.Draft:
    dull = {"texts": texts(), "signatories": [designs.Signed(in_all(""), in_all("Director"))]}
    return designs.Draft(**(dull | fields))


def version(of: Any = None, **fields: Any) -> DesignVersion:
    """Of a new design that serves every tier, unless one is given."""
    about = {name: fields.pop(name, None) for name in ("name", "tiers", "default_for", "by")}
    return designs.save(
        of,
        draft(**fields),
        name=about["name"] or (of.name if of else f"Design {next(NUMBERS)}"),
        tiers=TIERS if about["tiers"] is None else about["tiers"],
        default_for=about["default_for"] or [],
        by=about["by"],
    )


def drawing(size: tuple[int, int] = (400, 200), form: str = "PNG", colour: str = "navy") -> bytes:
    """A cross on nothing."""
    image = Image.new("RGBA", size)
    pen = ImageDraw.Draw(image)
    pen.line([(0, 0), size], fill=colour, width=9)
    pen.line([(0, size[1]), (size[0], 0)], fill=colour, width=9)
    target = io.BytesIO()
    image.convert("RGB" if form == "JPEG" else "RGBA").save(target, form)
    return target.getvalue()


def upload(content: bytes | None = None, name: str = "it.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawing() if content is None else content)


def picture(use: str = "logo", **drawn: Any) -> DesignPicture:
    return designs.keep_picture(upload(drawing(**drawn)), use)
