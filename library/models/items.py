"""What there is to read: one work, described well enough to find, cite and open it."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from curriculum.models import Module, Objective, Principle
from rtcm.accounts.models import Country
from rtcm.accounts.models.fields import KeyField
from rtcm.identifiers import check_doi, check_isbn
from rtcm.text import LATIN, fold, sort_key

SEARCH_COLUMNS = ["search_vector", "folded_title", "folded_text", "folded_names"]
WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class TitleSort(KeyField):
    """The sort key of the title as a reader of each language sees it, fallback included."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"source": "title", "make": sort_key, "max_length": 300})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        language = getattr(self, "language", None)
        with override(language):
            title = getattr(model_instance, self.source)
        key = sort_key(title, settings.ALPHABETS.get(language or "", LATIN))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class ItemQuerySet(models.QuerySet["Item"]):
    def published(self) -> "ItemQuerySet":
        return self.filter(status=Item.Status.PUBLISHED)

    def visible_to(self, user: Any) -> "ItemQuerySet":
        """The record is public once published; librarians see the rest. Files ask lets()."""
        if user is not None and user.has_perm("library.view_item"):
            return self
        return self.published()

    def covering(self, objective: Objective | int) -> "ItemQuerySet":
        number = objective if isinstance(objective, int) else objective.number
        return self.filter(objectives=number)

    def newest_first(self) -> "ItemQuerySet":
        return self.order_by(models.F("year").desc(nulls_last=True), "-pk")

    def without_search_columns(self) -> "ItemQuerySet":
        """The search columns weigh more than the rest of the row and no page shows them."""
        return self.defer(*SEARCH_COLUMNS)

    def card_states(self) -> Any:
        """What a card is made of, row by row; equal states make equal cards."""
        return self.values_list("pk", "updated_at")

    def for_cards(self) -> "ItemQuerySet":
        through = Item.objectives.through._default_manager.filter(item=models.OuterRef("pk"))
        numbers = ArraySubquery(through.order_by("objective").values("objective"))
        whole = self.without_search_columns().annotate(numbers=numbers)
        return whole.prefetch_related("contributors")


