"""What a certificate is drawn with: texts, signatories, logos, background; nothing of a person.

A Look comes from a version of a design, from a form that is not saved yet, or is the centre's own
(data/own_design.json), which certificates without a design have.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from trainings.designs import Draft
from trainings.models import Certificate, DesignPicture, DesignVersion

OWN = settings.BASE_DIR / "trainings" / "data" / "own_design.json"
KEPT = 8  # versions a process remembers; a background weighs a megabyte or two

Words = Mapping[str, str]  # a text per language code


@dataclass(frozen=True)
class Signatory:
    names: Words
    posts: Words
    signature: str = ""  # the address of the picture: the picture itself


@dataclass(frozen=True)
class Logo:
    names: Words
    address: str


@dataclass(frozen=True)
class Look:
    """`texts` in the shape of DesignVersion.texts; pictures are data addresses or empty."""

    texts: Mapping[str, Any]
    signatories: tuple[Signatory, ...] = ()
    logos: tuple[Logo, ...] = ()
    background: str = ""
    has_frame: bool = True

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "Look":
        plain = json.loads(written)
        return cls(
            texts=plain["texts"],
            signatories=tuple(Signatory(**each) for each in plain["signatories"]),
            logos=tuple(Logo(**each) for each in plain["logos"]),
            background=plain["background"],
            has_frame=plain["has_frame"],
        )


def look_of(certificate: Certificate) -> Look:
    """Versions never change, so a process reads each of them once."""
    number = certificate.design_version_id
    return of_version(number) if number else own()


@lru_cache(maxsize=1)
def own() -> Look:
    plain = json.loads(OWN.read_text())
    signatories = tuple(Signatory({}, posts) for posts in plain["signatories"])
    return Look(texts=plain["texts"], signatories=signatories)


@lru_cache(maxsize=KEPT)
def of_version(pk: int) -> Look:
    version = DesignVersion.objects.select_related("background").get(pk=pk)
    return Look(
        texts=version.texts,
        signatories=tuple(
            Signatory(each.names, each.posts, address(each.signature))
            for each in version.signatories.select_related("signature")
        ),
        logos=tuple(
            Logo(each.names, address(each.picture))
            for each in version.logos.select_related("picture")
        ),
        background=address(version.background),
        has_frame=version.has_frame,
    )


def of_draft(draft: Draft) -> Look:
    """What is not saved yet, to look at it."""
    return Look(
        texts=draft.texts,
        signatories=tuple(
            Signatory(each.names, each.posts, address(each.signature)) for each in draft.signatories
        ),
        logos=tuple(Logo(each.names, address(each.picture)) for each in draft.logos),
        background=address(draft.background),
        has_frame=draft.has_frame,
    )


def address(picture: DesignPicture | None) -> str:
    """The picture itself as an address, so that nothing is ever fetched."""
    if picture is None:
        return ""
    return f"data:image/{picture.kind};base64,{b64encode(picture.content).decode()}"
