"""Evaluations of one training on the desk: open, close, own questions, and what was found."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rtcm import spreadsheets
from rtcm.accounts.models import record_reads
from trainings import surveys
from trainings.admin import doors
from trainings.models import SupervisorAnswer, Survey, SurveyQuestion, Training
from trainings.survey_questions import FIXED, asked
from trainings.survey_results import Results, results


class QuestionForm(forms.ModelForm):
    class Meta:
        model = SurveyQuestion
        fields = ["kind", "text_en", "text_az", "text_ru"]


def evaluation(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """The three evaluations of a training; POST opens, closes or changes the questions of one."""
    training = get_object_or_404(Training, pk=training_id)
    form = QuestionForm()
    status = 200
    if request.method == "POST":
        if not request.user.has_perm("trainings.change_survey"):
            raise PermissionDenied
        kind = _kind(request)
        if request.POST.get("verb") != "add":
            return _do(request, training, kind)
        form = QuestionForm(request.POST)
        if form.is_valid():
            return _add(request, training, kind, form)
        status = 422
    context = {
        **site.each_context(request),
        "title": _("Evaluation: %(title)s") % {"title": training.title},
        "training": training,
        "parts": _parts(request, training),
        "form": form,
        "wrong_kind": request.POST.get("kind_of_survey", "") if status == 422 else "",
        "may_change": request.user.has_perm("trainings.change_survey"),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/evaluation.html", context, status=status)


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind_of_survey", "")
    if kind not in Survey.Kind.values:
        raise Http404
    return kind


def _do(request: HttpRequest, training: Training, kind: str) -> HttpResponse:
    deeds = {"open": _open, "close": _close, "drop": _drop}
    doors.do(request, deeds, training, kind)
    return redirect(request.path)


def _open(request: HttpRequest, training: Training, kind: str) -> str:
    surveys.open_now(training, kind)
    return _("The evaluation is open; everybody gets a letter with a link of their own.")


def _close(request: HttpRequest, training: Training, kind: str) -> str:
    surveys.close_now(get_object_or_404(training.surveys, kind=kind))
    return _("The evaluation is closed.")


def _drop(request: HttpRequest, training: Training, kind: str) -> str:
    typed = request.POST.get("question", "")
    own = SurveyQuestion.objects.filter(survey__training=training, survey__kind=kind)
    surveys.drop_question(get_object_or_404(own, pk=typed if typed.isdecimal() else 0))
    return _("The question is removed.")


def _add(request: HttpRequest, training: Training, kind: str, form: QuestionForm) -> HttpResponse:
    try:
        surveys.add_question(training, kind, form.save(commit=False))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The question is added."))
    return redirect(request.path)


def _parts(request: HttpRequest, training: Training) -> list[dict[str, Any]]:
    known = {survey.kind: survey for survey in training.surveys.all()}
    parts = []
    for kind in Survey.Kind:
        survey = known.get(kind)
        opened = survey if survey and survey.opened_at else None
        parts.append(
            {
                "kind": kind,
                "survey": survey,
                "opened": opened,
                "fixed": FIXED[kind],
                "own": list(survey.own_questions.all()) if survey else [],
                "results": results(opened) if opened else None,
                "people": surveys.people_asked(training, kind).count() if not opened else 0,
                "named": _named(request, opened) if opened and not opened.is_anonymous else [],
            }
        )
    return parts


def _named(request: HttpRequest, survey: Survey) -> list[dict[str, Any]]:
    """What each supervisor said, by name: these answers are not anonymous."""
    rows = SupervisorAnswer.objects.filter(guest__survey=survey).select_related(
        "guest__application__person"
    )
    questions = asked(survey)
    record_reads(
        request.user, [row.guest.application.person for row in rows], "answers of supervisors"
    )
    return [
        {
            "application": row.guest.application,
            "said": [
                (question.text, question.choices.get(value, value))
                for question in questions
                if (value := row.answers.get(question.key)) and value != "0"
            ],
        }
        for row in rows
    ]


def export(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """What the page shows and no more: counts and means, texts in random order."""
    training = get_object_or_404(Training, pk=training_id)
    opened = training.surveys.filter(opened_at__isnull=False)
    survey = get_object_or_404(opened, kind=request.GET.get("survey", ""))
    found = results(survey)
    kind = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    headers = [_("Question"), _("Answer"), _("Number"), _("Per cent"), _("Mean")]
    return spreadsheets.answer(f"{survey.kind}-{training.slug}", headers, _lines(found), kind)


def _lines(found: Results) -> list[list[Any]]:
    rows: list[list[Any]] = [[_("Asked"), "", found.asked], [_("Answered"), "", found.answered]]
    if found.why_hidden:
        return [*rows, [found.why_hidden]]
    for one in found.found:
        question = str(one.question.text)
        if one.hidden:
            rows.append([question, _("Fewer than five answers, so they stay hidden.")])
        rows += [[question, bar.label, bar.n, bar.percent, one.mean] for bar in one.bars]
        rows += [[question, text] for text in one.texts]
    return rows
