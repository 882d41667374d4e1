"""The form builder: the questions of one training, one question, and how applicants see them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rtcm import uploads
from rtcm.accounts.models import Person, record_read
from trainings import questions as asking
from trainings.admin.question_forms import ChoiceForms, QuestionForm
from trainings.forms import ApplicationForm
from trainings.models import Answer, Application, Question, Training
from trainings.usual import USUAL

COPIED_FROM = 50  # trainings offered to copy from, the newest


def questions(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """The list; POST adds, orders, takes away or copies."""
    training = get_object_or_404(Training, pk=training_id)
    if request.method == "POST":
        return _do(request, training)
    asked = list(Question.objects.for_form().filter(training=training))
    taken = {question.key for question in asked}
    others = Training.objects.filter(questions__isnull=False).exclude(pk=training.pk).distinct()
    context = {
        **site.each_context(request),
        "title": _("Application form: %(title)s") % {"title": training.title},
        "training": training,
        "questions": asked,
        "usual": [(key, it) for key, it in USUAL.items() if key not in taken],
        "kinds": Question.Kind.choices,
        "others": others.order_by("-starts_on")[:COPIED_FROM],
        "languages": settings.LANGUAGES,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/questions.html", context)


def _do(request: HttpRequest, training: Training) -> HttpResponse:
    try:
        answer = DEEDS.get(request.POST.get("verb", ""), _nothing)(request, training)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        answer = None
    return answer or redirect(request.path)


def _nothing(request: HttpRequest, _training: Training) -> None:
    messages.warning(request, _("Press one of the buttons."))


def _add_usual(request: HttpRequest, training: Training) -> None:
    question = asking.add_usual(training, request.POST.get("usual", ""))
    messages.success(request, _("Added: “%(question)s”.") % {"question": question.label})


def _add(request: HttpRequest, training: Training) -> HttpResponse:
    made = asking.add(
        training,
        kind=request.POST.get("kind", ""),
        label=request.POST.get("label", "").replace("\x00", ""),
    )
    return redirect("admin:trainings_training_question", training.pk, made.pk)


def _named(request: HttpRequest, training: Training) -> Question:
    named = request.POST.get("question", "")
    found = training.questions.filter(pk=int(named)).first() if named.isdecimal() else None
    if found is None:
        raise ValidationError(_("This question is no longer there."))
    return found


def _up(request: HttpRequest, training: Training) -> None:
    asking.move(_named(request, training), up=True)


def _down(request: HttpRequest, training: Training) -> None:
    asking.move(_named(request, training), up=False)


def _remove(request: HttpRequest, training: Training) -> None:
    asking.remove(_named(request, training))
    messages.success(request, _("The question is taken away."))


def _copy(request: HttpRequest, training: Training) -> None:
    named = request.POST.get("source", "")
    source = Training.objects.filter(pk=int(named)).first() if named.isdecimal() else None
    if source is None:
        raise ValidationError(_("Choose a training to copy from."))
    number = asking.copy_questions(source, training)
    said = ngettext("%(n)s question copied.", "%(n)s questions copied.", number)
    messages.success(request, said % {"n": number})


DEEDS: dict[str, Callable[[HttpRequest, Training], HttpResponse | None]] = {
    "usual": _add_usual,
    "add": _add,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "copy": _copy,
}


def question(request: HttpRequest, site: Any, training_id: int, question_id: int) -> HttpResponse:
    """One question in every language, with the answers it offers."""
    found = get_object_or_404(Question, pk=question_id, training=training_id)
    form = QuestionForm(request.POST or None, instance=found)
    choices = ChoiceForms(request.POST or None, instance=found, prefix="choices")
    status = 200
    if request.method == "POST":
        if form.is_valid() and choices.is_valid():
            with transaction.atomic():
                form.save()
                choices.save()
            messages.success(request, _("The question is stored."))
            return redirect("admin:trainings_training_questions", training_id)
        status = 422
    context = {
        **site.each_context(request),
        "title": _("Question: %(question)s") % {"question": found.label},
        "training": found.training,
        "form": form,
        "choices": choices,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/question.html", context, status=status)


def preview(request: HttpRequest, _site: Any, training_id: int) -> HttpResponse:
    """The form as applicants see it, in a language of choice; nothing can be sent from it."""
    training = get_object_or_404(Training, pk=training_id)
    chosen = request.GET.get("language", "")
    known = dict(settings.LANGUAGES)
    with translation.override(chosen if chosen in known else get_language()):
        context = {
            "training": training,
            "form": ApplicationForm(training, Person()),
            "back": reverse("admin:trainings_training_questions", args=[training.pk]),
        }
        return render(request, "trainings/apply_preview.html", context)


def answers(request: HttpRequest, site: Any, training_id: int, application_id: int) -> HttpResponse:
    """What one applicant answered; that somebody read it is recorded."""
    everything = Application.objects.select_related("person", "training", "guardian")
    application = get_object_or_404(everything, pk=application_id, training=training_id)
    record_read(request.user, application.person, "application: answers")
    read = application.answers.readable_by(request.user).for_reading()
    context = {
        **site.each_context(request),
        "title": _("Answers of %(name)s") % {"name": application.person},
        "training": application.training,
        "application": application,
        "answers": read,
        "hidden": application.answers.count() - len(read),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/answers.html", context)


def answer_file(request: HttpRequest, _site: Any, training_id: int, answer_id: int) -> FileResponse:
    everything = Answer.objects.readable_by(request.user).filter(application__training=training_id)
    answer = get_object_or_404(everything.select_related("application__person"), pk=answer_id)
    record_read(request.user, answer.application.person, "application: file")
    return uploads.answer(answer.file, str(answer.value))
