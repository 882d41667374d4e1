"""The door "certificate design": how the certificates of one training look, in which languages."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rtcm.accounts.models import Person
from trainings import certificate_choices, designs, look, previewing, wording
from trainings.admin import doors
from trainings.design_forms import language_choices
from trainings.models import Application, Certificate, CertificateDesign, Training

PAGE = 200


def design_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training = get_object_or_404(Training, pk=training_id)
    shown: dict[str, Any] = {}
    if request.method == "POST":
        if request.POST.get("verb") == "look":
            shown = _look_at(request, training)
        elif doors.do(request, {"choose": _choose, "person": _for_person}, training):
            return redirect(request.path)
    own = language_choices(_("each person's own"))
    rows = training.applications.seated().select_related("person")
    people = Paginator(rows.order_by("person__name_sort", "pk"), PAGE)
    context = {
        **site.each_context(request),
        "title": _("Design and languages of certificates: %(title)s") % {"title": training.title},
        "training": training,
        "designs": CertificateDesign.objects.exclude(tiers=None).order_by("name"),
        "languages": own,
        "exceptions": language_choices(_("as for everybody")),
        "chosen": {
            "design": request.POST.get("design", str(training.certificate_design_id or "")),
            "languages": request.POST.get("languages", "+".join(training.certificate_languages)),
        },
        "tiers": Certificate.Tier.choices,
        "page": people.get_page(request.GET.get("page", "")),
        "opts": Training._meta,
        "shown": shown,
    }
    return render(request, "admin/trainings/certificate_choice.html", context)


def _languages(value: str, choices: list[tuple[str, Any]]) -> list[str]:
    if value not in dict(choices):
        raise ValidationError(_("Choose one of the languages of the list."))
    return value.split("+") if value else []


def _design(request: HttpRequest) -> CertificateDesign | None:
    number = request.POST.get("design", "")
    if not number:
        return None
    chosen = CertificateDesign.objects.filter(pk=number[:18] if number.isdecimal() else 0).first()
    if chosen is None:
        raise ValidationError(_("This design does not exist."))
    return chosen


def _choose(request: HttpRequest, training: Training) -> str:
    certificate_choices.choose(
        training,
        design=_design(request),
        languages=_languages(request.POST.get("languages", ""), language_choices("")),
        by=request.user,
    )
    return _("Kept; certificates issued from now on follow it.")


def _for_person(request: HttpRequest, training: Training) -> str:
    number = request.POST.get("application", "")
    rows = training.applications.seated().select_related("person")
    row = rows.filter(pk=number[:18] if number.isdecimal() else 0).first()
    if row is None:
        raise ValidationError(_("This person has no confirmed seat in this training."))
    languages = _languages(request.POST.get("languages", ""), language_choices(""))
    certificate_choices.choose_languages_for(row, languages, by=request.user)
    return _("Kept for %(name)s.") % {"name": row.person}


def _look_at(request: HttpRequest, training: Training) -> dict[str, Any]:
    """With the names of this training's own people; nothing is kept."""
    tier = request.POST.get("tier", "")
    shown: dict[str, Any] = {"tier": tier if tier in wording.TIERS else wording.TIERS[0]}
    try:
        languages = _languages(request.POST.get("languages", ""), language_choices(""))
        training.certificate_design = _design(request)
        version = designs.version_for(training, shown["tier"])
        people = Person.objects.filter(applications__in=training.applications.seated())
        shown["sheets"] = previewing.sheets(
            look.of_version(version.pk) if version else look.own(),
            tier=shown["tier"],
            languages=languages or [_usual(training)],
            names=previewing.names_for(people, request.user),
            training=training,
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return shown


def _usual(training: Training) -> str:
    """A language that somebody here is written to in."""
    first: Application | None = training.applications.seated().order_by("pk").first()
    return first.language if first else certificate_choices.LANGUAGES[0]
