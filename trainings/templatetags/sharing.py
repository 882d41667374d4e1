"""Ways for the certified to carry a certificate elsewhere."""

from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from trainings.emails import absolute
from trainings.models import Certificate
from trainings.templatetags.training_dates import certificate_title

register = template.Library()
PROFILE = "https://www.linkedin.com/profile/add"


@register.filter
def linkedin(certificate: Certificate) -> str:
    """Where LinkedIn asks its signed-in member to add this certificate to the profile."""
    issued, expires = certificate.issued_on, certificate.expires_on
    facts = {
        "startTask": "CERTIFICATION_NAME",
        "name": certificate_title(certificate),
        "organizationName": _("Regional Training Centre on Migration"),
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": absolute(certificate.get_absolute_url()),
        "certId": certificate.number,
    }
    if expires:
        facts |= {"expirationYear": expires.year, "expirationMonth": expires.month}
    return f"{PROFILE}?{urlencode(facts)}"
