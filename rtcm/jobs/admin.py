from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from rtcm.jobs.models import Job, LetterTemplate, Message
from rtcm.jobs.models.template import braced, letter_kinds, placeholders, source


class ReadOnlyAdmin(ModelAdmin):
    """Rows that only the verbs may write: staff look, and ask for another attempt."""

    actions = ["retry"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"jobs.retry_{self.opts.model_name}")

    @admin.action(description=_("Try again"), permissions=["retry"])
    def retry(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        again = sum(row.retry() for row in rows)
        text = ngettext("%(n)d will be tried again.", "%(n)d will be tried again.", again)
        left = rows.count() - again
        self.message_user(request, text % {"n": again})
        if left:
            text = ngettext("%(n)d had not failed.", "%(n)d had not failed.", left)
            self.message_user(request, text % {"n": left}, messages.WARNING)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["dedupe_key", "kind", "queue", "state", "attempts", "next_attempt_at"]
    list_filter = ["state", "queue", "kind"]
    search_fields = ["dedupe_key"]
    show_full_result_count = False


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["to", "subject", "kind", "language", "state", "created_at", "sent_at"]
    list_filter = ["state", "possible_duplicate", "language", "kind"]
    search_fields = ["to", "dedupe_key"]
    exclude = ["body_html", "secret"]
    readonly_fields = ["message_id", "error", "state", "created_at", "handed_over_at", "sent_at"]
    list_select_related = False
    show_full_result_count = False


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ModelAdmin):
    list_display = ["kind", "language", "subject", "updated_at"]
    list_filter = ["language"]
    readonly_fields = ["placeholders", "built_in_wording"]

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        choices = {
            "kind": [(kind, kind) for kind in letter_kinds()],
            "language": settings.LANGUAGES,
        }
        if db_field.name not in choices:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ChoiceField(
            label=db_field.verbose_name,
            choices=choices[db_field.name],
            widget=UnfoldAdminSelectWidget,
        )

    @admin.display(description=_("Placeholders"))
    def placeholders(self, wording: LetterTemplate) -> str:
        return braced(placeholders(wording.kind))

    @admin.display(description=_("Built-in wording"))
    def built_in_wording(self, wording: LetterTemplate) -> str:
        return source(wording.kind)
