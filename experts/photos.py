"""Photos of experts: opened by what they are, made small, written anew without their metadata."""

import io
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 30_000_000
SIDE = 600
FORMATS = ["JPEG", "PNG", "WEBP"]


def clean_photo(upload: Any) -> ContentFile:
    """A JPEG of at most 600 by 600 pixels; refuses with a sentence what is not a photo."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The photo is larger than 5 MB. Choose a smaller one."))
    try:
        with Image.open(upload, formats=FORMATS) as image:
            # The size stands in the header, so a flood of pixels is refused before it is unpacked.
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("The photo has too many pixels. Choose a smaller one."))
            return _rewritten(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise ValidationError(_("This is not a JPEG, PNG or WebP photo.")) from broken
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ValidationError(_("The photo has too many pixels. Choose a smaller one.")) from bomb


def _rewritten(image: Image.Image) -> ContentFile:
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((SIDE, SIDE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)  # the pixels only: no place, camera or time travels along
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=85)
    return ContentFile(target.getvalue(), name=f"{uuid.uuid4().hex}.jpg")
