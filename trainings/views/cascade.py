"""The cascade: one's own roll-outs, and the public tree of a training of trainers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trainings import cascade, rolling_out
from trainings.models import RollOut, Training
from trainings.roll_out_form import RollOutForm, as_logged, fresh
from trainings.rolling_out import graduations_open_to


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_roll_outs(request: HttpRequest) -> HttpResponse:
    """What one logged, and the form to log another."""
    open_to_me = list(graduations_open_to(request.user).order_by("-pk"))
    if request.method == "POST" and open_to_me:
        return _take(request, RollOutForm(request.POST, graduations=open_to_me), open_to_me)
    person = getattr(request.user, "person", None)
    return _show(request, fresh(person, open_to_me) if open_to_me else None)


def _show(request: HttpRequest, form: RollOutForm | None, status: int = 200) -> HttpResponse:
    own = RollOut.objects.belonging_to(request.user).select_related("training", "held_by")
    context = {"form": form, "roll_outs": own[:200]}
    return render(request, "trainings/my_roll_outs.html", context, status=status)


def _take(request: HttpRequest, form: RollOutForm, _open: list[Any]) -> HttpResponse:
    if not form.is_valid():
        return _show(request, form, status=422)
    token = form.cleaned_data["token"]
    try:
        rolling_out.log(form.chosen, form.told, by=request.user, token=token)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show(request, form, status=409)
    messages.success(
        request, _("Thank you. Your roll-out is logged; it counts once the centre has checked it.")
    )
    return redirect("trainings:my_roll_outs")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct_roll_out(request: HttpRequest, pk: int) -> HttpResponse:
    own = RollOut.objects.belonging_to(request.user).select_related("training", "held_by")
    roll_out = get_object_or_404(own, pk=pk)
    if roll_out.state == RollOut.State.CHECKED:
        messages.info(request, _("The centre has checked this roll-out; write to us to change it."))
        return redirect("trainings:my_roll_outs")
    graduations = list(_graduation_of(roll_out))
    form = RollOutForm(
        request.POST or None, initial=as_logged(roll_out, graduations), graduations=graduations
    )
    del form.fields["graduation"]
    status = 200
    if request.method == "POST":
        if form.is_valid() and _corrected(request, roll_out, form):
            return redirect("trainings:my_roll_outs")
        status = 422
    context = {"form": form, "roll_out": roll_out}
    return render(request, "trainings/correct_roll_out.html", context, status=status)


def _graduation_of(roll_out: RollOut) -> Any:
    source = roll_out.training.rolled_out_from
    return rolling_out.graduations().filter(
        application__training=source, application__person=roll_out.held_by
    )


def _corrected(request: HttpRequest, roll_out: RollOut, form: RollOutForm) -> bool:
    try:
        rolling_out.correct(roll_out, form.told, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Your changes are saved; the centre will check them."))
    return True


@require_safe
def training_cascade(request: HttpRequest, slug: str) -> HttpResponse:
    """What grew out of one training, in numbers nobody can be recognised from."""
    visible = Training.objects.visible_to(request.user)
    training = get_object_or_404(visible, slug=slug)
    if training.kind == Training.Kind.ROLL_OUT:
        raise Http404
    found = cascade.roll_outs_below(training)
    context = {
        "training": training,
        "tree": cascade.tree(training, found, names=False),
        "sessions": len(found),
        "tables": [_table(*split) for split in cascade.splits(found)],
        "smallest": cascade.SMALLEST,
    }
    return render(request, "trainings/training_cascade.html", context)


def _table(names: Any, cells: dict[str, int]) -> list[tuple[Any, int | None]]:
    public = cascade.public_cells(cells)
    return [(names(key).label, public[key]) for key in public if cells[key]]
