from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from experts.filters import ExpertFilter
from experts.forms import ProfileForms
from experts.models import Expert
from experts.models.experts import viewing_levels
from rtcm.accounts.models import Country, record_read
from rtcm.languages import language_name

PER_PAGE = 20


@require_safe
def expert_list(request: HttpRequest) -> HttpResponse:
    form = ExpertFilter(request.GET, viewing_levels(request.user))
    found = form.apply(Expert.objects.published())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "experts": page.object_list}
    return render(request, "experts/expert_list.html", context)


@require_safe
def expert_page(request: HttpRequest, slug: str) -> HttpResponse:
    expert = get_object_or_404(Expert.objects.visible_to(request.user).with_person(), slug=slug)
    shown = expert.visible_fields(request.user)
    if request.user.is_staff and shown - expert.public_fields:
        record_read(request.user, expert.person, "experts: profile")
    return render(request, "experts/expert_detail.html", profile(expert, shown))


@require_safe
def photo(request: HttpRequest, slug: str) -> FileResponse:
    expert = get_object_or_404(Expert.objects.visible_to(request.user), slug=slug)
    if not expert.photo or "photo" not in expert.visible_fields(request.user):
        raise Http404
    try:
        content = expert.photo.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer = FileResponse(content, content_type="image/jpeg")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_expert(request: HttpRequest) -> HttpResponse:
    person = request.user.person  # type: ignore[union-attr]
    if person is None:
        messages.info(request, _("Please tell us who you are first; then write your profile."))
        return redirect("accounts:profile")
    own = Expert.objects.filter(person=person).first()
    photo_before = (own and own.photo.name) or ""  # the form writes over it
    forms = ProfileForms(request, own or Expert.objects.all().start(person))
    if request.method == "POST" and forms.are_valid():
        _save(forms, before=photo_before)
        messages.success(request, _("Your profile is saved."))
        return redirect("experts:my_expert")
    context = {"expert": own, "forms": forms, "last_decision": _last_decision(own)}
    status = 422 if request.method == "POST" else 200
    return render(request, "experts/my_expert.html", context, status=status)


@login_required
def submit(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        expert = get_object_or_404(Expert, person__user=request.user)
        try:
            expert.submit()
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Your profile is with the centre for review."))
    return redirect("experts:my_expert")


@login_required
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """One's own profile as a visitor sees it, published or not."""
    expert = get_object_or_404(Expert.objects.for_cards(), person__user=request.user)
    context = {**profile(expert, expert.public_fields), "is_preview": True}
    return render(request, "experts/expert_detail.html", context)


def profile(expert: Expert, shown: frozenset[str]) -> dict[str, Any]:
    """What a page about an expert needs; a list is empty when it is not shown."""
    areas = expert.areas.select_related("objective") if "areas" in shown else []
    languages = list(expert.languages.all()) if "languages" in shown else []
    return {
        "expert": expert,
        "shown": shown,
        "areas": areas,
        "objective_numbers": [area.objective_id for area in areas],
        "spoken_languages": [(language_name(spoken.code), spoken) for spoken in languages],
        "countries": Country.objects.filter(experienced_experts=expert).alphabetical()
        if "countries" in shown
        else [],
        "modes": [Expert.Mode(m).label for m in expert.modes] if "modes" in shown else [],
        "periods": expert.availabilities.all() if "availability" in shown else [],
    }


@transaction.atomic
def _save(forms: ProfileForms, before: str) -> None:
    expert = forms.save()
    if before and before != expert.photo.name:
        transaction.on_commit(lambda: default_storage.delete(before))


def _last_decision(expert: Expert | None) -> Any:
    """The reason a profile came back, while it still matters."""
    if expert is None or expert.state == Expert.State.PUBLISHED:
        return None
    return expert.decisions.exclude(reason="").first()