class Item(models.Model):
    """A work in the e-library; without files it only points to where the work lives."""

    class Type(models.TextChoices):
        REPORT = "report", _("report")
        BOOK = "book", _("book")
        ARTICLE = "article", _("article")
        HANDBOOK = "handbook", _("handbook or guide")
        POLICY_BRIEF = "policy_brief", _("policy brief")
        RESOLUTION = "resolution", _("resolution or declaration")
        TREATY = "treaty", _("treaty or law")
        REFERENCE = "reference", _("glossary or reference work")
        STATISTICS = "statistics", _("statistics")
        GOOD_PRACTICE = "good_practice", _("good practice")
        RESEARCH = "research", _("research result")
        TRAINING_MATERIAL = "training_material", _("training material")

    class Rights(models.TextChoices):
        UNKNOWN = "unknown", _("Rights not evaluated")
        IN_COPYRIGHT = "in_copyright", _("In copyright")
        UN_DOCUMENT = "un_document", _("Official document of the United Nations")
        PUBLIC_DOMAIN = "public_domain", _("Public domain")
        CC_BY = "cc_by", "CC BY 4.0"
        CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
        CC_BY_NC = "cc_by_nc", "CC BY-NC 4.0"
        CC_BY_NC_SA = "cc_by_nc_sa", "CC BY-NC-SA 4.0"
        CC_BY_NC_ND_IGO = "cc_by_nc_nd_igo", "CC BY-NC-ND 3.0 IGO"

    class Access(models.TextChoices):
        PUBLIC = "public", _("everybody")
        REGISTERED = "registered", _("people who are signed in")
        NETWORK = "network", _("members of the Expert Network")
        EMBARGO = "embargo", _("everybody, after the embargo ends")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=400, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices)
    languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("languages of the work"),
        help_text=_("Language codes, separated by commas."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    place = models.CharField(_("place of publication"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1500), MaxValueValidator(2200)],
    )
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[check_doi])
    isbn = models.CharField("ISBN", max_length=20, blank=True, validators=[check_isbn])
    un_symbol = models.CharField(_("UN document symbol"), max_length=60, blank=True)
    url = models.CharField(
        _("link to the work"), max_length=500, blank=True, validators=[WEB_ADDRESS]
    )
    objectives = models.ManyToManyField(
        Objective, related_name="items", blank=True, verbose_name=_("objectives")
    )
    principles = models.ManyToManyField(
        Principle, related_name="items", blank=True, verbose_name=_("guiding principles")
    )
    modules = models.ManyToManyField(
        Module, related_name="items", blank=True, verbose_name=_("modules")
    )
    countries = models.ManyToManyField(
        Country, related_name="items", blank=True, verbose_name=_("countries")
    )
    rights = models.CharField(
        _("rights"), max_length=20, choices=Rights.choices, default=Rights.UNKNOWN
    )
    rights_note = models.CharField(_("rights statement"), max_length=300, blank=True)
    access = models.CharField(
        _("files are for"), max_length=20, choices=Access.choices, default=Access.PUBLIC
    )
    embargo_until = models.DateField(_("embargo until"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    title_sort = TitleSort()
    folded_title = KeyField(source="every_title", make=fold, max_length=2000)
    folded_text = KeyField(source="every_text", make=fold, max_length=100_000)
    folded_names = models.TextField(blank=True, editable=False)  # by remember_names()
    search_vector = models.GeneratedField(
        expression=(
            SearchVector("title_en", config="english", weight="A")
            + SearchVector("title_ru", config="russian", weight="A")
            + SearchVector("folded_title", config="simple", weight="A")
            + SearchVector("folded_names", config="simple", weight="B")
            + SearchVector("abstract_en", config="english", weight="C")
            + SearchVector("abstract_ru", config="russian", weight="C")
            + SearchVector("folded_text", config="simple", weight="C")
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("library item")
        verbose_name_plural = _("library items")
        indexes = [
            GinIndex(fields=["search_vector"], name="item_search"),
            GinIndex(fields=["languages"], name="item_languages"),
            models.Index(
                "status",
                models.F("year").desc(nulls_last=True),
                models.F("id").desc(),
                include=["updated_at"],
                name="item_newest",  # exactly what a page of newest_first() asks first
            ),
            models.Index(fields=["status", "type"], name="item_type"),
        ]
        constraints = [
            models.CheckConstraint(
                # Compared with isnull too: a CHECK lets NULL pass.
                condition=Q(title_en__isnull=False, title_en__gt="")
                | Q(title_az__isnull=False, title_az__gt="")
                | Q(title_ru__isnull=False, title_ru__gt=""),
                name="item_has_a_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=~Q(access="embargo") | Q(embargo_until__isnull=False),
                name="item_embargo_has_an_end",
                violation_error_message=_("Say until when the embargo lasts."),
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gt=0),
                name="item_has_a_language",
                violation_error_message=_("Name at least one language of the work."),
            ),
            models.UniqueConstraint(
                fields=["doi"],
                condition=~Q(doi=""),
                name="item_doi_once",
                violation_error_message=_("Another item already has this DOI."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:item_page", args=[self.slug])

    @property
    def objective_numbers(self) -> list[int]:
        """A list asks `for_cards()` for them first."""
        if hasattr(self, "numbers"):
            return self.numbers
        return sorted(objective.number for objective in self.objectives.all())

    @property
    def every_title(self) -> str:
        return _in_every_language(self, "title")

    @property
    def every_text(self) -> str:
        facts = [self.publisher, self.un_symbol, self.doi, self.isbn, str(self.year or "")]
        return " ".join([_in_every_language(self, "abstract"), *facts])

    def remember_names(self) -> None:
        """Keep the contributors' names beside the title, where the search finds them."""
        names = fold(" ".join(self.contributors.values_list("name", flat=True)))
        Item.objects.filter(pk=self.pk).update(folded_names=names)

    def is_under_embargo(self, today: datetime.date) -> bool:
        return self.access == self.Access.EMBARGO and bool(
            self.embargo_until and today < self.embargo_until
        )

    def lets(self, user: Any) -> bool:
        """Whether this user may open the item's files."""
        if user.has_perm("library.view_file"):
            return True
        if self.access == self.Access.NETWORK:
            return user.is_authenticated and is_network_member(user)
        if self.access == self.Access.REGISTERED:
            return user.is_authenticated
        return not self.is_under_embargo(timezone.localdate())

    def publish(self) -> None:
        waiting = Item.objects.filter(pk=self.pk).exclude(status=self.Status.PUBLISHED)
        now = timezone.now()
        if waiting.update(status=self.Status.PUBLISHED, published_at=now, updated_at=now):
            self.status, self.published_at = self.Status.PUBLISHED, now

    def withdraw(self) -> None:
        Item.objects.filter(pk=self.pk).update(
            status=self.Status.WITHDRAWN, updated_at=timezone.now()
        )
        self.status = self.Status.WITHDRAWN


def _in_every_language(item: Item, field: str) -> str:
    names = [build_localized_fieldname(field, code) for code in AVAILABLE_LANGUAGES]
    return " ".join(getattr(item, name) or "" for name in names)


def is_network_member(user: Any) -> bool:
    """The Network is another room's business; settings name the function that knows."""
    return import_string(settings.NETWORK_MEMBERSHIP)(user)
