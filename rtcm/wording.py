"""Words of Django and allauth that our catalogues say differently: listed so that they are found.

Nothing calls them. A msgid in our catalogue wins over the library's own; makemessages keeps only
those that occur in our source.
"""

from django.utils.translation import gettext_noop, pgettext_lazy

MONTHS_BESIDE_A_DAY = [
    pgettext_lazy("alt. month", "January"),
    pgettext_lazy("alt. month", "February"),
    pgettext_lazy("alt. month", "March"),
    pgettext_lazy("alt. month", "April"),
    pgettext_lazy("alt. month", "May"),
    pgettext_lazy("alt. month", "June"),
    pgettext_lazy("alt. month", "July"),
    pgettext_lazy("alt. month", "August"),
    pgettext_lazy("alt. month", "September"),
    pgettext_lazy("alt. month", "October"),
    pgettext_lazy("alt. month", "November"),
    pgettext_lazy("alt. month", "December"),
]
SIGNING_IN = [
    gettext_noop("Activate"),
    gettext_noop("Add"),
    gettext_noop("Authenticator App"),
    gettext_noop("Change Password"),
    gettext_noop("Forgot your password?"),
    gettext_noop("Request Code"),
    gettext_noop("Security Keys"),
    gettext_noop("Sign In"),
    gettext_noop("Sign Up"),
    gettext_noop("Successfully signed in as %(name)s."),
    gettext_noop("Two-Factor Authentication"),
    gettext_noop("Your password can’t be too similar to your other personal information."),
]
