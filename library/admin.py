import hashlib
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin, TabularInline

from library.forms import ItemForm
from library.models import Collection, Contributor, File, Item
from library.models.items import SEARCH_COLUMNS


class ContributorInline(TabularInline):
    model = Contributor
    extra = 0


class FileInline(TabularInline):
    model = File
    extra = 0
    readonly_fields = ["size", "sha256"]


@admin.register(Item)
class ItemAdmin(ModelAdmin, TabbedTranslationAdmin):
    form = ItemForm
    list_display = ["title", "type", "year", "status", "access"]
    list_filter = ["status", "type", "access", "is_demo"]
    search_fields = ["folded_title", "folded_names", "un_symbol", "doi", "isbn"]
    prepopulated_fields = {"slug": ["title_en"]}
    readonly_fields = ["status", "published_at", "is_demo"]
    filter_horizontal = ["objectives", "principles", "modules", "countries"]
    inlines = [ContributorInline, FileInline]
    actions = ["publish", "withdraw"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        return super().get_queryset(request).defer(*SEARCH_COLUMNS)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.remember_names()

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        for row in formset.forms:
            if isinstance(row.instance, File) and "file" in row.changed_data:
                measure(row.instance)
        super().save_formset(request, form, formset, change)

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        for item in queryset:
            item.publish()
        self.message_user(request, _("Published."), messages.SUCCESS)

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        for item in queryset:
            item.withdraw()
        self.message_user(request, _("Withdrawn."), messages.SUCCESS)


def measure(file: File) -> None:
    """Write down what the file weighs and its checksum, once, while it is at hand."""
    file.size = file.file.size
    file.sha256 = hashlib.file_digest(file.file.open("rb"), "sha256").hexdigest()
    file.file.seek(0)


@admin.register(Collection)
class CollectionAdmin(ModelAdmin, TabbedTranslationAdmin):
    list_display = ["title", "is_public", "order"]
    prepopulated_fields = {"slug": ["title_en"]}
    autocomplete_fields = ["items"]
