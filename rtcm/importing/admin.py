"""The desk for imports: upload, look at every row, decide, bring in, report, take back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from rtcm import spreadsheets, uploads
from rtcm.accounts.models import Person
from rtcm.importing import bringing
from rtcm.importing.forms import UploadForm
from rtcm.importing.kinds import Kind, kinds_for
from rtcm.importing.models import Import, ImportRow

PER_PAGE = 50
SHOWN = {
    "all": (gettext_lazy("all rows"), lambda rows: rows),
    "wrong": (gettext_lazy("wrong"), lambda rows: rows.wrong()),
    "undecided": (gettext_lazy("to be decided"), lambda rows: rows.undecided()),
    "kept": (gettext_lazy("kept"), lambda rows: rows.filter(result=ImportRow.Result.KEPT)),
}


@admin.register(Import)
class ImportAdmin(ModelAdmin):
    list_display = ["name", "kind_title", "state", "by", "at"]
    list_filter = ["state"]
    list_select_related = ["by"]

    @admin.display(description=gettext_lazy("kind"))
    def kind_title(self, source: Import) -> str:
        return str(source.what.title)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        enter = self.admin_site.admin_view
        return [
            path("template/<slug:kind>.<slug:form>", enter(self.template), name="import_template"),
            path("<int:pk>/file/", enter(self.file), name="import_file"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One form for each kind that its reader may bring in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        kinds = kinds_for(request.user)
        forms = [(kind, self._form(request, kind)) for kind in kinds]
        for kind, form in forms:
            if form.is_bound and form.is_valid() and (source := _uploaded(request, kind, form)):
                return redirect("admin:importing_import_change", source.pk)
        context = {"title": _("Import a table"), "forms": forms}
        return self._page(request, "admin/importing/upload.html", context)

    def _form(self, request: HttpRequest, kind: Kind) -> UploadForm:
        if request.method == "POST" and request.POST.get("kind") == kind.name:
            return UploadForm(kind, request.POST, request.FILES)
        return UploadForm(kind, initial={"subject": request.GET.get("subject")})

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Every row with what is wrong and who it may be; later, what became of it."""
        source = self._source(request, object_id)
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            _do(request, source)
            return redirect(request.get_full_path())
        context = {"title": source.name, "source": source, **_rows(request, source)}
        return self._page(request, "admin/importing/import.html", context)

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = self._source(request, str(pk))
        return uploads.answer(source.file, source.name)  # type: ignore[return-value]

    def template(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        """An empty table with the headings in the reader's language."""
        offered = {each.name: each for each in kinds_for(request.user)}
        if kind not in offered or form not in spreadsheets.WRITERS:
            raise Http404
        titles = [column.title for column in offered[kind].columns]
        return spreadsheets.answer(str(offered[kind].title), titles, [], form)

    def _source(self, request: HttpRequest, object_id: str) -> Import:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal():
            raise Http404
        source = get_object_or_404(Import.objects.select_related("by"), pk=object_id)
        if not request.user.has_perm(source.what.permission):
            raise PermissionDenied
        return source

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        site = self.admin_site.each_context(request)
        return render(request, template, {**site, **context, "opts": Import._meta})


def _uploaded(request: HttpRequest, kind: Kind, form: UploadForm) -> Import | None:
    subject = kind.subject(form.cleaned_data.get("subject"))
    try:
        return bringing.upload(kind, form.cleaned_data["table"], by=request.user, subject=subject)
    except ValidationError as refusal:
        form.add_error("table", refusal)
    return None


def _do(request: HttpRequest, source: Import) -> None:
    verb = request.POST.get("verb", "")
    try:
        if source.state == Import.State.CHECKED:
            bringing.decide(source, _decisions(request))
        if verb == "rest":
            bringing.rest_is_new(source)
        elif verb == "bring":
            bringing.bring_in(source, by=request.user, without_wrong="left_out" in request.POST)
        elif verb == "undo":
            bringing.undo(source)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Saved."))


def _decisions(request: HttpRequest) -> dict[int, str]:
    return {
        int(name.removeprefix("row-")): str(value)
        for name, value in request.POST.items()
        if name.removeprefix("row-").isdecimal()
    }


def _rows(request: HttpRequest, source: Import) -> dict[str, Any]:
    shown = request.GET.get("show", "all")
    choose = SHOWN.get(shown, SHOWN["all"])[1]
    page = Paginator(choose(source.rows.select_related("person")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    columns = source.what.columns
    everybody = Person.objects.select_related("country", "institution").in_bulk(
        {each["person"] for row in page for each in row.suggestions}
    )
    return {
        "page": page,
        "show": shown,
        "filters": [(key, title) for key, (title, _choose) in SHOWN.items()],
        "columns": [column.title for column in columns],
        "counts": counts(source),
        "rows": [
            {
                "row": row,
                "values": [row.values.get(column.key, "") for column in columns],
                "suggestions": [
                    {**each, "person": everybody[each["person"]]}
                    for each in row.suggestions
                    if each["person"] in everybody
                ],
            }
            for row in page
        ],
    }


def counts(source: Import) -> dict[str, int]:
    rows = source.rows
    results = ImportRow.Result
    return {
        "all": rows.count(),
        "wrong": rows.wrong().count(),
        "undecided": rows.undecided().count(),
        "waiting": rows.waiting().exclude(decision="").count(),
        "left_out": rows.filter(decision=ImportRow.Decision.SKIP).count(),
        "made": rows.filter(result=results.MADE).count(),
        "undone": rows.filter(result=results.UNDONE).count(),
        "kept": rows.filter(result=results.KEPT).count(),
    }
