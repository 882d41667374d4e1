"""Identifiers (DOI, ISBN, ORCID) checked by their own arithmetic. Knows no models."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_doi(value: str) -> None:
    if not re.fullmatch(r"10\.\d{4,9}/\S+", value):
        raise ValidationError(_("A DOI looks like 10.1234/abc, without an address before it."))


def check_isbn(value: str) -> None:
    digits = re.sub(r"[\s-]", "", value).upper()
    if not (_is_isbn13(digits) or _is_isbn10(digits)):
        raise ValidationError(_("This ISBN has a wrong length or check digit."))


def check_orcid(value: str) -> None:
    """ISO 7064 MOD 11-2, as ORCID defines it."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", value):
        raise ValidationError(_("An ORCID looks like 0000-0002-1825-0097."))
    total = 0
    for digit in value.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    if value[-1] != ("X" if expected == 10 else str(expected)):
        raise ValidationError(_("This ORCID has a wrong check digit."))


def _is_isbn13(digits: str) -> bool:
    if not re.fullmatch(r"\d{13}", digits):
        return False
    return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0


def _is_isbn10(digits: str) -> bool:
    if not re.fullmatch(r"\d{9}[\dX]", digits):
        return False
    values = [10 if d == "X" else int(d) for d in digits]
    return sum(v * (10 - i) for i, v in enumerate(values)) % 11 == 0
