"""The signed-in person's start page: what I owe and what comes next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from experts.models import Expert
from rtcm.portal.export import everything_about
from trainings.models import Application, Certificate
from trainings.nominations import mandates


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    own = Application.objects.belonging_to(request.user).select_related("training__country")
    context = {
        "offers": own.filter(state=Application.State.OFFERED),
        "applications": own.live().next_first()[:10],
        "certificates": Certificate.objects.belonging_to(request.user)[:3],
        "expert": _own_expert(request.user),
        "nominates": mandates(request.user).exists(),
    }
    return render(request, "portal/me.html", context)


def _own_expert(user: Any) -> Expert | None:
    return Expert.objects.filter(person__user=user).first()


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything the centre keeps about the person who asks, as a file."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise Http404
    answer = JsonResponse(
        everything_about(person), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer
