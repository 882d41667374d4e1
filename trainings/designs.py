"""What staff do with designs of certificates, and which of them a certificate gets.

Saving never changes a version: it adds the next one. The trail is the versions themselves, with
who made them and when.
"""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from rtcm import uploads
from trainings import wording
from trainings.models import (
    CertificateDesign,
    DesignLogo,
    DesignPicture,
    DesignSignatory,
    DesignTier,
    DesignVersion,
    Training,
)

MOST_SIGNATORIES = 3
MOST_LOGOS = 3
NAME, POST, LOGO_NAME = 90, 160, 120
MOST_BYTES = 5 * uploads.MEGABYTE
# Pixels of the longer side: 300 dpi on the page, and no more for every certificate to carry.
SIDES = {"signature": 800, "logo": 800, "background": 3508}


@dataclass(frozen=True)
class Signed:
    """A signatory as typed in: texts per language code, and perhaps a picture."""

    names: dict[str, str]
    posts: dict[str, str]
    signature: DesignPicture | None = None


@dataclass(frozen=True)
class Marked:
    """A logo and whose it is, per language code."""

    names: dict[str, str]
    picture: DesignPicture


@dataclass(frozen=True)
class Draft:
    """A version before it is one; `texts` in the shape of DesignVersion.texts."""

    texts: dict[str, Any]
    signatories: list[Signed] = field(default_factory=list)
    logos: list[Marked] = field(default_factory=list)
    background: DesignPicture | None = None
    has_frame: bool = True


@transaction.atomic
def save(
    design: CertificateDesign | None,
    draft: Draft,
    *,
    name: str,
    tiers: list[str],
    default_for: list[str],
    by: Any,
) -> DesignVersion:
    """The next version of a design, or the first of a new one, and what the design is for."""
    check(draft)
    if design is None:
        design = CertificateDesign(name=name)
    else:
        design = CertificateDesign.objects.select_for_update().get(pk=design.pk)
        design.name = name
    design.full_clean()
    design.save()
    _serve(design, tiers, default_for)
    return _add_version(design, draft, by)


def check(draft: Draft) -> None:
    """Refuses with a sentence what could not be printed."""
    wording.check_texts(draft.texts)
    if len(draft.signatories) > MOST_SIGNATORIES or len(draft.logos) > MOST_LOGOS:
        raise ValidationError(_("A certificate has room for three signatories and three logos."))
    for each in draft.signatories:
        _complete(each.posts, POST, _("Every signatory needs a post in every language."))
        _short(each.names, NAME)
    for logo in draft.logos:
        _complete(logo.names, LOGO_NAME, _("Every logo needs the name of its owner."))


def _complete(texts: dict[str, str], longest: int, refusal: str) -> None:
    if any(not texts.get(code, "").strip() for code in wording.LANGUAGES):
        raise ValidationError(refusal, code="blank")
    _short(texts, longest)


def _short(texts: dict[str, str], longest: int) -> None:
    if any(len(text) > longest for text in texts.values()):
        raise ValidationError(
            _("This text is longer than %(longest)s characters.") % {"longest": longest},
            code="long",
        )


def _serve(design: CertificateDesign, tiers: list[str], default_for: list[str]) -> None:
    """A tier has one default: the one named last."""
    if unknown := {*tiers, *default_for} - set(wording.TIERS):
        raise ValidationError(_("“%(tier)s” is no tier.") % {"tier": min(unknown)})
    if set(default_for) - set(tiers):
        raise ValidationError(
            _("A design can be the usual one only for a tier that it serves."), code="not_served"
        )
    others = DesignTier.objects.select_for_update().exclude(design=design)
    others.filter(tier__in=default_for, is_default=True).update(is_default=False)
    design.tiers.all().delete()
    DesignTier.objects.bulk_create(
        DesignTier(design=design, tier=tier, is_default=tier in default_for) for tier in tiers
    )


def _add_version(design: CertificateDesign, draft: Draft, by: Any) -> DesignVersion:
    last = design.versions.order_by("-number").first()
    version = DesignVersion.objects.create(
        design=design,
        number=last.number + 1 if last else 1,
        texts=draft.texts,
        background=draft.background,
        has_frame=draft.has_frame,
        made_by=by,
    )
    DesignSignatory.objects.bulk_create(
        DesignSignatory(
            version=version,
            position=place,
            names=each.names,
            posts=each.posts,
            signature=each.signature,
        )
        for place, each in enumerate(draft.signatories, start=1)
    )
    DesignLogo.objects.bulk_create(
        DesignLogo(version=version, position=place, names=each.names, picture=each.picture)
        for place, each in enumerate(draft.logos, start=1)
    )
    return version


def keep_picture(upload: Any, use: str) -> DesignPicture:
    """The pixels of what was uploaded, at most as many as paper shows; `use` as in SIDES."""
    clean = uploads.checked(upload, ("png", "jpeg"), MOST_BYTES)
    kind, content = _for_paper(clean.read(), use)
    made, _new = DesignPicture.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(), defaults={"kind": kind, "content": content}
    )
    return made


def forget_pictures() -> int:
    """Those that were looked at but never saved go after a day. Harmless twice."""
    fresh = timezone.now() - timedelta(days=1)
    used = DesignVersion.objects.filter(background=OuterRef("pk"))
    signed = DesignSignatory.objects.filter(signature=OuterRef("pk"))
    shown = DesignLogo.objects.filter(picture=OuterRef("pk"))
    idle = DesignPicture.objects.filter(~Exists(used), ~Exists(signed), ~Exists(shown))
    gone, _by_model = idle.filter(added_at__lt=fresh).delete()
    return gone


def _for_paper(content: bytes, use: str) -> tuple[str, bytes]:
    target = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((SIDES[use], SIDES[use]))
        if use != "background":
            image.convert("RGBA").save(target, "PNG", optimize=True)
            return DesignPicture.Kind.PNG, target.getvalue()
        paper = Image.new("RGB", image.size, "white")
        whole = image.convert("RGBA")
        paper.paste(whole, mask=whole.getchannel("A"))
        paper.save(target, "JPEG", quality=88)
    return DesignPicture.Kind.JPEG, target.getvalue()


def version_for(training: Training, tier: str) -> DesignVersion | None:
    """The newest version of what the training chose, where it serves this tier; else of the usual
    design of the tier; None is the centre's own."""
    serving = CertificateDesign.objects.filter(tiers__tier=tier)
    chosen = training.certificate_design_id
    design = serving.filter(pk=chosen).first() if chosen else None
    if design is None:
        usual = DesignTier.objects.filter(tier=tier, is_default=True).values("design")
        design = serving.filter(pk__in=usual).first()
    return design.versions.order_by("-number").first() if design else None
