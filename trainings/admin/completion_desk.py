"""Doors after the last session: who has earned what, the report, sheets and badges."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trainings import certificates, completion, issuing, sheets
from trainings.admin import doors
from trainings.completion_forms import ReportForm, RuleForm
from trainings.forms import reason_in
from trainings.hours import hours_of, in_words
from trainings.models import (
    Application,
    CompletionOverride,
    CompletionRule,
    Training,
    TrainingReport,
)

PAGE = 200


def completion_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """The rule, and for everybody what is met and what is missing."""
    training = get_object_or_404(Training, pk=training_id)
    form = RuleForm(instance=completion.rule_of(training))
    status = 200
    if request.method == "POST":
        if request.POST.get("verb") == "rule":
            form = RuleForm(request.POST, instance=completion.rule_of(training))
        if _done(request, training, form):
            return redirect(request.path)
        status = 422
    context = {
        **site.each_context(request),
        "title": _("Completion: %(title)s") % {"title": training.title},
        "training": training,
        "form": form,
        "given": CompletionOverride.Given.choices,
        "opts": Training._meta,
        **_standing(training, request.GET.get("page", "")),
    }
    return render(request, "admin/trainings/completion.html", context, status=status)


def _standing(training: Training, page: str) -> dict[str, Any]:
    rule = completion.rule_of(training)
    people = completion.decided(training, rule).select_related("person")
    ordered = people.prefetch_related("certificates", "completion_overrides__by__person")
    shown = Paginator(ordered.order_by("person__name_sort", "pk"), PAGE).get_page(page)
    tiers = dict(CompletionOverride.Given.choices)
    rows = [_row(application, rule, training, tiers) for application in shown]
    return {"rows": rows, "page": shown, "rule": rule if rule.pk else None}


def _row(
    application: Any, rule: CompletionRule, training: Training, tiers: dict[str, Any]
) -> dict[str, Any]:
    present, whole = application.present, application.whole
    exceptions = list(application.completion_overrides.all())
    valid = [each for each in application.certificates.all() if each.state == "valid"]
    return {
        "application": application,
        "hours": in_words(hours_of(present, training.hours_kind), training.hours_kind),
        "percent": min(100, present * 100 // whole) if whole else None,
        "missing": completion.missing(application, rule),
        "earned": tiers[application.earned] if application.earned else "",
        "exception": exceptions[-1] if exceptions else None,
        "certificate": valid[0] if valid else None,
    }


def _done(request: HttpRequest, training: Training, form: RuleForm) -> bool:
    """Whether the deed was done; its answer is said either way."""
    deeds = {"rule": lambda *_about: _set_rule(form), "issue": issue, "override": _override}
    return doors.do(request, deeds, training)


def _set_rule(form: RuleForm) -> str:
    if not form.is_valid():
        raise ValidationError(_("The rule is not saved; please see below what is wrong."))
    form.save()
    return _("The rule is saved; everybody is judged by it from now on.")


def _override(request: HttpRequest, training: Training) -> str:
    number = request.POST.get("application", "")
    known = training.applications.select_related("person")
    application = known.filter(pk=number[:18]).first() if number.isdecimal() else None
    if application is None:
        raise ValidationError(_("This person has no confirmed seat in this training."))
    given = request.POST.get("given", "")
    reason = reason_in(request.POST, 1_000)
    completion.override(application, given=given, reason=reason, by=request.user)
    return _("The exception for %(name)s is kept with its reason.") % {"name": application.person}


def issue(request: HttpRequest, training: Training) -> str:
    if not request.user.has_perm("trainings.issue_certificate"):
        raise PermissionDenied
    issued = certificates.issue_all(training, by=request.user)
    if not issued and not training.applications.filter(state=Application.State.ATTENDED).exists():
        raise ValidationError(_("Nobody has attended yet: mark and close attendance first."))
    return ngettext(
        "%(n)s certificate issued; the letter follows when its document is made.",
        "%(n)s certificates issued; the letters follow when their documents are made.",
        issued,
    ) % {"n": issued}


def report_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """The end-of-training report: kept as a draft, then filed."""
    training = get_object_or_404(Training, pk=training_id)
    known = TrainingReport.objects.select_related("filed_by__person").filter(training=training)
    report = known.first() or TrainingReport(training=training)
    form = ReportForm(request.POST or None, instance=report)
    status = 200
    if request.method == "POST":
        if _written(request, form):
            return redirect(request.path)
        status = 422
    context = {
        **site.each_context(request),
        "title": _("End-of-training report: %(title)s") % {"title": training.title},
        "training": training,
        "report": report,
        "form": form,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/report.html", context, status=status)


def _written(request: HttpRequest, form: ReportForm) -> bool:
    """What was typed is kept even where filing is refused."""
    if not form.is_valid():
        return False
    report = form.save()
    try:
        if request.POST.get("verb") == "file":
            completion.file_report(report, by=request.user)
            messages.success(request, _("The report is filed."))
        else:
            messages.success(request, _("The report is saved."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        messages.info(request, _("What you wrote is saved."))
    return True


def papers_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """Orders sign-in sheets and badges; shows what was ordered lately."""
    training: Training = get_object_or_404(
        Training.objects.select_related("country"), pk=training_id
    )
    if request.method == "POST":
        try:
            return redirect(_ordered(request, training).get_absolute_url())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(request.path)
    context = {
        **site.each_context(request),
        "title": _("Sign-in sheets and badges: %(title)s") % {"title": training.title},
        "training": training,
        "days": sorted(set(training.sessions.values_list("on", flat=True))),
        "language": get_language(),
        "papers": training.papers.filter(kind__in=["sheet", "badges"])[:20],
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/papers.html", context)


def _ordered(request: HttpRequest, training: Training) -> Any:
    language = request.POST.get("language", "")
    if language not in issuing.LANGUAGES:
        language = get_language() or "en"
    if request.POST.get("verb") == "badges":
        return sheets.order_badges(training, language=language, by=request.user)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise ValidationError(_("No session is held on this day.")) from None
    return sheets.order_sheet(training, day, language=language, by=request.user)
