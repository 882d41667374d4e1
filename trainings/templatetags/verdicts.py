"""The verdict on a document that somebody handed in, in words."""

from django import template
from django.utils.translation import gettext as _

from trainings.templatetags.training_dates import standing_label, standing_sentence
from trainings.verifying import Verdict

register = template.Library()


@register.filter
def verdict_label(verdict: Verdict) -> str:
    if verdict.certificate:
        return standing_label(verdict.certificate)
    return {
        "expired": _("Expired"),
        "unlisted": _("Signed by the centre"),
        "forged": _("Not genuine"),
        "foreign": _("Signed by somebody else"),
        "none": _("No credential in it"),
    }[verdict.standing]


@register.filter
def verdict_sentence(verdict: Verdict) -> str:
    if verdict.certificate:
        return standing_sentence(verdict.certificate)
    return {
        "expired": _("The centre signed this certificate; its validity has ended."),
        "unlisted": _(
            "The centre signed this certificate and nothing in it was changed. Its number is not "
            "on record here, so we cannot say whether it was revoked later."
        ),
        "forged": _(
            "It says that it comes from the centre, but the signature does not fit: it was "
            "changed, or the centre never signed it."
        ),
        "foreign": _("It is signed with a key that is not the centre’s. We cannot vouch for it."),
        "none": _(
            "There is no digital credential in it, and it is not a file that the centre stored. "
            "Please check the code printed on the certificate instead."
        ),
    }[verdict.standing]
