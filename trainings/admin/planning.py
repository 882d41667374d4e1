"""Planning a training on the desk: what is missing, the verbs, and who did what and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainings import copying, planning, readiness
from trainings.models import Training

Status = Training.Status


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason, as everybody concerned will read it"),
        required=False,
        max_length=1_000,
    )


class CancelForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class MoveForm(ReasonForm):
    starts_on = forms.DateField(
        label=_("New first day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ["starts_on", "reason"]


class CopyForm(forms.Form):
    starts_on = forms.DateField(
        label=_("First day of the new training"), widget=forms.DateInput(attrs={"type": "date"})
    )


@dataclass(frozen=True)
class Verb:
    name: str
    title: Any
    about: Any
    form: type[forms.Form]
    deed: Callable[..., Training]
    done: Any
    within: tuple[str, ...]
    grave: bool = False


VERBS = [
    Verb(
        "publish",
        _("Publish"),
        _("Everybody sees it from now on. Trainers get a letter; after a postponement, everybody."),
        ReasonForm,
        planning.publish,
        _("The training is published."),
        (Status.DRAFT, Status.POSTPONED),
    ),
    Verb(
        "move",
        _("Move to other days"),
        _("Sessions and deadlines move with it. Whoever has a seat is asked again."),
        MoveForm,
        planning.move,
        _("The training has moved; everybody concerned gets a letter."),
        (Status.PUBLISHED, Status.POSTPONED),
    ),
    Verb(
        "postpone",
        _("Postpone"),
        _("The new days are not known yet. Seats and offers stay as they are."),
        ReasonForm,
        planning.postpone,
        _("The training is postponed; everybody concerned gets a letter."),
        (Status.PUBLISHED,),
    ),
    Verb(
        "copy",
        _("Copy as a template"),
        _("A new draft with the same sessions, programme, materials, questions and quotas."),
        CopyForm,
        copying.copy,
        _("This is the copy: a draft that nobody sees yet."),
        tuple(Status.values),
    ),
    Verb(
        "cancel",
        _("Cancel"),
        _("It does not take place, and this cannot be taken back."),
        CancelForm,
        planning.cancel,
        _("The training is cancelled; everybody concerned gets a letter."),
        (Status.PUBLISHED, Status.POSTPONED),
        grave=True,
    ),
]


def plan(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training = get_object_or_404(Training, pk=training_id)
    bound: dict[str, forms.Form] = {}
    if request.method == "POST":
        verb = next((one for one in VERBS if one.name == request.POST.get("verb")), None)
        if verb is None:
            raise Http404
        form = verb.form(request.POST, auto_id=f"{verb.name}-%s")
        if answer := _act(request, training, verb, form):
            return answer
        bound = {verb.name: form}
        training.refresh_from_db()
    return _show(request, site, training, bound)


def _act(request: HttpRequest, training: Training, verb: Verb, form: Any) -> HttpResponse | None:
    """Does it and leads on; None where it was refused and the form says why."""
    if not request.user.has_perm("trainings.change_training"):
        raise PermissionDenied
    if not form.is_valid():
        return None
    try:
        planned = verb.deed(training, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, verb.done)
    return redirect("admin:trainings_training_planning", planned.pk)


def _show(request: HttpRequest, site: Any, training: Training, bound: Any) -> HttpResponse:
    may = request.user.has_perm("trainings.change_training")
    verbs = [
        {"verb": verb, "form": bound.get(verb.name) or verb.form(auto_id=f"{verb.name}-%s")}
        for verb in VERBS
        if may and (training.status in verb.within or verb.name in bound)
    ]
    context = {
        **site.each_context(request),
        "title": gettext("Planning: %(title)s") % {"title": training.title},
        "training": training,
        "checks": readiness.checks(training),
        "notes": readiness.clock_notes(training),
        "verbs": verbs,
        "steps": training.steps.select_related("by__person"),
        "opts": Training._meta,
    }
    status = 422 if bound else 200
    return render(request, "admin/trainings/planning.html", context, status=status)


def programme(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """All sessions with what happens in them; each is edited on a page of its own."""
    training = get_object_or_404(Training, pk=training_id)
    sessions = training.sessions.prefetch_related("programme", "materials__item")
    context = {
        **site.each_context(request),
        "title": gettext("Programme: %(title)s") % {"title": training.title},
        "training": training,
        "sessions": sessions,
        "may_change": request.user.has_perm("trainings.change_session"),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/programme.html", context)
