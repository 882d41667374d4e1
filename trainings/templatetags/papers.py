"""What templates of documents and of the projector draw."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from trainings import qr as drawing
from trainings.transcript_ring import chart

register = template.Library()


@register.filter
def qr(text: str) -> SafeString:
    return drawing.svg(text)


@register.filter
def transcript_ring(covered: Any) -> str:
    """The address of a picture, for an img with a text alternative."""
    return chart([(number, many) for number, many in covered])
