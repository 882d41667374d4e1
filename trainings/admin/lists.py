"""The list of a training's people, out of the portal and into it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from rtcm.accounts.models import record_reads
from rtcm.spreadsheets import answer
from trainings.models import Application, Training


def participants(request: HttpRequest, site: Any, training_id: int, form: str) -> HttpResponse:
    """Everybody who applied, with what became of it; each of them sees that it was read."""
    training = get_object_or_404(Training, pk=training_id)
    people = list(
        training.applications.select_related("person", "country", "institution")
        .prefetch_related("person__emails", "certificates")
        .order_by("person__name_sort", "pk")
    )
    record_reads(request.user, [each.person for each in people], "list of participants")
    return answer(training.slug, _headings(), _rows(people), form)


as_xlsx = partial(participants, form="xlsx")
as_csv = partial(participants, form="csv")


def _headings() -> list[str]:
    return [
        _("Full name"),
        _("Name in Latin letters"),
        _("Sex"),
        _("Country"),
        _("Institution"),
        _("Post"),
        _("E-mail"),
        _("Status"),
        _("Seat"),
        _("Certificate number"),
    ]


def _rows(people: list[Application]) -> Iterator[list[Any]]:
    for each in people:
        person = each.person
        numbers = [row.number for row in each.certificates.all() if row.state == "valid"]
        yield [
            person.full_name,
            person.certificate_name,
            person.get_sex_display(),
            each.country,
            each.institution_label,
            each.post,
            person.address,
            each.get_state_display(),
            each.seat_number,
            ", ".join(numbers),
        ]


def bring_in(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """To the importer, with this training chosen."""
    training = get_object_or_404(Training, pk=training_id)
    return redirect(f"{reverse('admin:importing_import_add')}?subject={training.pk}")
