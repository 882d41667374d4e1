"""The question bank on the desk, module by module."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from modeltranslation.admin import TabbedTranslationAdmin, TranslationTabularInline
from unfold.admin import ModelAdmin, TabularInline

from trainings.models import Attempt, BankChoice, BankQuestion

FIXED_WHEN_ANSWERED = ("module", "kind", "is_true", "accepted", "points")


class ChoiceForms(forms.models.BaseInlineFormSet):
    """As many right choices as the kind of question needs."""

    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        kept = [row for row in kept if row and not row.get("DELETE")]
        right = sum(1 for row in kept if row.get("is_right"))
        kind = self.instance.kind
        if kind == BankQuestion.Kind.SINGLE and (right != 1 or len(kept) < 2):
            raise ValidationError(_("Give at least two choices and mark exactly one as right."))
        if kind == BankQuestion.Kind.MULTIPLE and (right < 1 or len(kept) < 2):
            raise ValidationError(_("Give at least two choices and mark the right ones."))


class ChoiceInline(TabularInline, TranslationTabularInline):
    model = BankChoice
    formset = ChoiceForms
    extra = 0
    fields = ["text", "is_right", "order"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_answered(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_answered(obj) and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["is_right"] if is_answered(obj) else []


@admin.register(BankQuestion)
class BankQuestionAdmin(ModelAdmin, TabbedTranslationAdmin):
    """Once somebody has begun a test with it, what is right stays as it was; words may be mended.

    To ask otherwise, retire the question and write a new one.
    """

    list_display = ["text", "module", "kind", "points", "is_retired"]
    list_filter = ["is_retired", "kind", "module"]
    list_select_related = ["module"]
    search_fields = ["text_en", "text_az", "text_ru"]
    autocomplete_fields = ["module"]
    inlines = [ChoiceInline]
    fields = [
        "module",
        "kind",
        "text",
        "is_true",
        "accepted",
        "explanation",
        "points",
        "is_retired",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return FIXED_WHEN_ANSWERED if is_answered(obj) else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_answered(obj) and super().has_delete_permission(request, obj)


def is_answered(question: BankQuestion | None) -> bool:
    return bool(question and Attempt.objects.filter(test__questions=question).exists())
