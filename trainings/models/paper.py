"""A paper: a document made to be printed or sent, such as a sign-in sheet or an official letter."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trainings.models.application import Application
from trainings.models.certificate import new_code
from trainings.models.training import Training


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        """Every paper for those who may read papers; one's own letters and transcripts for all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("trainings.view_paper"):
            return self
        own = Q(application__person__user=user) | Q(person__user=user)
        return self.filter(own)


class Paper(models.Model):
    """`facts` holds all that the document says; its bytes are a pure function of the row.

    `sha256` and `rendered_at` stay empty until a worker has stored the file at `path`.
    """

    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=24, editable=False)
    key = models.CharField(_("name of the file"), max_length=80, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=8, editable=False)
    facts = models.JSONField(_("printed texts"), default=dict, editable=False)
    training = models.ForeignKey(
        Training, models.CASCADE, null=True, related_name="papers", editable=False
    )
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, related_name="papers", editable=False
    )
    person = models.ForeignKey(
        "accounts.Person", models.CASCADE, null=True, related_name="papers", editable=False
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    ordered_at = models.DateTimeField(_("ordered at"), auto_now_add=True)
    path = models.CharField(_("file"), max_length=120, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    renderer = models.CharField(_("renderer"), max_length=40, blank=True, editable=False)
    rendered_at = models.DateTimeField(_("file made at"), null=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["kind", "ordered_at"], name="paper_age")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("trainings:paper", args=[self.code])
