"""How certificates look: designs, and the versions that certificates were issued with.

A version is written once and never changed (a trigger refuses it): an issued certificate points to
its version, so its document can be made again for as long as anybody asks for it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.models.certificate import Certificate


class CertificateDesign(models.Model):
    """A name for a line of versions; the newest is what certificates are issued with."""

    name = models.CharField(
        _("name"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("A design of this name exists already.")},
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("design of certificates")
        verbose_name_plural = _("designs of certificates")
        ordering = ["name"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.name


class DesignTier(models.Model):
    """A design serves a tier; one design a tier is what trainings without a choice get."""

    design = models.ForeignKey(CertificateDesign, models.CASCADE, related_name="tiers")
    tier = models.CharField(_("tier"), max_length=16, choices=Certificate.Tier)
    is_default = models.BooleanField(_("unless a training chooses otherwise"), default=False)

    class Meta:
        verbose_name = _("tier of a design")
        verbose_name_plural = _("tiers of designs")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["design", "tier"], name="a_design_serves_a_tier_once"),
            models.UniqueConstraint(
                fields=["tier"], condition=Q(is_default=True), name="one_default_design_a_tier"
            ),
        ]

    def __str__(self) -> str:
        return self.get_tier_display()


class DesignPicture(models.Model):
    """Pixels, written anew when they were uploaded; kept beside the facts, not on a disk.

    `content` is a whole PNG or JPEG; the same picture is kept once.
    """

    class Kind(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    content = models.BinaryField(_("picture"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture of a design")
        verbose_name_plural = _("pictures of designs")
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256[:12]


class DesignVersion(models.Model):
    """`texts`: per language code the `issuer` and per tier `heading`, `before`, `after`, `closing`.

    `before` stands above the name, `after` between the name and the title, `closing` below the
    dates; each may hold the placeholders of trainings/wording.py.
    """

    design = models.ForeignKey(
        CertificateDesign, models.PROTECT, verbose_name=_("design"), related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    texts = models.JSONField(_("texts"))
    background = models.ForeignKey(
        DesignPicture,
        models.PROTECT,
        verbose_name=_("background"),
        null=True,
        related_name="+",
    )
    has_frame = models.BooleanField(_("with frame and watermark"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("made by"),
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a design")
        verbose_name_plural = _("versions of designs")
        ordering = ["design", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["design", "number"], name="versions_are_counted")
        ]

    def __str__(self) -> str:
        return f"{self.design}, {self.number}"


class DesignSignatory(models.Model):
    """Who signs, from left to right. `names` and `posts`: a text per language code."""

    version = models.ForeignKey(DesignVersion, models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField(_("place"))
    names = models.JSONField(_("names"))
    posts = models.JSONField(_("posts"))
    signature = models.ForeignKey(
        DesignPicture, models.PROTECT, verbose_name=_("signature"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_signs_in_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.position}"


class DesignLogo(models.Model):
    """A logo, from left to right. `names`: whose it is, per language code, for those who listen."""

    version = models.ForeignKey(DesignVersion, models.CASCADE, related_name="logos")
    position = models.PositiveSmallIntegerField(_("place"))
    names = models.JSONField(_("names"))
    picture = models.ForeignKey(
        DesignPicture, models.PROTECT, verbose_name=_("picture"), related_name="+"
    )

    class Meta:
        verbose_name = _("logo of a design")
        verbose_name_plural = _("logos of designs")
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_logo_in_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.position}"
