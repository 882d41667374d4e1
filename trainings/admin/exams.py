"""Tests of one training on the desk: results and gain, planning, questions, the poster."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from curriculum.models import Module
from rtcm import spreadsheets
from rtcm.accounts.models import record_reads
from trainings import gain, testing
from trainings.models import BankQuestion, Test, Training
from trainings.qr import svg

MOMENT = "%Y-%m-%dT%H:%M"


class TestForm(forms.ModelForm):
    class Meta:
        model = Test
        fields = [
            "moment",
            "module",
            "opens_at",
            "closes_at",
            "minutes",
            "attempts",
            "pass_percent",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modules: Any = self.fields["module"]
        modules.queryset = self.instance.training.modules.order_by("code")
        for name in ("opens_at", "closes_at"):
            picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
            self.fields[name].widget = picker

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        same = Test.objects.filter(
            training=self.instance.training,
            moment=cleaned.get("moment"),
            module=cleaned.get("module"),
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This training has such a test already."))
        return cleaned


def tests(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """What people knew before and after; POST plans one more test."""
    training = get_object_or_404(Training, pk=training_id)
    form = TestForm(request.POST or None, instance=Test(training=training))
    status = 200
    if request.method == "POST":
        _only_planners(request)
        if form.is_valid():
            made = form.save()
            messages.success(request, _("The test is planned. Choose its questions now."))
            return redirect("admin:trainings_training_test", training.pk, made.pk)
        status = 422
    context = {
        **site.each_context(request),
        "title": _("Tests: %(title)s") % {"title": training.title},
        "training": training,
        "tests": _with_counts(training),
        "form": form,
        "may_plan": request.user.has_perm("trainings.change_test"),
        "opts": Training._meta,
        **_found(request, training),
    }
    return render(request, "admin/trainings/tests.html", context, status=status)


def _only_planners(request: HttpRequest) -> None:
    if not request.user.has_perm("trainings.change_test"):
        raise PermissionDenied


def _with_counts(training: Training) -> Any:
    return training.tests.select_related("module").annotate(
        asked=Count("placed_questions", distinct=True),
        taken=Count(
            "all_attempts", filter=Q(all_attempts__submitted_at__isnull=False), distinct=True
        ),
    )


def _found(request: HttpRequest, training: Training) -> dict[str, Any]:
    people = gain.sheets(training)
    record_reads(request.user, [row.application.person for row in people], "results of tests")
    order = list(training.tests.select_related("module"))
    by_module = gain.gain_by_module(people)
    modules = Module.objects.in_bulk(list(by_module))
    difficulties = gain.difficulties(training)
    return {
        "columns": order,
        "people": [(row, [row.attempts.get(test.pk) for test in order]) for row in people],
        "gain": gain.gain_of(people),
        "gains": [(modules[pk], found) for pk, found in by_module.items()],
        "difficulties": [(test, difficulties[test.pk]) for test in order if difficulties[test.pk]],
    }


def export(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """Results by person, as a table to download."""
    training = get_object_or_404(Training, pk=training_id)
    kind = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    found = _found(request, training)
    per_test = [str(test) for test in found["columns"]]
    headers = [_("Name"), *per_test, _("Gain, percentage points")]
    rows = [
        [
            sheet.application.person.full_name,
            *(attempt.percent if attempt else None for attempt in attempts),
            None if sheet.gain is None else round(sheet.gain, 1),
        ]
        for sheet, attempts in found["people"]
    ]
    return spreadsheets.answer(f"tests-{training.slug}", headers, rows, kind)


def _test(training_id: int, test_id: int) -> Test:
    found = Test.objects.select_related("training", "module")
    return get_object_or_404(found, pk=test_id, training_id=training_id)


def test(request: HttpRequest, site: Any, training_id: int, test_id: int) -> HttpResponse:
    """One test: its times and limits, its questions; POST changes one of the two, or drops it."""
    exam = _test(training_id, test_id)
    form = TestForm(instance=exam)
    status = 200
    if request.method == "POST":
        deed = {"questions": _choose, "drop": _drop}.get(request.POST.get("verb", ""))
        if deed:
            return deed(request, exam)
        form = TestForm(request.POST, instance=exam)
        if form.is_valid():
            form.save()
            messages.success(request, _("The test is changed."))
            return redirect(request.path)
        status = 422
        exam = _test(training_id, test_id)
    context = {
        **site.each_context(request),
        "title": f"{exam}: {exam.training.title}",
        "training": exam.training,
        "exam": exam,
        "form": form,
        "questions": _offered(exam),
        "begun": exam.all_attempts.exists(),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/test.html", context, status=status)


def _offered(exam: Test) -> list[dict[str, Any]]:
    """Questions of the training's modules and those already in the test, with their places."""
    places = dict(exam.placed_questions.values_list("question_id", "position"))
    modules = [exam.module_id] if exam.module_id else exam.training.modules.values("pk")
    wanted = Q(module__in=modules, is_retired=False) | Q(pk__in=places)
    rows = BankQuestion.objects.filter(wanted).select_related("module").order_by("module", "pk")
    return [{"question": row, "position": places.get(row.pk, "")} for row in rows]


def _choose(request: HttpRequest, exam: Test) -> HttpResponse:
    """Reads fields named position-<question>; an empty one leaves the question out."""
    typed = {
        name.removeprefix("position-"): value.strip()
        for name, value in request.POST.items()
        if name.startswith("position-") and isinstance(value, str)
    }
    wished = {
        int(pk): min(int(place), 999)
        for pk, place in typed.items()
        if pk.isdecimal() and place.isdecimal() and len(pk) < 18 and len(place) < 9
    }
    try:
        testing.choose(exam, wished)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The questions are stored."))
    return redirect(request.path)


def _drop(request: HttpRequest, exam: Test) -> HttpResponse:
    try:
        testing.drop(exam)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    messages.success(request, _("The test is gone."))
    return redirect("admin:trainings_training_tests", exam.training_id)


def poster(request: HttpRequest, site: Any, training_id: int, test_id: int) -> HttpResponse:
    """The QR code for the wall or the projector; it leads to the reader's own language."""
    exam = _test(training_id, test_id)
    address = f"{settings.SITE_ORIGIN}/tests/{exam.token}/"
    context = {
        **site.each_context(request),
        "title": f"{exam}: {exam.training.title}",
        "training": exam.training,
        "exam": exam,
        "address": address,
        "qr": svg(address),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/test_poster.html", context)
