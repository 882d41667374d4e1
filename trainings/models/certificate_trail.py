"""What was done with a certificate, and each rendering of its document: rows are only added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.certificate import Certificate


class CertificateStep(models.Model):
    """One deed. `expires_on` is the last day of validity that an issuing set, if it set one."""

    class Deed(models.TextChoices):
        ISSUED = "issued", _("Issued")
        REISSUED = "reissued", _("Issued again")
        REVOKED = "revoked", _("Revoked")
        RESTORED = "restored", _("Restored")

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, verbose_name=_("certificate"), related_name="steps"
    )
    deed = models.CharField(_("what"), max_length=8, choices=Deed)
    kind = models.CharField(
        _("kind of reason"), max_length=12, choices=Certificate.RevokedFor, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)
    expires_on = models.DateField(_("expires on"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("decided by"),
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a certificate")
        verbose_name_plural = _("steps of certificates")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_deed_display()


class CertificateRendering(models.Model):
    """The document was made: by which renderer, with which hash and size in bytes, and why."""

    class Why(models.TextChoices):
        ISSUED = "issued", _("Made after issuing")
        REPAIRED = "repaired", _("The stored file was missing or damaged")

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, verbose_name=_("certificate"), related_name="renderings"
    )
    why = models.CharField(_("why"), max_length=8, choices=Why)
    renderer = models.CharField(_("renderer"), max_length=40)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("bytes"))
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("rendering of a certificate")
        verbose_name_plural = _("renderings of certificates")
        ordering = ["pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.renderer}: {self.sha256}"
