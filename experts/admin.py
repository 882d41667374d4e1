from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import ActionForm

from experts.models import Availability, Decision, Expert, ExpertArea, ExpertLanguage
from rtcm.accounts.models import record_read


class ExpertAreaInline(TabularInline):
    model = ExpertArea
    extra = 0


class ExpertLanguageInline(TabularInline):
    model = ExpertLanguage
    extra = 0


class AvailabilityInline(TabularInline):
    model = Availability
    extra = 0


class DecisionInline(TabularInline):
    model = Decision
    extra = 0
    readonly_fields = ["from_state", "to_state", "reason", "by", "at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReasonForm(ActionForm):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)


@admin.register(Expert)
class ExpertAdmin(ModelAdmin, TabbedTranslationAdmin):
    action_form = ReasonForm
    list_display = ["person", "headline", "state", "published_at", "is_demo"]
    list_filter = ["state", "is_demo"]
    list_select_related = ["person"]
    search_fields = ["person__full_name", "folded_headline"]
    autocomplete_fields = ["person"]
    readonly_fields = ["state", "submitted_at", "published_at", "is_demo", "visibility"]
    exclude = ["photo", "modes"]
    filter_horizontal = ["countries"]
    inlines = [ExpertAreaInline, ExpertLanguageInline, AvailabilityInline, DecisionInline]
    actions = ["publish", "return_with_reason", "suspend"]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        expert = self.get_object(request, object_id)
        if expert and request.method == "GET" and self.has_view_permission(request, expert):
            record_read(request.user, expert.person, "experts: desk")
        return super().change_view(request, object_id, form_url, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Expert], search_term: str
    ) -> tuple[QuerySet[Expert], bool]:
        return Expert.objects.matching(search_term) & queryset, False

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Expert]) -> None:
        self._tell(request, queryset, "publish")

    @admin.action(description=_("Return to the expert, with a reason"), permissions=["change"])
    def return_with_reason(self, request: HttpRequest, queryset: QuerySet[Expert]) -> None:
        self._tell(request, queryset, "return_with_reason", reason=request.POST.get("reason", ""))

    @admin.action(description=_("Suspend, with a reason"), permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[Expert]) -> None:
        self._tell(request, queryset, "suspend", reason=request.POST.get("reason", ""))

    def _tell(
        self, request: HttpRequest, queryset: QuerySet[Expert], verb: str, **given: Any
    ) -> None:
        for expert in queryset.select_related("person"):
            try:
                getattr(expert, verb)(by=request.user, **given)
            except ValidationError as refusal:
                said = f"{expert}: {' '.join(refusal.messages)}"
                self.message_user(request, said, messages.ERROR)
            else:
                said = f"{expert}: {expert.get_state_display()}"
                self.message_user(request, said, messages.SUCCESS)
