"""The nomination desk: a focal point's trainings, and the list of nominees for one of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.forms import formset_factory
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rtcm import spreadsheets, uploads
from rtcm.accounts.models import FocalPoint
from trainings import nomination_sheet as sheet
from trainings import nominations
from trainings.models import HandOver, Nomination, NominationLetter, Training
from trainings.nomination_forms import LetterForm, NomineeForm, TableForm
from trainings.nomination_quotas import shares

MOST_AT_ONCE = 10
OPEN = Q(nominations__state__in=Nomination.OPEN)
ARRIVED = Q(nominations__state__in=Nomination.ARRIVED)


@login_required
@require_safe
def nomination_desk(request: HttpRequest) -> HttpResponse:
    """The trainings to nominate for; for everybody else, what this is and whom to ask."""
    mandates = list(nominations.mandates(request.user))
    if not mandates:
        return render(request, "trainings/nominations/about.html")
    waiting = HandOver.objects.filter(focal_point__in=mandates, state=HandOver.State.OPEN)
    leaving = {hand_over.focal_point_id: hand_over for hand_over in waiting}
    open_now = {training.pk for training in nominations.nominable()}
    desks = [
        {
            "mandate": mandate,
            "trainings": _trainings(mandate, open_now),
            "hand_over": leaving.get(mandate.pk),
        }
        for mandate in mandates
    ]
    context = {"desks": desks, "open_now": open_now}
    return render(request, "trainings/nominations/desk.html", context)


def _trainings(mandate: FocalPoint, open_now: set[int]) -> Any:
    """Open for nomination, or with nominees of this mandate and not over yet."""
    own = Q(nominations__focal_point=mandate)
    theirs = Nomination.objects.filter(focal_point=mandate).values("training")
    return (
        Training.objects.published()
        .upcoming()
        .filter(Q(pk__in=open_now) | Q(pk__in=theirs))
        .annotate(
            in_hand=Count("nominations", filter=own & OPEN),
            arrived=Count("nominations", filter=own & ARRIVED),
        )
    )


def place(request: HttpRequest, mandate_id: int, slug: str) -> tuple[FocalPoint, Training]:
    """The mandate this user holds and a training they may nominate for, or 404."""
    mandate = get_object_or_404(nominations.mandates(request.user), pk=mandate_id)
    theirs = Nomination.objects.filter(focal_point=mandate).values("training")
    routes = (Training.Route.NOMINATION, Training.Route.SELECTION)
    open_to_all = Training.objects.published().filter(is_historic=False)
    reachable = open_to_all.filter(Q(route__in=routes) | Q(pk__in=theirs))
    return mandate, get_object_or_404(reachable, slug=slug)


@login_required
@require_safe
def nomination_list(request: HttpRequest, mandate_id: int, slug: str) -> HttpResponse:
    mandate, training = place(request, mandate_id, slug)
    return _show(request, mandate, training, LetterForm())


def _show(
    request: HttpRequest, mandate: FocalPoint, training: Training, form: Any, status: int = 200
) -> HttpResponse:
    rows = list(training.nominations.within(mandate).for_lists())
    own = [row for row in rows if row.focal_point_id == mandate.pk]
    alive = [row for row in own if not row.has_ended]
    context = {
        "mandate": mandate,
        "training": training,
        "closed": training.why_closed(),
        "nominations": alive,
        "ended": [row for row in own if row.has_ended],
        "others": [row for row in rows if row not in own and row.state != Nomination.State.DRAFT],
        "ready": sum(row.is_open for row in alive),
        "shares": shares(training, mandate),
        "letters": training.nomination_letters.filter(focal_point=mandate),
        "form": form,
    }
    return render(request, "trainings/nominations/list.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, mandate_id: int, slug: str) -> HttpResponse:
    """One nominee, or several rows at once; empty rows are passed over."""
    mandate, training = place(request, mandate_id, slug)
    forms = _rows(request)(
        request.POST or None, form_kwargs={"focal_point": mandate, "training": training}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if forms.is_valid() and _added(request, mandate, training, _said(forms), forms):
            return redirect("trainings:nomination_list", mandate.pk, training.slug)
    context = {"mandate": mandate, "training": training, "forms": forms}
    context["closed"] = training.why_closed()
    return render(request, "trainings/nominations/nominate.html", context, status=status)


def _rows(request: HttpRequest) -> Any:
    asked = request.GET.get("rows", "")
    rows = min(MOST_AT_ONCE, int(asked)) if asked.isdecimal() and asked != "0" else 1
    return formset_factory(
        NomineeForm,
        extra=rows,
        min_num=0,
        max_num=MOST_AT_ONCE,
        absolute_max=MOST_AT_ONCE,
        validate_max=True,
    )


def _said(forms: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in forms if form.has_changed()]


def _added(
    request: HttpRequest,
    mandate: FocalPoint,
    training: Training,
    nominees: list[dict[str, Any]],
    forms: Any = None,
) -> bool:
    """Adds them all and says so, or shows the refusal and adds nobody."""
    try:
        if not nominees:
            raise ValidationError(_("Please write at least one name."))
        added = nominations.add(training, mandate, nominees, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    said = ngettext(
        "%(n)s nominee is on your list. Nothing is sent yet.",
        "%(n)s nominees are on your list. Nothing is sent yet.",
        len(added),
    )
    messages.success(request, said % {"n": len(added)})
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, mandate_id: int, slug: str) -> HttpResponse:
    """A table, read and shown; only the confirmed preview is added to the list."""
    mandate, training = place(request, mandate_id, slug)
    if "rows" in request.POST:
        return _confirm(request, mandate, training)
    form = TableForm(request.POST or None, request.FILES or None)
    nominees: list[sheet.Nominee] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            nominees = _read(form, mandate, training)
            status = 422 if form.errors or any(row.errors for row in nominees) else 200
    wrong = [nominee for nominee in nominees if nominee.errors]
    context = {
        "mandate": mandate,
        "training": training,
        "form": form,
        "nominees": nominees,
        "wrong": wrong,
        "rows": "" if wrong or not nominees else sheet.pack(nominees),
        "closed": training.why_closed(),
        "columns": [str(names[0]) for names in sheet.columns(mandate).values()],
    }
    return render(request, "trainings/nominations/upload.html", context, status=status)


def _read(form: TableForm, mandate: FocalPoint, training: Training) -> list[sheet.Nominee]:
    try:
        return sheet.read(form.cleaned_data["table"], training, mandate)
    except ValidationError as refusal:
        form.add_error("table", refusal)
        return []


def _confirm(request: HttpRequest, mandate: FocalPoint, training: Training) -> HttpResponse:
    """Rows that changed their standing since the preview are refused, and so are all."""
    back = redirect("trainings:nomination_upload", mandate.pk, training.slug)
    try:
        nominees = sheet.unpack(request.POST["rows"], training, mandate)
    except signing.BadSignature:
        messages.error(request, _("This preview is too old. Please upload the table again."))
        return back
    wrong = [f"{nominee.number}: {' '.join(nominee.errors)}" for nominee in nominees]
    if any(nominee.errors for nominee in nominees):
        messages.error(request, " ".join(wrong))
        return back
    if _added(request, mandate, training, [nominee.values for nominee in nominees]):
        return redirect("trainings:nomination_list", mandate.pk, training.slug)
    return back


@login_required
@require_safe
def template(request: HttpRequest, mandate_id: int, kind: str) -> HttpResponse:
    """An empty table with the right headings and one line to show how it is filled in."""
    mandate = get_object_or_404(nominations.mandates(request.user), pk=mandate_id)
    if kind not in ("xlsx", "csv"):
        raise Http404
    example = {
        "full_name": _("Aysel Məmmədova (delete this line)"),
        "email": "aysel@example.org",
        "post": _("Senior specialist"),
        "sex": _("woman"),
        "understands": "az, en",
        "note": "",
        "institution": "",
    }
    names = sheet.columns(mandate)
    headers = [str(known[0]) for known in names.values()]
    rows = [[example[key] for key in names]]
    return spreadsheets.answer(f"nominees.{kind}", headers, rows, kind=kind)


def tell(request: HttpRequest, deed: Callable[[], Any], said: str) -> bool:
    """Runs one verb; a refusal is shown as it is."""
    try:
        deed()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, said)
    return True


@login_required
def attach_letter(request: HttpRequest, mandate_id: int, slug: str) -> HttpResponse:
    mandate, training = place(request, mandate_id, slug)
    if request.method != "POST":
        return redirect("trainings:nomination_list", mandate.pk, training.slug)
    form = LetterForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["letter"]
        try:
            file, name = uploads.checked(sent), uploads.plain_name(sent.name)
            nominations.attach(training, mandate, file, name=name, by=request.user)
        except ValidationError as refusal:
            form.add_error("letter", refusal)
    if form.errors:
        return _show(request, mandate, training, form, status=422)
    messages.success(request, _("The signed letter is attached."))
    return redirect("trainings:nomination_list", mandate.pk, training.slug)


@login_required
def send(request: HttpRequest, mandate_id: int, slug: str) -> HttpResponse:
    mandate, training = place(request, mandate_id, slug)
    if request.method == "POST":
        tell(
            request,
            lambda: nominations.send(training, mandate, by=request.user),
            _("Your nominations are sent to the centre. The nominees get a letter."),
        )
    return redirect("trainings:nomination_list", mandate.pk, training.slug)


@login_required
@require_safe
def letter_file(request: HttpRequest, pk: int) -> FileResponse:
    """For the focal points whose nominations rest on it, and for those who decide on them."""
    letters = NominationLetter.objects.select_related("training")
    if not request.user.has_perm("trainings.select_applicants"):
        letters = letters.filter(focal_point__in=nominations.mandates(request.user))
    letter = get_object_or_404(letters, pk=pk)
    return uploads.answer(letter.file, letter.name)
