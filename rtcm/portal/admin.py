from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin
from unfold.decorators import action

from rtcm.accounts.admin import PersonAdmin
from rtcm.accounts.models import Person
from rtcm.portal import same_person
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


# The roof adds what looks across all rooms: whether two records are one person.
admin.site.unregister(Person)


@admin.register(Person)
class PersonDesk(PersonAdmin):
    actions_detail = ["same_person"]

    def get_urls(self) -> list[Any]:
        def at(address: str, screen: Any, name: str) -> Any:
            enter = self.admin_site.admin_view(partial(screen, site=self.admin_site))
            return path(address, enter, name=f"accounts_person_{name}")

        return [
            at("same/", same_person.pairs, "same"),
            at("<int:pk>/same/", same_person.others, "others"),
            at("<int:pk>/same/<int:other_pk>/", same_person.compare, "compare"),
            *super().get_urls(),
        ]

    @action(description=_("Same person?"), url_path="same-person", permissions=["merge"])
    def same_person(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:accounts_person_others", object_id)

    def has_merge_permission(self, request: HttpRequest, *args: Any) -> bool:
        return request.user.has_perm("accounts.merge_person")
