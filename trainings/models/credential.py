"""What goes with a certificate into the world: its signed credential and its archive copy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.models.certificate import Certificate

LIST_SIZE = 131_072  # places on one status list: the least that the standard allows


class Credential(models.Model):
    """A certificate as an Open Badges 3.0 credential, signed once and kept: `jwt` as compact JWS.

    The place on the status list is taken before signing, for it is signed too; until then `jwt`,
    `key_id` (the RFC 7638 thumbprint of the key) and `signed_at` are empty.
    """

    certificate = models.OneToOneField(
        Certificate,
        models.CASCADE,
        verbose_name=_("certificate"),
        related_name="credential",
        editable=False,
    )
    status_list = models.PositiveIntegerField(_("status list"), editable=False)
    status_index = models.PositiveIntegerField(_("place on the status list"), editable=False)
    key_id = models.CharField(_("key"), max_length=43, blank=True, editable=False)
    jwt = models.TextField(_("signed credential"), blank=True, editable=False)
    signed_at = models.DateTimeField(_("signed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="one_credential_a_place"
            ),
            models.CheckConstraint(
                name="credential_place_on_list",
                condition=Q(status_list__gte=1, status_index__lt=LIST_SIZE),
            ),
            models.CheckConstraint(
                name="credential_signed_whole",
                condition=Q(jwt="", key_id="", signed_at__isnull=True)
                | (~Q(jwt="") & ~Q(key_id="") & Q(signed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.certificate.number


class ArchiveCopy(models.Model):
    """The PDF/A-3u of a certificate; it carries `credential`, or none where none is signed."""

    certificate = models.OneToOneField(
        Certificate, models.CASCADE, related_name="archive_copy", editable=False
    )
    credential = models.OneToOneField(
        Credential, models.SET_NULL, null=True, related_name="archive_copy", editable=False
    )
    path = models.CharField(_("file"), max_length=120, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, editable=False)
    renderer = models.CharField(_("renderer"), max_length=40, editable=False)
    rendered_at = models.DateTimeField(_("file made at"), editable=False)

    class Meta:
        verbose_name = _("archive copy")
        verbose_name_plural = _("archive copies")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.certificate.number
