"""What the centre must know to receive people from abroad, and forgets 30 days afterwards."""

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application


class TravelSheet(models.Model):
    """Filled in by the person; read by staff who may, and every look is written down."""

    application = models.OneToOneField(
        Application, models.CASCADE, verbose_name=_("application"), related_name="travel_sheet"
    )
    arrives_on = models.DateField(_("day of arrival"))
    arrives_at = models.TimeField(_("time of arrival"), null=True, blank=True)
    arrival_by = models.CharField(_("arrival: flight or train"), max_length=60, blank=True)
    departs_on = models.DateField(_("day of departure"))
    departs_at = models.TimeField(_("time of departure"), null=True, blank=True)
    departure_by = models.CharField(_("departure: flight or train"), max_length=60, blank=True)
    needs_hotel = models.BooleanField(_("I need a hotel room"), default=True)
    needs_visa = models.BooleanField(_("I need a visa"), default=False)
    diet = models.CharField(
        _("food you cannot or do not eat"),
        max_length=200,
        blank=True,
        help_text=_("Only what the kitchen must know."),
    )
    access = models.CharField(
        _("what you need to take part"),
        max_length=200,
        blank=True,
        help_text=_("Such as step-free access or large print."),
    )
    emergency_name = models.CharField(_("emergency contact: name"), max_length=200)
    emergency_phone = models.CharField(_("emergency contact: telephone"), max_length=40)
    passport_name = models.CharField(_("name as in the passport"), max_length=200, blank=True)
    passport_number = models.CharField(_("passport number"), max_length=20, blank=True)
    passport_country = models.CharField(_("passport issued by"), max_length=100, blank=True)
    passport_until = models.DateField(_("passport valid until"), null=True, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    PASSPORT = ("passport_name", "passport_number", "passport_country", "passport_until")

    class Meta:
        verbose_name = _("travel sheet")
        verbose_name_plural = _("travel sheets")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.arrives_on} – {self.departs_on}"


def new_feed_token() -> str:
    """An address nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def give(self, person: Any) -> "CalendarFeed":
        """A fresh address for somebody's calendar; the one before stops working."""
        return self.update_or_create(person=person, defaults={"token": new_feed_token()})[0]


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar program reads their own trainings.

    A calendar program cannot sign in, so whoever knows the address reads the calendar; it holds
    no links to online rooms, and the person can replace or stop it at any time.
    """

    person = models.OneToOneField(
        "accounts.Person", models.CASCADE, verbose_name=_("person"), related_name="calendar_feed"
    )
    token = models.CharField(_("secret"), max_length=64, unique=True, default=new_feed_token)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person)
