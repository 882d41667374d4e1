"""Dates of trainings and standing of certificates, in words."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trainings import dates
from trainings.hours import in_words
from trainings.models import Certificate

register = template.Library()


@register.filter
def date_span(training: Any) -> str:
    return dates.date_span(training)


@register.filter
def full_date(day: date) -> str:
    return dates.full_date(day)


@register.filter
def hours_in_words(certificate: Certificate) -> str:
    return in_words(certificate.hours, certificate.hours_kind) if certificate.hours else ""


@register.filter
def certificate_title(certificate: Certificate) -> str:
    """The frozen title in the reader's language."""
    texts = certificate.texts
    return texts.get(get_language() or "en", texts[certificate.language])["title"]


@register.filter
def standing_label(certificate: Certificate) -> str:
    return {
        "valid": _("Valid"),
        "expired": _("Expired"),
        "superseded": _("Superseded"),
        "revoked": _("Revoked"),
    }[certificate.standing]


@register.filter
def standing_sentence(certificate: Certificate) -> str:
    return {
        "valid": _("The centre issued this certificate and it is valid."),
        "expired": _("The centre issued this certificate; its validity has ended."),
        "superseded": _("The centre has replaced this certificate by a newer one."),
        "revoked": _("The centre has revoked this certificate. It is not valid."),
    }[certificate.standing]
