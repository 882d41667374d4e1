from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin, TranslationTabularInline
from unfold.admin import ModelAdmin, TabularInline

from curriculum.forms import ModuleForm
from curriculum.models import (
    Edition,
    LearningOutcome,
    Module,
    Objective,
    Principle,
    TargetGroup,
    Topic,
)


class CompactAdmin(ModelAdmin, TabbedTranslationAdmin):
    """The Compact's rows come from load_gcm: their wording is edited, nothing else."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Objective)
class ObjectiveAdmin(CompactAdmin):
    search_fields = ["title_en", "title_az", "title_ru", "label_en", "label_az", "label_ru"]
    list_display = ["number", "label", "paragraph", "round_table"]
    list_display_links = ["number", "label"]
    readonly_fields = ["number", "paragraph", "round_table"]


@admin.register(Principle)
class PrincipleAdmin(CompactAdmin):
    list_display = ["letter", "title"]
    list_display_links = ["letter", "title"]
    readonly_fields = ["letter"]


@admin.register(TargetGroup)
class TargetGroupAdmin(ModelAdmin, TabbedTranslationAdmin):
    list_display = ["name", "slug", "order"]
    search_fields = ["name_en", "name_az", "name_ru"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Edition)
class EditionAdmin(ModelAdmin, TabbedTranslationAdmin):
    list_display = ["title", "code", "status", "in_force_since", "is_demo"]
    readonly_fields = ["status", "in_force_since", "is_demo"]
    actions = ["put_in_force"]

    @admin.action(description=_("Put in force"), permissions=["change"])
    def put_in_force(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        if queryset.count() != 1:
            self.message_user(request, _("Choose one edition."), messages.ERROR)
            return
        edition = queryset.get()
        edition.put_in_force(timezone.localdate())
        said = _("%(edition)s is in force.") % {"edition": edition}
        self.message_user(request, said, messages.SUCCESS)


class TopicInline(TabularInline, TranslationTabularInline):
    model = Topic
    extra = 0


class LearningOutcomeInline(TabularInline, TranslationTabularInline):
    model = LearningOutcome
    extra = 0


@admin.register(Module)
class ModuleAdmin(ModelAdmin, TabbedTranslationAdmin):
    form = ModuleForm
    list_display = ["code", "title", "edition", "level", "hours", "order"]
    list_display_links = ["code", "title"]
    list_filter = ["edition", "level"]
    list_select_related = ["edition"]
    search_fields = ["code", "title_en", "title_az", "title_ru"]
    prepopulated_fields = {"slug": ["title_en"]}
    readonly_fields = ["is_demo"]
    filter_horizontal = ["primary_objectives", "secondary_objectives", "principles"]
    autocomplete_fields = ["prerequisites"]
    inlines = [TopicInline, LearningOutcomeInline]
