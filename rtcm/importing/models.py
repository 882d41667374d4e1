"""A table that is brought in: its file, its rows, what was decided and what each row created."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rtcm.importing.kinds import Kind, kind_called


class Import(models.Model):
    class State(models.TextChoices):
        UPLOADED = "uploaded", _("being checked")
        CHECKED = "checked", _("waits for a decision")
        DOING = "doing", _("being imported")
        DONE = "done", _("imported")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    BUSY = (State.UPLOADED, State.DOING, State.UNDOING)

    kind = models.CharField(_("kind"), max_length=40, editable=False)
    subject_id = models.PositiveBigIntegerField(
        _("belongs to"), null=True, editable=False, db_comment="what the kind says it is"
    )
    file = models.FileField(_("file"), upload_to="imports/%Y", max_length=200, editable=False)
    name = models.CharField(_("name of the file"), max_length=100, editable=False)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.UPLOADED, editable=False
    )
    language = models.CharField(_("language"), max_length=8, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("uploaded by"),
        null=True,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    done_at = models.DateTimeField(_("imported at"), null=True, editable=False)
    undone_at = models.DateTimeField(_("taken back at"), null=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> Kind:
        return kind_called(self.kind)

    @property
    def subject(self) -> Any:
        return self.what.subject(self.subject_id) if self.subject_id else None

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def wrong(self) -> "ImportRowQuerySet":
        return self.exclude(errors=[])

    def right(self) -> "ImportRowQuerySet":
        return self.filter(errors=[])

    def undecided(self) -> "ImportRowQuerySet":
        return self.right().filter(decision="", result=ImportRow.Result.WAITING)

    def waiting(self) -> "ImportRowQuerySet":
        """Still to be brought in, in the order of the sheet."""
        return self.right().filter(result=ImportRow.Result.WAITING).exclude(decision="skip")

    def made(self) -> "ImportRowQuerySet":
        return self.filter(result=ImportRow.Result.MADE)


class ImportRow(models.Model):
    class Decision(models.TextChoices):
        NEW = "new", _("somebody new")
        SAME = "same", _("the same person")
        SKIP = "skip", _("leave out")

    class Result(models.TextChoices):
        WAITING = "waiting", _("not yet")
        MADE = "made", _("imported")
        UNDONE = "undone", _("taken back")
        KEPT = "kept", _("kept")

    source = models.ForeignKey(
        Import, models.CASCADE, verbose_name=_("import"), related_name="rows", editable=False
    )
    number = models.PositiveIntegerField(_("row"), editable=False)
    values = models.JSONField(_("values"), default=dict, editable=False)
    errors = models.JSONField(_("what is wrong"), default=list, editable=False)
    suggestions = models.JSONField(_("may be"), default=list, editable=False)
    decision = models.CharField(
        _("decision"), max_length=4, choices=Decision, blank=True, editable=False
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.SET_NULL,
        verbose_name=_("person"),
        null=True,
        editable=False,
        related_name="import_rows",
    )
    result = models.CharField(
        _("result"), max_length=7, choices=Result, default=Result.WAITING, editable=False
    )
    created = models.JSONField(_("created"), default=list, editable=False)
    made_at = models.DateTimeField(_("imported at"), null=True, editable=False)
    note = models.CharField(_("note"), max_length=500, blank=True, editable=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["source", "result", "number"], name="import_row_waiting")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.number}"
