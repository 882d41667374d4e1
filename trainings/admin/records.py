"""Applications and certificates on the desk: read as they are, changed through verbs only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action

from trainings.admin import desk
from trainings.models import (
    Application,
    Certificate,
    CertificateRendering,
    CertificateStep,
    Transition,
)


class ReadOnly:
    """Everything can be read, nothing typed over."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TransitionInline(ReadOnly, TabularInline):
    model = Transition
    extra = 0
    fields = readonly_fields = ["at", "from_state", "to_state", "by", "reason"]


@admin.register(Application)
class ApplicationAdmin(ReadOnly, ModelAdmin):
    inlines = [TransitionInline]
    list_display = ["person", "training", "state", "country", "created_at"]
    list_filter = ["state", "country"]
    search_fields = ["person__name_search", "training__search_text"]
    list_select_related = ["person", "training", "country"]
    actions_detail = ["answers"]
    show_full_result_count = False

    @action(description=_("What was answered"), url_path="answers")
    def answers(self, request: HttpRequest, object_id: int) -> Any:
        row = get_object_or_404(Application, pk=object_id)
        return redirect("admin:trainings_training_answers", row.training_id, row.pk)


class CertificateStepInline(ReadOnly, TabularInline):
    model = CertificateStep
    extra = 0
    fields = readonly_fields = ["at", "deed", "by", "kind", "reason", "expires_on"]


class CertificateRenderingInline(ReadOnly, TabularInline):
    model = CertificateRendering
    extra = 0
    fields = readonly_fields = ["at", "why", "renderer", "sha256", "size"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnly, ModelAdmin):
    list_display = ["number", "holder", "tier", "state", "issued_on", "rendered_at"]
    list_filter = ["state", "tier", "issued_on"]
    search_fields = ["number", "code", "holder"]
    exclude = ["application", "issued_by", "revoked_by", "supersedes"]
    readonly_fields = [
        *("number", "code", "state", "revoked_at", "revoked_for", "revoked_reason"),
        *("path", "sha256", "renderer", "rendered_at"),
    ]
    inlines = [CertificateStepInline, CertificateRenderingInline]
    actions_detail = ["archive", "reissue", "revoke", "restore"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        return super().get_queryset(request).select_related("application__person")

    def has_issue_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("trainings.issue_certificate")

    def has_revoke_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("trainings.revoke_certificate")

    @action(description=_("Archive copy (PDF/A)"), url_path="archive")
    def archive(self, request: HttpRequest, object_id: int) -> Any:
        certificate = get_object_or_404(Certificate, pk=object_id)
        return redirect("trainings:archive_copy", certificate.code)

    @action(
        description=_("Issue again with the present name"),
        url_path="reissue",
        permissions=["issue"],
    )
    def reissue(self, request: HttpRequest, object_id: int) -> Any:
        return desk.certificate_deed(request, self.admin_site, object_id, "reissue")

    @action(
        description=_("Revoke"),
        url_path="revoke",
        permissions=["revoke"],
    )
    def revoke(self, request: HttpRequest, object_id: int) -> Any:
        return desk.certificate_deed(request, self.admin_site, object_id, "revoke")

    @action(
        description=_("Restore"),
        url_path="restore",
        permissions=["revoke"],
    )
    def restore(self, request: HttpRequest, object_id: int) -> Any:
        return desk.certificate_deed(request, self.admin_site, object_id, "restore")
