from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin

from rtcm.portal.models import Figures, PublishedFigure


@admin.register(PublishedFigure)
class PublishedFigureAdmin(ModelAdmin, TabbedTranslationAdmin):
    list_display = ["label", "value", "as_of"]


@admin.register(Figures)
class FiguresAdmin(ModelAdmin):
    """Snapshots are counted, never typed."""

    list_display = ["computed_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
