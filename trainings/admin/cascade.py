"""The door "cascade": checking roll-outs, mentors of graduates, and the whole tree."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from experts.models import Expert
from rtcm.accounts.models import Person
from trainings import cascade, rolling_out
from trainings.admin import doors
from trainings.forms import reason_in
from trainings.models import AlumniProfile, Mentorship, RollOut, Training


def cascade_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training = get_object_or_404(Training, pk=training_id)
    if request.method == "POST":
        _do(request, training)
        return redirect(request.path)
    found = cascade.roll_outs_below(training)
    context = {
        **site.each_context(request),
        "title": _("Cascade: %(title)s") % {"title": training.title},
        "training": training,
        "logs": _logs(training),
        "graduates": _graduates(training),
        "mentors": possible_mentors(),
        "tree": cascade.tree(training, found, names=True),
        "splits": [_labelled(*split) for split in cascade.splits(found)],
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/cascade.html", context)


def _logs(training: Training) -> Any:
    rows = RollOut.objects.filter(training__rolled_out_from=training)
    logs = rows.exclude(state=RollOut.State.CHECKED).select_related("training__country", "held_by")
    return logs.prefetch_related("training__reached_groups", "training__modules").order_by("pk")


def _labelled(names: Any, cells: dict[str, int]) -> list[tuple[Any, int]]:
    return [(names(key).label, persons) for key, persons in cells.items() if persons]


def _graduates(training: Training) -> list[dict[str, Any]]:
    mentors = dict(
        Mentorship.objects.filter(training=training).values_list("graduate", "mentor__full_name")
    )
    people = rolling_out.graduates_of(training).select_related("country")
    return [{"person": person, "mentor": mentors.get(person.pk, "")} for person in people]


def possible_mentors() -> Any:
    """Experts of the Network and alumni who are listed."""
    experts = Expert.objects.published().values("person")
    alumni = AlumniProfile.objects.listed().values("person")
    return Person.objects.filter(Q(pk__in=experts) | Q(pk__in=alumni)).order_by("name_sort", "pk")


def _do(request: HttpRequest, training: Training) -> None:
    deeds = {"check": _check, "return": _return, "mentor": _mentor}
    doors.do(request, deeds, training)


def _log(request: HttpRequest, training: Training) -> RollOut:
    rows = RollOut.objects.filter(training__rolled_out_from=training)
    return get_object_or_404(rows, pk=_number(request, "roll_out"))


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _check(request: HttpRequest, training: Training) -> str:
    rolling_out.check(_log(request, training), by=request.user)
    return _("The roll-out is checked: it is public and counts.")


def _return(request: HttpRequest, training: Training) -> str:
    reason = reason_in(request.POST, 1_000)
    rolling_out.give_back(_log(request, training), by=request.user, reason=reason)
    return _("The roll-out is returned with your question.")


def _mentor(request: HttpRequest, training: Training) -> str:
    graduate = get_object_or_404(Person, pk=_number(request, "graduate"))
    mentor = possible_mentors().filter(pk=_number(request, "mentor")).first()
    if mentor is None:
        raise ValidationError(_("Choose a mentor from the list."))
    rolling_out.assign_mentor(training, graduate, mentor, by=request.user)
    return _("%(mentor)s is now the mentor of %(graduate)s; both get a letter.") % {
        "mentor": mentor.full_name,
        "graduate": graduate.full_name,
    }
