"""Typing in tests taken on paper: a grid of people and questions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm.accounts.models import record_reads
from trainings import marking, testing
from trainings.models import Application, BankQuestion, Test, Training

Answers = dict[str, Any]


def papers(request: HttpRequest, site: Any, training_id: int, test_id: int) -> HttpResponse:
    """Everybody with a seat, a field for each question; POST stores all rows or none."""
    found = Test.objects.select_related("training", "module")
    exam = get_object_or_404(found, pk=test_id, training_id=training_id)
    questions = testing.questions_of(exam)
    people = list(_people(exam))
    typed: dict[int, Answers] = {}
    status = 200
    if request.method == "POST":
        try:
            typed = _typed(request.POST, questions, people)
            stored = testing.enter_papers(
                exam, [(one, typed[one.pk]) for one in people if one.pk in typed], by=request.user
            )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            status = 422
        else:
            said = ngettext("%(n)s paper is stored.", "%(n)s papers are stored.", stored)
            messages.success(request, said % {"n": stored})
            return redirect(request.path)
    record_reads(request.user, [one.person for one in people], "answers to a test")
    context = {
        **site.each_context(request),
        "title": _("From paper: %(test)s") % {"test": exam},
        "training": exam.training,
        "exam": exam,
        "questions": questions,
        "rows": _rows(exam, questions, people, typed),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/test_papers.html", context, status=status)


def _people(exam: Test) -> Any:
    seated = exam.training.applications.filter(state__in=testing.TAKERS)
    return seated.select_related("person").order_by("person__name_sort", "pk")


def _typed(
    data: QueryDict, questions: list[BankQuestion], people: list[Application]
) -> dict[int, Answers]:
    """Fields are named p-<application>-<question>; refuses people without a seat here."""
    rows = {f"p-{one.pk}-": one.pk for one in people}
    names = [name for name in data if name.startswith("p-")]
    named = {name[: name.rfind("-") + 1] for name in names}
    if named - set(rows):
        raise ValidationError(
            _("Some of these people have no confirmed seat in this training."), code="stranger"
        )
    return {rows[prefix]: marking.read(questions, data, prefix) for prefix in named}


def _rows(
    exam: Test,
    questions: list[BankQuestion],
    people: list[Application],
    typed: dict[int, Answers],
) -> list[dict[str, Any]]:
    attempts = {one.application_id: one for one in exam.all_attempts.order_by("-number")}
    rows = []
    for person in people:
        attempt = attempts.get(person.pk)
        answers = typed.get(person.pk, attempt.answers if attempt else {})
        cells = [(question, answers.get(str(question.pk), "")) for question in questions]
        on_screen = bool(attempt and not attempt.on_paper)
        rows.append(
            {"application": person, "attempt": attempt, "on_screen": on_screen, "cells": cells}
        )
    return rows
