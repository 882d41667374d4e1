"""The door "call": asking alumni to train, and choosing among those who answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rtcm.accounts.models import record_read
from trainings import alumni
from trainings.models import CallAnswer, Training


class CallForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is asked"),
        max_length=alumni.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Answers until"), widget=forms.DateInput(attrs={"type": "date"})
    )


def call_room(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training = get_object_or_404(Training, pk=training_id)
    form = CallForm(request.POST if request.POST.get("verb") == "call" else None)
    if request.method == "POST" and _done(request, training, form):
        return redirect(request.path)
    answers = CallAnswer.objects.filter(call__training=training).select_related("person", "call")
    for row in answers:
        record_read(request.user, row.person, "answer to a call for trainers")
    context = {
        **site.each_context(request),
        "title": _("Alumni as trainers: %(title)s") % {"title": training.title},
        "training": training,
        "calls": training.calls.all(),
        "answers": answers,
        "form": form,
        "opts": Training._meta,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/trainings/call.html", context, status=status)


def _done(request: HttpRequest, training: Training, form: CallForm) -> bool:
    if request.POST.get("verb") == "call":
        return form.is_valid() and _called(request, training, form)
    number = request.POST.get("answer", "")
    rows = CallAnswer.objects.filter(call__training=training)
    given = get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)
    try:
        alumni.settle(given, request.POST.get("verb", ""), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = _("%(name)s gets a letter.") % {"name": given.person.full_name}
        messages.success(request, said)
    return True


def _called(request: HttpRequest, training: Training, form: CallForm) -> bool:
    try:
        _call, asked = alumni.call_for_trainers(training, **form.cleaned_data, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    said = ngettext("%(n)s alumnus is asked.", "%(n)s alumni are asked.", asked)
    messages.success(request, said % {"n": asked})
    return True
