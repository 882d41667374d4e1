from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rtcm.text import LATIN, sort_key

Place = TypeVar("Place", bound=models.Model)


def alphabetical(places: Iterable[Place]) -> list[Place]:
    """In the order of the reader's own alphabet, which the database does not know."""
    alphabet = settings.ALPHABETS.get(get_language() or settings.LANGUAGE_CODE, LATIN)
    return sorted(places, key=lambda place: sort_key(str(place), alphabet))


class CountryQuerySet(models.QuerySet["Country"]):
    def partners(self) -> "CountryQuerySet":
        return self.filter(is_partner=True)

    def alphabetical(self) -> list["Country"]:
        return alphabetical(self)


class Country(models.Model):
    """The one table of country names; staff edit it, every page and paper reads it."""

    class Group(models.TextChoices):
        SOUTH_CAUCASUS = "south_caucasus", _("South Caucasus")
        CENTRAL_ASIA = "central_asia", _("Central Asia")
        MIDDLE_EAST = "middle_east", _("Middle East")
        EASTERN_PARTNERSHIP = "eastern_partnership", _("Eastern Partnership")
        OTHER = "other", _("Other countries")

    iso2 = models.CharField(_("ISO code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=20, choices=Group, default=Group.OTHER)
    is_partner = models.BooleanField(_("works with the centre"), default=False)
    footnote = models.TextField(
        _("footnote"),
        blank=True,
        help_text=_("Printed wherever the name is, PDF and CSV included."),
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso2"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(iso2__regex="^[A-Z]{2}$"),
                name="country_iso2_two_capitals",
                violation_error_message=_("The code is two capital Latin letters."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def marked_name(self) -> str:
        """For a list that prints the footnotes below it."""
        return f"{self.name}*" if self.footnote else self.name


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def standing(self) -> "InstitutionQuerySet":
        """Neither renamed nor dissolved."""
        return self.filter(successor=None)

    def alphabetical(self) -> list["Institution"]:
        return alphabetical(self)


class Institution(models.Model):
    class Kind(models.TextChoices):
        MIGRATION_AGENCY = "migration_agency", _("Migration agency")
        MINISTRY = "ministry", _("Other ministry or state body")
        LOCAL_GOVERNMENT = "local_government", _("Local government")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        ACADEMIA = "academia", _("University or research institute")
        MEDIA = "media", _("Media")
        INTERNATIONAL = "international", _("International organisation")
        PRIVATE = "private", _("Private sector")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=250)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("country"),
        help_text=_("Empty for an international organisation."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("When it was renamed or dissolved."),
    )
    is_demo = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("pk")),
                name="institution_not_its_own_successor",
                violation_error_message=_("An institution cannot succeed itself."),
            )
        ]

    def __str__(self) -> str:
        return self.name
