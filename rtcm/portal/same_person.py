"""The desk's question "Same person?": who may be one, both records side by side, one click."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rtcm.accounts.matching import judge, likely
from rtcm.accounts.models import Person
from rtcm.accounts.models.records import record_reads
from rtcm.portal import merging

WHAT = "compared with another record"
COMPARED = (
    "full_name",
    "certificate_name",
    "other_script_name",
    "sex",
    "birth_year",
    "country",
    "institution_label",
    "post",
    "language",
    "created_at",
)


def pairs(request: HttpRequest, site: Any) -> HttpResponse:
    """Everybody who may stand here twice."""
    _let_in(request)
    found = merging.possible()
    context = {"title": _("Same person?"), "pairs": found}
    return _page(request, site, "pairs.html", context)


def others(request: HttpRequest, site: Any, pk: int) -> HttpResponse:
    """Who else one person may be."""
    _let_in(request)
    person = get_object_or_404(Person, pk=pk)
    found = likely(person.full_name, country=person.country_id, limit=20)
    mine = [(person, suggestion) for suggestion in found if suggestion.person != person]
    return _page(request, site, "pairs.html", {"title": _("Same person?"), "pairs": mine})


def compare(request: HttpRequest, site: Any, pk: int, other_pk: int) -> HttpResponse:
    """Side by side; POST merges the second into the first, or says that they are two."""
    _let_in(request)
    person, other = get_object_or_404(_whole(), pk=pk), get_object_or_404(_whole(), pk=other_pk)
    if request.method == "POST" and _decided(request, person, other):
        return redirect("admin:accounts_person_same")
    record_reads(request.user, [person, other], WHAT)
    context = {
        "title": _("Same person?"),
        "person": person,
        "other": other,
        "suggestion": judge(person.full_name, other, country=person.country_id),
        "rows": [_compared(person, other, name) for name in COMPARED],
        "belongings": [_belonging(relation, person, other) for relation in merging.pointers()],
        "clashes": merging.clashes(person, other),
    }
    return _page(request, site, "compare.html", context)


def _let_in(request: HttpRequest) -> None:
    if not request.user.has_perm("accounts.merge_person"):
        raise PermissionDenied


def _whole() -> Any:
    return Person.objects.select_related("country", "institution").prefetch_related("emails")


def _decided(request: HttpRequest, person: Person, other: Person) -> bool:
    if request.POST.get("verb") == "two":
        merging.two_people(person, other, by=request.user)
        messages.success(request, _("They will not be suggested again."))
        return True
    try:
        merging.merge(person, other, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, _("Everything now belongs to %(name)s.") % {"name": person})
    return True


def _compared(person: Person, other: Person, name: str) -> dict[str, Any]:
    label = "institution" if name == "institution_label" else name
    values = [_shown(each, name) for each in (person, other)]
    return {
        "label": Person._meta.get_field(label).verbose_name,  # type: ignore[union-attr]
        "values": values,
        "differ": values[0] != values[1],
    }


def _shown(person: Person, name: str) -> Any:
    display = getattr(person, f"get_{name}_display", None)
    value = display() if display else getattr(person, name)
    return "" if value is None else value


def _belonging(relation: Any, person: Person, other: Person) -> dict[str, Any]:
    rows, name = relation.related_model._base_manager, relation.field.name
    counts = [rows.filter(**{name: each}).count() for each in (person, other)]
    title = relation.related_model._meta.verbose_name_plural
    return {"title": title, "counts": counts, "any": any(counts)}


def _page(request: HttpRequest, site: Any, name: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**site.each_context(request), **context, "opts": Person._meta}
    return render(request, f"admin/portal/{name}", whole)
