from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rtcm.accounts.consents import TEXTS, current, decide
from rtcm.accounts.forms import DataRequestForm, ProfileForm
from rtcm.accounts.models import Consent, DataRequest, Person, User


class OwnRequest(HttpRequest):
    """Behind login_required the user is one of ours."""

    user: User


@never_cache
@login_required
def profile(request: OwnRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user.person)
    if request.method == "POST" and form.is_valid():
        form.save_for(request.user)
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@never_cache
@login_required
def privacy(request: OwnRequest) -> HttpResponse:
    return _privacy(request, DataRequestForm())


def _privacy(request: OwnRequest, form: DataRequestForm) -> HttpResponse:
    person = request.user.person
    decisions = current(person) if person else {}
    context = {
        "person": person,
        "purposes": [
            {
                "purpose": purpose,
                "label": purpose.label,
                "words": text.words,
                "consent": decisions.get(purpose),
            }
            for purpose, text in TEXTS.items()
        ],
        "history": list(person.consents.all()) if person else [],
        "data_requests": list(person.data_requests.all()) if person else [],
        "reads": person.reads.count() if person else 0,
        "form": form,
    }
    return render(request, "accounts/privacy.html", context)


@login_required
def consent(request: OwnRequest, purpose: str) -> HttpResponse:
    if purpose not in Consent.Purpose.values:
        raise Http404
    if request.method == "POST":
        decide(_person(request), purpose, given="given" in request.POST)
        messages.success(request, _("Your decision is recorded."))
    return redirect("accounts:privacy")


@login_required
def ask_erasure(request: OwnRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("accounts:privacy")
    form = DataRequestForm(request.POST)
    if not form.is_valid():
        return _privacy(request, form)
    if not DataRequest.objects.ask(_person(request), DataRequest.Kind.ERASE, form.cleaned_data):
        messages.info(request, _("You have asked for this already. A colleague will answer soon."))
        return redirect("accounts:privacy")
    messages.success(request, _("We have your request. A colleague will answer it soon."))
    return redirect("accounts:privacy")


def _person(request: OwnRequest) -> Person:
    """Some staff sign in without being anybody's participant."""
    if request.user.person is None:
        raise Http404
    return request.user.person
