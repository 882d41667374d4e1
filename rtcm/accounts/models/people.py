from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models.fields import AddressField, KeyField
from rtcm.accounts.models.places import Country, Institution
from rtcm.text import name_key, sort_key

# Latin letters of every European language and ə, with the marks that occur inside names.
LATIN_NAME = RegexValidator(
    r"^[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff .,'’ʼ‘()-]+\Z",
    _("Write this name in Latin letters, as it should stand on the certificate."),
    code="not_latin",
)


def is_latin(name: str) -> bool:
    try:
        LATIN_NAME(name)
    except ValidationError:
        return False
    return True


class PersonQuerySet(models.QuerySet["Person"]):
    def matching(self, words: str) -> "PersonQuerySet":
        """Every word somewhere in the name, however it is spelled."""
        found = self
        for key in name_key(words).split():
            found = found.filter(name_search__contains=key)
        return found

    def known_as(self, address: str) -> "PersonQuerySet":
        return self.filter(emails__email=address)


class Person(models.Model):
    """Who applies, attends and is certified; with or without a way to sign in."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Woman")
        MALE = "male", _("Man")

    full_name = models.CharField(_("full name"), max_length=200)
    certificate_name = models.CharField(
        _("name on the certificate"), max_length=200, blank=True, validators=[LATIN_NAME]
    )
    other_script_name = models.CharField(_("name in another script"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("country represented"),
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("institution"),
    )
    institution_name = models.CharField(_("institution not listed"), max_length=250, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    language = models.CharField(_("language of letters"), max_length=8, blank=True)
    name_search = KeyField(source="full_name", make=name_key)
    name_sort = KeyField(source="full_name", make=sort_key, max_length=1000, db_index=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name_sort", "pk"]
        permissions = [("merge_person", _("Can merge two records of one person"))]
        indexes = [
            GinIndex(fields=["name_search"], opclasses=["gin_trgm_ops"], name="person_name_search")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(institution__isnull=True) | models.Q(institution_name=""),
                name="person_institution_listed_or_not",
                violation_error_message=_("Choose an institution or write its name, not both."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        if self.full_name and not self.certificate_name and not is_latin(self.full_name):
            raise ValidationError({"certificate_name": LATIN_NAME.message})

    @property
    def address(self) -> str:
        """The address to write to: a verified one before any other, the newest of these."""
        known = sorted(
            self.emails.all(), key=lambda email: (email.verified_at is not None, email.pk)
        )
        return known[-1].email if known else ""

    @property
    def institution_label(self) -> str:
        return str(self.institution) if self.institution else self.institution_name

    @property
    def name_for_certificate(self) -> str:
        return self.certificate_name or self.full_name


class PersonEmail(models.Model):
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="emails", verbose_name=_("person")
    )
    email = AddressField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("This address belongs to somebody already.")},
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_in_small_letters"
            )
        ]

    def __str__(self) -> str:
        return self.email
