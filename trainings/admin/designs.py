"""Designs of certificates on the desk: a list, and one screen to write, look at and save."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from rtcm.accounts.models import Person
from trainings import design_reading, designs, look, previewing, wording
from trainings.design_forms import DesignForm, language_choices, with_pictures
from trainings.models import Certificate, CertificateDesign, DesignVersion


@admin.register(CertificateDesign)
class CertificateDesignAdmin(ModelAdmin):
    list_display = ["name", "serves", "usual_for", "newest"]
    search_fields = ["name"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("tiers", "versions")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("Tiers it serves"))
    def serves(self, row: CertificateDesign) -> str:
        return ", ".join(each.get_tier_display() for each in row.tiers.all()) or "—"

    @admin.display(description=gettext_lazy("Usual design for"))
    def usual_for(self, row: CertificateDesign) -> str:
        usual = [each.get_tier_display() for each in row.tiers.all() if each.is_default]
        return ", ".join(usual) or "—"

    @admin.display(description=gettext_lazy("Newest version"))
    def newest(self, row: CertificateDesign) -> str:
        return ", ".join(str(each.number) for each in list(row.versions.all())[:1])

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return design_screen(request, self.admin_site, None, may_save=True)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        rows = CertificateDesign.objects.prefetch_related("tiers")
        design = get_object_or_404(rows, pk=object_id[:18] if object_id.isdecimal() else 0)
        if not self.has_view_permission(request, design):
            raise PermissionDenied
        may_save = self.has_change_permission(request, design)
        return design_screen(request, self.admin_site, design, may_save=may_save)


def design_screen(
    request: HttpRequest, site: Any, design: CertificateDesign | None, *, may_save: bool
) -> HttpResponse:
    """The words and pictures of one design; looking at it changes nothing."""
    versions = _versions(design)
    shown: dict[str, Any] = {"tier": Certificate.Tier.PARTICIPATION, "languages": "en"}
    status = 200
    if request.method == "POST":
        form = with_pictures(request.POST, request.FILES) if may_save else _as_it_is(versions)
        answer = _deed(request, design, form, shown, may_save=may_save)
        if answer:
            return answer
        status = 200 if shown.get("sheets") else 422
    else:
        form = DesignForm(initial=design_reading.typed(design, _asked(request, versions)))
    context = {
        **site.each_context(request),
        "title": design.name if design else _("New design of certificates"),
        "design": design,
        "versions": versions,
        "form": form,
        "may_save": may_save,
        "tiers": Certificate.Tier.choices,
        "languages": language_choices("")[1:],
        "placeholders": wording.PLACEHOLDERS.items(),
        "shown": shown,
        "opts": CertificateDesign._meta,
    }
    return render(request, "admin/trainings/design.html", context, status=status)


def _versions(design: CertificateDesign | None) -> list[DesignVersion]:
    """Newest first."""
    if design is None:
        return []
    rows = design.versions.select_related("made_by__person").order_by("-number")
    return list(rows.prefetch_related("signatories", "logos"))


def _asked(request: HttpRequest, versions: list[DesignVersion]) -> DesignVersion | None:
    """An earlier version can be taken up again: `?version=2`."""
    number = request.GET.get("version", "")
    earlier = [each for each in versions if str(each.number) == number]
    return next(iter([*earlier, *versions]), None)


def _as_it_is(versions: list[DesignVersion]) -> DesignForm:
    """For those who may only look: what they send as words is not read."""
    if not versions:
        raise Http404
    return DesignForm(design_reading.typed(versions[0].design, versions[0]))


def _deed(
    request: HttpRequest,
    design: CertificateDesign | None,
    form: DesignForm,
    shown: dict[str, Any],
    *,
    may_save: bool,
) -> HttpResponse | None:
    if not form.is_valid():
        messages.error(request, _("Nothing is saved; please see below what is wrong."))
        return None
    try:
        if request.POST.get("verb") == "save":
            if not may_save:
                raise PermissionDenied
            return _saved(request, design, form)
        _look_at(request, form, shown)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return None


def _saved(
    request: HttpRequest, design: CertificateDesign | None, form: DesignForm
) -> HttpResponse:
    version = designs.save(
        design,
        form.draft(),
        name=form.cleaned_data["name"],
        tiers=form.cleaned_data["tiers"],
        default_for=form.cleaned_data["default_for"],
        by=request.user,
    )
    said = _("Version %(number)s is saved; certificates issued from now on have it.")
    messages.success(request, said % {"number": version.number})
    return redirect("admin:trainings_certificatedesign_change", version.design_id)


def _look_at(request: HttpRequest, form: DesignForm, shown: dict[str, Any]) -> None:
    """Pages for the names that are hardest to set, as this design would print them."""
    if (tier := request.POST.get("show-tier", "")) in wording.TIERS:
        shown["tier"] = tier
    if (chosen := request.POST.get("show-languages", "")) in dict(language_choices("")[1:]):
        shown["languages"] = chosen
    shown["sheets"] = previewing.sheets(
        look.of_draft(form.draft()),
        tier=shown["tier"],
        languages=shown["languages"].split("+"),
        names=previewing.names_for(Person.objects.all(), request.user),
    )
