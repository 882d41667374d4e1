"""The outgoing register, interpreters and the logs of roll-outs as lists on the desk."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget

from rtcm import spreadsheets, uploads
from rtcm.accounts.models import record_read
from rtcm.languages import language_choices
from trainings import official, rolling_out
from trainings.admin.records import ReadOnly
from trainings.forms import reason_in
from trainings.models import Interpreter, LanguagePair, OfficialLetter, RollOut

COLUMNS = ["number", "dated", "kind", "language", "addressee", "subject", "training", "void_reason"]


@admin.register(OfficialLetter)
class OfficialLetterAdmin(ReadOnly, ModelAdmin):
    list_display = ["number", "dated", "kind", "addressee", "training", "voided_at"]
    list_filter = ["kind", "year", "language"]
    search_fields = ["addressee", "subject", "serial", "training__search_text"]
    list_select_related = ["training"]
    exclude = ["batch", "is_demo"]
    actions = ["export_xlsx", "export_csv"]
    actions_detail = ["deeds"]
    show_full_result_count = False

    @admin.display(description=gettext_lazy("number"), ordering=("serial"))
    def number(self, row: OfficialLetter) -> str:
        return row.number

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row and row.person:
            record_read(request.user, row.person, f"official letter {row.number}")
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.action(description=gettext_lazy("Export as XLSX"))
    def export_xlsx(self, request: HttpRequest, rows: QuerySet[OfficialLetter]) -> HttpResponse:
        return _export(request, rows, "xlsx")

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export_csv(self, request: HttpRequest, rows: QuerySet[OfficialLetter]) -> HttpResponse:
        return _export(request, rows, "csv")

    @action(description=gettext_lazy("Signed scan, voiding"), url_path="deeds")
    def deeds(self, request: HttpRequest, object_id: int) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return letter_deeds(request, self.admin_site, object_id)


def _export(request: HttpRequest, rows: QuerySet[OfficialLetter], kind: str) -> HttpResponse:
    found = list(rows.select_related("training", "person"))
    for row in found:
        if row.person:
            record_read(request.user, row.person, "export of the outgoing register")
    table = [
        [
            row.number,
            row.dated,
            row.get_kind_display(),
            row.language,
            row.addressee,
            row.subject,
            row.training.title,
            row.void_reason,
        ]
        for row in found
    ]
    fields: list[Any] = [OfficialLetter._meta.get_field(name) for name in COLUMNS[1:]]
    headers = [field.verbose_name for field in fields]
    return spreadsheets.answer("register", [_("number"), *headers], table, kind)


def letter_deeds(request: HttpRequest, site: Any, pk: int) -> Any:
    """The signed scan of one letter, and the one deliberate click that voids it."""
    letter = get_object_or_404(OfficialLetter.objects.select_related("person"), pk=pk)
    if request.GET.get("scan"):
        if letter.person:
            record_read(request.user, letter.person, f"signed letter {letter.number}")
        return uploads.answer(letter.scan, letter.number)
    if request.method == "POST":
        try:
            messages.success(request, _deed(request, letter))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    context = {**site.each_context(request), "title": letter.number, "letter": letter}
    context["opts"] = OfficialLetter._meta
    return render(request, "admin/trainings/letter_deeds.html", context)


def _deed(request: HttpRequest, letter: OfficialLetter) -> str:
    if request.POST.get("verb") == "void":
        if not request.user.has_perm("trainings.void_letter"):
            raise PermissionDenied
        official.void(letter, by=request.user, reason=reason_in(request.POST, 1_000))
        return _("The letter is void; its number stays in the register.")
    if not request.user.has_perm("trainings.issue_letter"):
        raise PermissionDenied
    official.keep_scan(letter, request.FILES.get("scan"))
    return _("The signed letter is kept.")


class LanguagePairForm(forms.ModelForm):
    class Meta:
        model = LanguagePair
        fields = ["first", "second"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field: Any = LanguagePair._meta.get_field(name)
            self.fields[name] = forms.ChoiceField(
                label=field.verbose_name,
                choices=language_choices,
                widget=UnfoldAdminSelectWidget,
            )


class LanguagePairInline(TabularInline):
    model = LanguagePair
    form = LanguagePairForm
    extra = 1


@admin.register(Interpreter)
class InterpreterAdmin(ModelAdmin):
    inlines = [LanguagePairInline]
    list_display = ["name", "email", "phone", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    autocomplete_fields = ["person"]


@admin.register(RollOut)
class RollOutAdmin(ReadOnly, ModelAdmin):
    list_display = ["training", "held_by", "state", "logged_at", "hours"]
    list_filter = ["state"]
    search_fields = ["training__search_text", "held_by__name_search"]
    list_select_related = ["training", "held_by"]
    readonly_fields = ["state", "reason", "decided_by", "decided_at"]
    actions = ["count_them"]
    show_full_result_count = False

    def has_check_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("trainings.check_roll_outs")

    @admin.action(description=gettext_lazy("Right: count them"), permissions=["check"])
    def count_them(self, request: HttpRequest, rows: QuerySet[RollOut]) -> None:
        for row in rows:
            try:
                rolling_out.check(row, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, f"{row}: {refusal.messages[0]}", messages.ERROR)
