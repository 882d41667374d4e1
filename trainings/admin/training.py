"""One training on the desk, with its doors to selection, attendance and certificates."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin
from unfold.decorators import action

from rtcm.text import slugify
from trainings import planning, seats
from trainings.admin import doors
from trainings.admin.rooms import DOORS
from trainings.admin.sessions import RoomsAreHeldOnce, SessionInline
from trainings.models import Session, Training


class LanguagesField(forms.TypedMultipleChoiceField):
    """Language codes as checkboxes, kept as a list."""

    widget = forms.CheckboxSelectMultiple


class TrainingForm(forms.ModelForm):
    """Without an address of its own, a training gets one made of its title."""

    working_languages = LanguagesField(
        label=capfirst(_("working languages")), choices=settings.LANGUAGES, required=False
    )
    interpretation_languages = LanguagesField(
        label=capfirst(_("interpretation languages")), choices=settings.LANGUAGES, required=False
    )

    class Meta:
        model = Training
        exclude: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # not where somebody only reads
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = slugify(cleaned.get("title_en") or "", 80)
        return cleaned


@admin.register(Training)
class TrainingAdmin(RoomsAreHeldOnce, ModelAdmin, TabbedTranslationAdmin):
    form = TrainingForm
    inlines = [SessionInline]
    list_display = ["title", "kind", "status", "route", "starts_on", "capacity"]
    list_filter = ["status", "kind", "mode", "route", "is_demo", "is_historic"]
    search_fields = ["search_text", "slug"]
    date_hierarchy = "starts_on"
    autocomplete_fields = [
        "country",
        "target_groups",
        "rolled_out_from",
        "modules",
        "extra_objectives",
        "trainers",
        "participating_countries",
    ]
    actions_detail = ["overview"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "description", "slug", "kind", "level", "status"]}),
        (
            _("When and where"),
            {
                "fields": [
                    ("starts_on", "ends_on"),
                    "date_precision",
                    ("mode", "time_zone"),
                    ("country", "city", "venue"),
                    ("working_languages", "interpretation_languages"),
                    ("is_residential", "needs_passport"),
                ]
            },
        ),
        (
            _("Ways in"),
            {
                "fields": [
                    ("route", "minimum_age"),
                    ("capacity", "offer_days"),
                    "women_target",
                    "opens_at",
                    "closes_at",
                ]
            },
        ),
        (
            _("What and who"),
            {
                "fields": [
                    "target_groups",
                    "modules",
                    "extra_objectives",
                    "trainers",
                    "participating_countries",
                    "rolled_out_from",
                    ("certificate_hours", "hours_kind"),
                    "reported_persons",
                    "is_historic",
                    "note",
                ]
            },
        ),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"working_languages": ["en"]}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            more = seats.added(form.initial.get("capacity"), obj.capacity)
            seats.fill(obj, most=more)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What the verbs of trainings/planning.py write: people were told of these days."""
        announced = obj and obj.status != Training.Status.DRAFT and not obj.is_historic
        return ["status", "starts_on", "ends_on", "time_zone"] if announced else ["status"]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A session is taken off by its verb, so that calendars hear of it."""
        if formset.model is not Session:
            return super().save_formset(request, form, formset, change)
        sessions = formset.save(commit=False)
        for session in formset.deleted_objects:
            planning.remove_session(session, by=request.user)
        for session in sessions:
            session.save()
        return formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        had_sessions = form.instance.sessions.exists()
        super().save_related(request, form, formsets, change)
        planning.revise(form.instance, had_sessions=had_sessions)

    def get_urls(self) -> list[Any]:
        return [door.address(self.admin_site) for door in DOORS] + super().get_urls()

    @action(description=_("Everything about this training"), url_path="overview")
    def overview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return doors.overview(request, self.admin_site, object_id, DOORS)
