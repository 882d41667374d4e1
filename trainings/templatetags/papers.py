"""What templates of documents and of the projector draw."""

from django import template
from django.utils.safestring import SafeString

from trainings import qr as drawing

register = template.Library()


@register.filter
def qr(text: str) -> SafeString:
    return drawing.svg(text)
