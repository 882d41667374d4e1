"""Who may see which part of a profile. Pages, lists and JSON all ask here."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everybody")
    NETWORK = "network", _("members of the Network")
    STAFF = "staff", _("staff of the centre")


# Name and headline are what a published profile is; everything else is the expert's choice.
ALWAYS = frozenset({"name", "headline"})

DEFAULT_VISIBILITY: dict[str, str] = {
    "photo": Visibility.PUBLIC,
    "biography": Visibility.PUBLIC,
    "country": Visibility.PUBLIC,
    "institution": Visibility.PUBLIC,
    "post": Visibility.NETWORK,
    "areas": Visibility.PUBLIC,
    "languages": Visibility.PUBLIC,
    "countries": Visibility.PUBLIC,
    "modes": Visibility.PUBLIC,
    "orcid": Visibility.PUBLIC,
    "availability": Visibility.NETWORK,
}

EVERYTHING = ALWAYS | frozenset(DEFAULT_VISIBILITY)

FIELD_LABELS = {
    "photo": _("Photo"),
    "biography": _("Biography"),
    "country": _("Country"),
    "institution": _("Institution"),
    "post": _("Post"),
    "areas": _("Areas of expertise"),
    "languages": _("Languages"),
    "countries": _("Countries of experience"),
    "modes": _("Ways of training"),
    "orcid": _("ORCID"),
    "availability": _("Availability"),
}


def default_visibility() -> dict[str, str]:
    return {name: str(level) for name, level in DEFAULT_VISIBILITY.items()}


def levels_for(*, member: bool, staff: bool) -> list[str]:
    if staff:
        return [str(level) for level in Visibility]
    return [Visibility.PUBLIC, Visibility.NETWORK] if member else [Visibility.PUBLIC]


def shown(visibility: dict[str, str], levels: list[str]) -> frozenset[str]:
    """The names of the fields shown at these levels; an unknown level is shown to nobody."""
    chosen = {**default_visibility(), **visibility}
    return ALWAYS | {name for name in DEFAULT_VISIBILITY if chosen[name] in levels}


def shows(name: str, levels: list[str]) -> Q:
    """The same rule for a query, so that a filter cannot reveal what a page hides."""
    chosen = Q(**{f"visibility__{name}__in": levels})
    if DEFAULT_VISIBILITY[name] in levels:
        chosen |= ~Q(visibility__has_key=name)
    return chosen


def as_levels(viewer: Any, *, member: bool) -> list[str]:
    return levels_for(member=member, staff=viewer.has_perm("experts.view_expert"))
