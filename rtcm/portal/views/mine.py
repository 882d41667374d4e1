"""The signed-in person's start page: what I owe and what comes next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.models import Expert
from trainings.models import Application, Certificate


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    own = Application.objects.belonging_to(request.user).select_related("training__country")
    context = {
        "offers": own.filter(state=Application.State.OFFERED),
        "applications": own.live().order_by("training__starts_on")[:10],
        "certificates": Certificate.objects.belonging_to(request.user)[:3],
        "expert": _own_expert(request.user),
    }
    return render(request, "portal/me.html", context)


def _own_expert(user: Any) -> Expert | None:
    return Expert.objects.filter(person__user=user).first()
