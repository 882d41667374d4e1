import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models.fields import AddressField
from rtcm.accounts.models.people import Person
from rtcm.accounts.models.records import Consent


class UserManager(BaseUserManager["User"]):
    def unproven_since(self, moment: datetime.datetime) -> models.QuerySet["User"]:
        """Signed up before that and never proved the address."""
        return self.filter(date_joined__lt=moment, person=None).exclude(answers={})

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Who signs in. The address is the identity; a user belongs to at most one person."""

    email = AddressField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody signs in with this address already.")},
    )
    person = models.OneToOneField(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="user",
        verbose_name=_("person"),
    )
    language = models.CharField(_("language of letters"), max_length=8, blank=True)
    answers = models.JSONField(
        _("answers given at sign-up"), default=dict, blank=True, editable=False
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the desk"), default=False)
    is_demo = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_small_letters"
            )
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def prove(self, address: str) -> None:
        """The mailbox is theirs: this address is their person's, who is made now if need be.

        Whoever staff entered with this address gets this way to sign in, but not before: until
        then anybody could have typed it, so the answers of the sign-up form wait on the user.
        """
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=self.pk)
            known = Person.objects.select_for_update().known_as(address).first()
            unclaimed = known if known and not hasattr(known, "user") else None
            if user.person is None and (user.answers or unclaimed):
                user.person = welcome(user.answers, unclaimed)
            if user.person:
                own(user.person, address, known)
            user.answers = {}
            user.save(update_fields=["person", "answers"])
        self.refresh_from_db()

    def disown(self, address: str) -> None:
        """Replaced by another: no letter goes there any more."""
        if self.person:
            self.person.emails.filter(email=address).delete()

    def get_full_name(self) -> str:
        return self.person.full_name if self.person else self.email

    def get_short_name(self) -> str:
        return self.get_full_name()


def own(person: Person, address: str, owner: Person | None) -> None:
    """A mailbox has one owner: whoever proved it last."""
    if owner and owner != person:
        owner.emails.filter(email=address).delete()
    person.emails.update_or_create(email=address, defaults={"verified_at": timezone.now()})


def welcome(answers: dict[str, Any], known: Person | None) -> Person:
    """The person who gave these answers; what staff know of them already stays as it is."""
    person = known or Person()
    for name, value in answers.get("person", {}).items():
        if not getattr(person, name):
            setattr(person, name, value)
    if person.institution_id:
        person.institution_name = ""
    person.save()
    for consent in answers.get("consents", []):
        Consent.objects.create(person=person, **consent)
    return person
