"""Words of our libraries that our catalogues say differently: listed so that they are found.

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
DESK = [
    gettext_noop("Add row"),
    gettext_noop("All applications"),
    gettext_noop("Apply Filters"),
    gettext_noop("Choose file to upload"),
    gettext_noop("Click to cancel"),
    gettext_noop("Click to download"),
    gettext_noop("Dark"),
    gettext_noop("Date from"),
    gettext_noop("Date to"),
    gettext_noop("Expand row"),
    gettext_noop("Filters"),
    gettext_noop("General"),
    gettext_noop("Go back"),
    gettext_noop("Image preview"),
    gettext_noop("Light"),
    gettext_noop("Loading more results..."),
    gettext_noop("More actions"),
    gettext_noop("No recent searches"),
    gettext_noop("No results found"),
    gettext_noop("No results matching your query"),
    gettext_noop("Recent searches"),
    gettext_noop("Reset filters"),
    gettext_noop("Return to site"),
    gettext_noop("Run"),
    gettext_noop("Search apps and models..."),
    gettext_noop("Select action"),
    gettext_noop("Select action to run"),
    gettext_noop("Select all rows"),
    gettext_noop("Select record"),
    gettext_noop("Select value"),
    gettext_noop("System"),
    gettext_noop("This item will be deleted."),
    gettext_noop("This page yielded into no results. Create a new item or reset your filters."),
    gettext_noop("Toggle password visibility"),
    gettext_noop("Type to search"),
]
