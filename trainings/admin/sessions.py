"""Sessions on the desk: within their training, and each with its programme and materials."""

from itertools import pairwise
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from modeltranslation.admin import (
    TabbedTranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from trainings import planning
from trainings.models import ProgrammeItem, Session, SessionMaterial
from trainings.models.session import ROOM_IS_FREE

FIELDS: list[Any] = [
    "title",
    ("on", "room"),
    ("starts", "ends"),
    ("online_link", "channels"),
    ("trainers", "modules"),
]


class RoomsAreHeldOnce:
    """Two people gave one room away in the same instant: the later one reads a sentence."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except IntegrityError as clash:
            if ROOM_IS_FREE.name not in str(clash):
                raise
            messages.error(request, str(ROOM_IS_FREE.get_violation_error_message()))
            return redirect(request.path)


def filled(formset: Any) -> list[Any]:
    """The rows of a formset that will stand once it is saved."""
    gone = formset.deleted_forms
    return [
        form.instance
        for form in formset.forms
        if form not in gone and form.is_valid() and (form.instance.pk or form.has_changed())
    ]


class SessionFormSet(BaseInlineFormSet):
    """What no single row can know: two new sessions in one room, or one that was attended."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.attendance.exists():
                says = _("Attendance was marked in “%(session)s”, so it cannot be removed.")
                raise ValidationError(says % {"session": form.instance.title}, code="attended")
        sessions = [row for row in filled(self) if row.room and row.on and row.starts and row.ends]
        sessions.sort(key=lambda row: (row.room.lower(), row.on, row.starts))
        for first, second in pairwise(sessions):
            same = (first.room.lower(), first.on) == (second.room.lower(), second.on)
            if same and second.starts < first.ends:
                raise ValidationError(ROOM_IS_FREE.get_violation_error_message(), code="room")


class SessionInline(StackedInline, TranslationStackedInline):
    model = Session
    formset = SessionFormSet
    extra = 0
    fields = FIELDS
    autocomplete_fields = ["trainers", "modules"]
    show_change_link = True


class ProgrammeFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        session = self.instance
        if not session.starts or not session.ends:
            return
        for item in filled(self):
            if item.starts < session.starts or item.ends > session.ends:
                says = _("“%(item)s” is not within the hours of its session.")
                raise ValidationError(says % {"item": item}, code="hours")


class ProgrammeInline(TabularInline, TranslationTabularInline):
    model = ProgrammeItem
    formset = ProgrammeFormSet
    extra = 0
    fields = ["starts", "ends", "kind", "title", "speakers"]


class MaterialInline(TabularInline):
    model = SessionMaterial
    extra = 0
    fields = ["item", "visibility"]
    autocomplete_fields = ["item"]


@admin.register(Session)
class SessionAdmin(RoomsAreHeldOnce, ModelAdmin, TabbedTranslationAdmin):
    inlines = [ProgrammeInline, MaterialInline]
    fields = ["training", *FIELDS]
    autocomplete_fields = ["training", "trainers", "modules"]
    list_display = ["title", "training", "on", "starts", "ends", "room"]
    list_select_related = ["training"]
    search_fields = ["title_en", "title_az", "title_ru", "room", "training__search_text"]
    date_hierarchy = "on"
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["training"] if obj else []

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        training = form.instance.training
        planning.revise(training, had_sessions=change or training.sessions.count() > 1)

    def delete_model(self, request: HttpRequest, obj: Session) -> None:
        planning.remove_session(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for session in queryset:
            planning.remove_session(session, by=request.user)
