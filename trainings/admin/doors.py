"""The rooms behind a training: every screen by task, its address and who may enter.

A door is one entry in trainings/admin/rooms.py; the overview lists those that its reader
may use, in this order. Nothing here decides anything: each screen calls verbs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse

from trainings.models import Training


@dataclass(frozen=True)
class Door:
    """One screen about one training, at `admin/trainings/training/<id>/<path>`.

    name: its address is `admin:trainings_training_<name>`; path: what follows the training's id
    (the name itself unless said); view: takes (request, site, training_id, **what the path holds);
    listed: whether the overview shows it (a screen below another one is reached from there).
    """

    name: str
    title: Any
    about: Any
    permission: str
    view: Callable[..., HttpResponseBase]
    path: str = ""
    listed: bool = True

    def open_to(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def address(self, site: Any) -> URLPattern:
        def enter(request: HttpRequest, training_id: int, **rest: Any) -> HttpResponseBase:
            if not self.open_to(request):
                raise PermissionDenied
            return self.view(request, site, training_id, **rest)

        return path(
            f"<int:training_id>/{self.path or self.name + '/'}",
            site.admin_view(enter),
            name=f"trainings_training_{self.name}",
        )


def do(request: HttpRequest, deeds: Mapping[str, Callable[..., str]], *about: Any) -> bool:
    """Whether the deed of the button that was pressed was done; its answer is said either way.

    A deed takes (request, *about), gives a sentence, and refuses with a ValidationError.
    """
    deed = deeds.get(request.POST.get("verb", ""))
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(request, *about))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    return True


def overview(request: HttpRequest, site: Any, training_id: int, doors: list[Door]) -> HttpResponse:
    """One training at a glance, and the doors its reader may use."""
    training = get_object_or_404(Training.objects.for_cards(), pk=training_id)
    context = {
        **site.each_context(request),
        "title": training.title,
        "training": training,
        "doors": [
            {
                "title": door.title,
                "about": door.about,
                "url": reverse(f"admin:trainings_training_{door.name}", args=[training.pk]),
            }
            for door in doors
            if door.listed and door.open_to(request)
        ],
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/overview.html", context)
