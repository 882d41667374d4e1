"""Signed credentials on the desk: read as they are, changed by nobody."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from trainings.admin.records import ReadOnly
from trainings.models import Credential


@admin.register(Credential)
class CredentialAdmin(ReadOnly, ModelAdmin):
    list_display = ["certificate", "signed_at", "key_id", "status_list", "status_index"]
    list_filter = ["signed_at"]
    search_fields = ["certificate__number", "certificate__code", "certificate__holder"]
    show_full_result_count = False
    fields = readonly_fields = [
        "certificate",
        "signed_at",
        "key_id",
        "status_list",
        "status_index",
        "jwt",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credential]:
        return super().get_queryset(request).select_related("certificate")
