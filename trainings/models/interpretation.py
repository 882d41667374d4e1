"""Interpreters, the pairs of languages they work in, and the sessions they are booked for."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rtcm.languages import language_name
from trainings.models.session import Session


class Interpreter(models.Model):
    name = models.CharField(_("name"), max_length=200)
    person = models.ForeignKey(
        "accounts.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interpreter_records",
        verbose_name=_("person"),
        help_text=_("Where they are known to the portal."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    note = models.CharField(_("note for staff"), max_length=500, blank=True)
    is_active = models.BooleanField(_("can be booked"), default=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("interpreter")
        verbose_name_plural = _("interpreters")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class LanguagePair(models.Model):
    """Two languages an interpreter works between, both ways; kept in the order of their codes."""

    interpreter = models.ForeignKey(
        Interpreter, models.CASCADE, related_name="pairs", verbose_name=_("interpreter")
    )
    first = models.CharField(_("language"), max_length=8)
    second = models.CharField(_("other language"), max_length=8)

    class Meta:
        verbose_name = _("pair of languages")
        verbose_name_plural = _("pairs of languages")
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(
                fields=["interpreter", "first", "second"],
                name="language_pair_once",
                violation_error_message=_("This pair is already in the list."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="language_pair_in_order",
                violation_error_message=_("A pair has two different languages."),
            ),
        ]

    def __str__(self) -> str:
        return f"{language_name(self.first)} ↔ {language_name(self.second)}"

    def clean(self) -> None:
        if self.first and self.first == self.second:
            raise ValidationError({"second": _("A pair has two different languages.")})
        self.first, self.second = sorted((self.first, self.second))


class Booking(models.Model):
    """One interpreter in one session, between two languages; trainings.interpreting writes it."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="bookings", verbose_name=_("session")
    )
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, related_name="bookings", verbose_name=_("interpreter")
    )
    first = models.CharField(_("language"), max_length=8)
    second = models.CharField(_("other language"), max_length=8)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("booked by"),
    )
    booked_at = models.DateTimeField(_("booked"), auto_now_add=True)

    class Meta:
        verbose_name = _("booking of an interpreter")
        verbose_name_plural = _("bookings of interpreters")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "interpreter"],
                name="interpreter_booked_once_a_session",
                violation_error_message=_("This interpreter is already booked for the session."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.interpreter}: {self.session}"

    @property
    def pair(self) -> tuple[str, str]:
        return self.first, self.second
