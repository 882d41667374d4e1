"""Quotas and personal invitations of one training on the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rtcm.accounts.models import Institution, record_reads
from trainings import invitations as inviting
from trainings import quotas as setting
from trainings.house import House
from trainings.invitations import LONGEST_DAYS
from trainings.models import Invitation, Quota, Training

MOST_QUOTAS = 60
NEW_ROWS = 3


class QuotaForm(forms.ModelForm):
    class Meta:
        model = Quota
        fields = ["bound", "number", "country", "institution", "institution_kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.fields["institution"]
        known.queryset = Institution.objects.standing().order_by("name")  # type: ignore[attr-defined]

    def validate_constraints(self) -> None:
        """The verb looks at all quotas together."""

    def has_changed(self) -> bool:
        """A new row counts once it says how many or whom."""
        return bool(set(self.changed_data) - {"bound"})


QuotaForms = forms.modelformset_factory(
    Quota, form=QuotaForm, extra=NEW_ROWS, can_delete=True, max_num=MOST_QUOTAS, validate_max=True
)


def quotas(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """All quotas of a training, changed together or not at all."""
    training = get_object_or_404(Training, pk=training_id)
    stored = training.quotas.select_related("country", "institution")
    forms_shown = QuotaForms(request.POST or None, queryset=stored)
    status = 200
    if request.method == "POST":
        status = _set(request, training, forms_shown)
        if status == 302:
            return redirect(request.path)
    house = House(training)
    context = {
        **site.each_context(request),
        "title": _("Quotas: %(title)s") % {"title": training.title},
        "training": training,
        "quotas": forms_shown,
        "taken": [(quota, house.taken(quota)) for quota in house.quotas],
        "house": house,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/quotas.html", context, status=status)


def _set(request: HttpRequest, training: Training, typed: Any) -> int:
    if not typed.is_valid():
        messages.error(request, _("Nothing was changed: please look at the fields in red."))
        return 422
    wanted = [
        form.instance
        for form in typed.forms
        if not form.cleaned_data.get("DELETE") and (form.instance.pk or form.has_changed())
    ]
    try:
        offered = setting.set_quotas(training, wanted)
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return 422
    messages.success(request, _("The quotas are stored."))
    if offered:
        said = ngettext(
            "%(n)s person of the waiting list was offered a seat.",
            "%(n)s people of the waiting list were offered a seat.",
            offered,
        )
        messages.success(request, said % {"n": offered})
    return 302


class InvitationForm(forms.Form):
    lines = forms.CharField(
        label=gettext_lazy("Whom to invite, one a line"),
        help_text=gettext_lazy("An address, or a name and the address: Name <name@example.org>"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=60_000,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Valid for how many days"),
        initial=14,
        min_value=1,
        max_value=LONGEST_DAYS,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES
    )


def invitations(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """Who is invited; POST invites more or takes one invitation back."""
    training = get_object_or_404(Training, pk=training_id)
    form = InvitationForm(initial={"language": settings.LANGUAGE_CODE})
    status = 200
    if request.method == "POST":
        if "revoke" in request.POST:
            return _revoke(request, training)
        form = InvitationForm(request.POST)
        if form.is_valid() and _invite(request, training, form):
            return redirect(request.path)
        status = 422
    invited = list(training.invitations.select_related("person")[:500])
    people = [invitation.person for invitation in invited if invitation.person]
    record_reads(request.user, people, "invitations")
    context = {
        **site.each_context(request),
        "title": _("Personal invitations: %(title)s") % {"title": training.title},
        "training": training,
        "form": form,
        "invitations": invited,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/invitations.html", context, status=status)


def _invite(request: HttpRequest, training: Training, form: InvitationForm) -> bool:
    try:
        made = inviting.invite(training, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error("lines", refusal)
        return False
    said = ngettext("%(n)s invitation written.", "%(n)s invitations written.", len(made))
    messages.success(request, said % {"n": len(made)})
    return True


def _revoke(request: HttpRequest, training: Training) -> HttpResponse:
    pk = request.POST["revoke"]
    known = training.invitations.filter(pk=int(pk) if pk.isascii() and pk.isdigit() else 0)
    invitation: Invitation = get_object_or_404(known)
    try:
        inviting.revoke(invitation)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = _("The invitation to %(who)s is taken back.") % {"who": invitation}
        messages.success(request, said)
    return redirect(request.path)
