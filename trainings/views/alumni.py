"""Alumni among themselves: the list, one's own line in it, letters, calls, the trainers' pack."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rtcm.accounts.consents import TEXTS
from rtcm.accounts.models import Consent, Person
from trainings import alumni
from trainings.alumni_forms import AlumniFilter, AnswerForm, LetterForm, ListingForm
from trainings.models import (
    AlumniProfile,
    Application,
    Call,
    Certificate,
    SessionMaterial,
)

PER_PAGE = 30
View = Callable[..., HttpResponse]


def alumni_only(view: View) -> View:
    """Others are told whom these pages are for."""

    @wraps(view)
    def asked(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not alumni.took_part(_person(request)):
            return render(request, "trainings/alumni_refused.html", status=403)
        return view(request, **rest)

    return never_cache(login_required(asked))


def _person(request: HttpRequest) -> Any:
    return getattr(request.user, "person", None)


@alumni_only
@require_safe
def alumni_list(request: HttpRequest) -> HttpResponse:
    form = AlumniFilter(request.GET)
    attended = Application.objects.filter(state=Application.State.ATTENDED)
    trainings = attended.select_related("training").order_by("-training__starts_on")
    found = form.apply(AlumniProfile.objects.listed()).select_related(
        "person__country", "person__institution"
    )
    known = Prefetch("person__applications", queryset=trainings, to_attr="attended")
    ordered = found.prefetch_related(known).order_by("person__name_sort", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "alumni": page.object_list,
        "calls": Call.objects.open().select_related("training"),
        "listed": alumni.is_listed(_person(request)),
    }
    return render(request, "trainings/alumni_list.html", context)


@alumni_only
@require_http_methods(["GET", "HEAD", "POST"])
def my_listing(request: HttpRequest) -> HttpResponse:
    """Joining the list, choosing what to show, leaving it."""
    person = _person(request)
    if request.method == "POST" and "leave" in request.POST:
        alumni.leave(person)
        messages.success(request, _("You are no longer in the list of alumni."))
        return redirect("trainings:my_listing")
    profile = AlumniProfile.objects.filter(person=person).first()
    first = {"shows": profile.shows, "about": profile.about} if profile else {}
    form = ListingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and _joined(request, person, form):
        return redirect("trainings:my_listing")
    context = {
        "form": form,
        "listed": alumni.is_listed(person),
        "words": TEXTS[Consent.Purpose.ALUMNI].words,
    }
    status = 422 if form.errors else 200
    return render(request, "trainings/my_listing.html", context, status=status)


def _joined(request: HttpRequest, person: Person, form: ListingForm) -> bool:
    try:
        alumni.join(person, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("You are in the list of alumni."))
    return True


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter passed on by the centre; 404 unless one may write to this person."""
    sender = _person(request)
    recipient = get_object_or_404(Person, pk=pk)
    if sender is None or not alumni.may_write(sender, recipient):
        raise Http404
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            alumni.write(sender, recipient, form.cleaned_data["text"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your letter is on its way to %(name)s.") % _named(pk))
            return redirect("trainings:alumni_list" if alumni.took_part(sender) else "portal:me")
    context = {"form": form, "recipient": recipient}
    status = 422 if form.errors else 200
    return render(request, "trainings/write_to.html", context, status=status)


def _named(pk: int) -> dict[str, str]:
    return {"name": Person.objects.values_list("full_name", flat=True).get(pk=pk)}


@alumni_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One call for trainers and one's own answer to it."""
    call = get_object_or_404(Call.objects.select_related("training"), pk=pk)
    own = call.answers.filter(person=_person(request)).first()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            alumni.answer(call, _person(request), form.cleaned_data["text"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Thank you. The centre has your answer."))
            return redirect("trainings:call_page", pk=call.pk)
    context = {"call": call, "own": own, "form": form}
    status = 422 if form.errors else 200
    return render(request, "trainings/call_page.html", context, status=status)


@never_cache
@login_required
@require_safe
def trainers_pack(request: HttpRequest) -> HttpResponse:
    """Materials for certified trainers, training by training."""
    own = Certificate.objects.belonging_to(request.user).filter(
        tier=Certificate.Tier.TRAINER, state=Certificate.State.VALID
    )
    trainings = own.values("application__training")
    materials = SessionMaterial.objects.filter(
        visibility=SessionMaterial.Visibility.TRAINERS, session__training__in=trainings
    ).select_related("item", "session__training")
    context = {
        "materials": materials.order_by("-session__training__starts_on", "session__on", "pk"),
        "certified": own.exists(),
    }
    return render(request, "trainings/trainers_pack.html", context)
