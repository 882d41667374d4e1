"""What hangs on an item: its contributors, its files, the collections it stands in."""

import uuid
from pathlib import PurePath
from typing import Any

from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from library.models.items import Item
from rtcm.identifiers import check_orcid

EXTENSIONS = ["pdf", "epub", "docx", "xlsx", "pptx"]


class Contributor(models.Model):
    """Somebody who made the work, in the order in which the work names them."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")
        TRANSLATOR = "translator", _("translator")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="contributors")
    name = models.CharField(_("name"), max_length=200, help_text=_("A person as “Family, Given”."))
    is_organization = models.BooleanField(_("organization"), default=False)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    orcid = models.CharField("ORCID", max_length=19, blank=True, validators=[check_orcid])

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


def place_for_file(file: "File", name: str) -> str:
    """A name nobody can guess; what the reader sees comes from the row."""
    return f"library/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, user: Any) -> "FileQuerySet":
        return self.filter(item__in=Item.objects.visible_to(user))


class File(models.Model):
    """One file of an item, in one language."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(
        _("file"),
        upload_to=place_for_file,
        max_length=200,
        validators=[FileExtensionValidator(EXTENSIONS)],
    )
    name = models.CharField(_("name for readers"), max_length=150)
    language = models.CharField(_("language"), max_length=8, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:file", args=[self.pk])

    @property
    def extension(self) -> str:
        return PurePath(self.file.name or "").suffix.lstrip(".")


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: Any) -> "CollectionQuerySet":
        if user is not None and user.has_perm("library.view_collection"):
            return self
        return self.filter(is_public=True)


class Collection(models.Model):
    """Items that belong together, such as a reading list of the centre."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    items = models.ManyToManyField(
        Item, related_name="collections", blank=True, verbose_name=_("items")
    )
    is_public = models.BooleanField(_("public"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title
