"""Taking a test: from the QR code in the room, with the code on one's badge, or signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rtcm.accounts.limits import allowed
from trainings import marking, testing
from trainings.models import Application, Attempt, Test
from trainings.personal_codes import application_of

AUTOSAVE = "autosave"  # the header by which static/js/testing.js names itself


def with_test(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Finds the test by its secret; one page for every address that leads to none."""

    @wraps(view)
    @never_cache
    def enter(request: HttpRequest, token: str) -> HttpResponse:
        found = Test.objects.select_related("training", "module").filter(token=token).first()
        if found is None:
            return render(request, "trainings/link_unknown.html", status=404)
        return view(request, found)

    return enter


def _taker(request: HttpRequest, test: Test) -> Application | None:
    """Whoever gave their code in this browser, else whoever is signed in."""
    people = test.training.applications.filter(state__in=testing.TAKERS).select_related("person")
    known = request.session.get(_key(test))
    if known:
        return people.filter(pk=known).first()
    if request.user.is_authenticated:
        return people.filter(person__user=request.user).first()
    return None


def _key(test: Test) -> str:
    return f"test-{test.pk}"


@with_test
@require_http_methods(["GET", "HEAD", "POST"])
def test_page(request: HttpRequest, test: Test) -> HttpResponse:
    """What this test is, and who is about to take it; POST says who by their personal code."""
    if request.method == "POST":
        return _recognise(request, test)
    return _door(request, test)


def _recognise(request: HttpRequest, test: Test) -> HttpResponse:
    if not allowed(request, "personal_code"):
        return render(request, "429.html", status=429)
    code = request.POST.get("code", "")[:40]
    application = application_of(code)
    if application is None or application.training_id != test.training_id:
        error = _("This code is not known here. It stands on your badge and on your joining page.")
        return _door(request, test, code=code, error=error, status=422)
    if application.state not in testing.TAKERS:
        error = _("This test is for people with a confirmed seat in its training.")
        return _door(request, test, code=code, error=error, status=422)
    request.session[_key(test)] = application.pk
    return redirect(test)


def _door(
    request: HttpRequest, test: Test, code: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    taker = _taker(request, test)
    attempts = list(taker.attempts.filter(test=test).order_by("number")) if taker else []
    context = {
        "test": test,
        "training": test.training,
        "taker": taker,
        "attempts": attempts,
        "open_attempt": next((one for one in attempts if not one.submitted_at), None),
        "attempts_left": max(0, test.attempts - len(attempts)),
        "questions": test.placed_questions.count(),
        "closed": test.why_closed(),
        "by_code": _key(test) in request.session,
        "code": code,
        "error": error,
    }
    return render(request, "trainings/test.html", context, status=status)


@with_test
def leave(request: HttpRequest, test: Test) -> HttpResponse:
    """On a tablet that goes from hand to hand: forget whose code was typed."""
    if request.method == "POST":
        request.session.pop(_key(test), None)
    return redirect(test)


@with_test
def begin(request: HttpRequest, test: Test) -> HttpResponse:
    taker = _taker(request, test)
    if request.method != "POST" or taker is None:
        return redirect(test)
    try:
        testing.begin(test, taker)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(test)
    return redirect("trainings:test_questions", test.token)


@with_test
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, test: Test) -> HttpResponse:
    """The questions; POST saves what is typed so far, or hands in."""
    taker = _taker(request, test)
    attempt = taker.attempts.filter(test=test, submitted_at=None).first() if taker else None
    if attempt is None:
        return _no_attempt(request, test)
    attempt.test = test
    asked = testing.questions_of(test)
    if request.method != "POST":
        return _ask(request, attempt, asked, attempt.answers)
    try:
        answers = marking.read(asked, request.POST)
        return _take(request, attempt, answers)
    except ValidationError as refusal:
        if refusal.code == "late":  # nothing more can be saved, so what was saved is handed in
            return _take(request, attempt, {}, verb="hand_in")
        messages.error(request, " ".join(refusal.messages))
        return _ask(request, attempt, asked, attempt.answers, status=409)


def _no_attempt(request: HttpRequest, test: Test) -> HttpResponse:
    """Handed in already, perhaps in another window; or not begun."""
    if AUTOSAVE in request.headers:
        return HttpResponse(status=409)
    return redirect(test)


def _take(
    request: HttpRequest, attempt: Attempt, answers: dict[str, Any], verb: str = ""
) -> HttpResponse:
    test = attempt.test
    if (verb or request.POST.get("verb")) != "hand_in":
        testing.save(attempt, answers)
        if AUTOSAVE in request.headers:
            return HttpResponse(status=204)
        messages.success(request, _("Your answers are saved. You have not handed in yet."))
        return redirect("trainings:test_questions", test.token)
    if testing.hand_in(attempt, answers):
        messages.success(request, _("Your test is handed in."))
    else:
        messages.warning(
            request, _("The time was over. Your answers count as they were saved before.")
        )
    return redirect("trainings:test_result", test.token)


def _ask(
    request: HttpRequest,
    attempt: Attempt,
    asked: list[Any],
    answers: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {
        "test": attempt.test,
        "training": attempt.test.training,
        "attempt": attempt,
        "rows": [{"question": one, "answer": answers.get(str(one.pk), "")} for one in asked],
    }
    return render(request, "trainings/test_questions.html", context, status=status)


@with_test
@require_safe
def result(request: HttpRequest, test: Test) -> HttpResponse:
    """Points at once; what was right, and why, only after the test has closed for everybody."""
    taker = _taker(request, test)
    attempts = taker and list(
        taker.attempts.handed_in().filter(test=test).select_related("test").order_by("number")
    )
    if not attempts:
        return redirect(test)
    context = {
        "test": test,
        "training": test.training,
        "attempts": attempts,
        "rows": _explained(test, attempts[-1]) if test.has_closed else [],
    }
    return render(request, "trainings/test_result.html", context)


def _explained(test: Test, attempt: Attempt) -> list[dict[str, Any]]:
    return [
        {
            "question": question,
            "given": marking.in_words(question, attempt.answers.get(str(question.pk))),
            "right": marking.right_in_words(question),
            "points": attempt.marks.get(str(question.pk), 0),
        }
        for question in testing.questions_of(test)
    ]
