"""Travel sheets on the desk: who has filled one in, and their content, each look recorded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from rtcm.accounts.models import record_read
from trainings.admin.doors import Door
from trainings.models import Training, TravelSheet
from trainings.travelling import ACCEPTED


@never_cache
def travel(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    """Only who has, and who has not: no look at what is written."""
    training = get_object_or_404(Training, pk=training_id)
    people = training.applications.filter(state__in=ACCEPTED).select_related("person", "country")
    context = {
        **site.each_context(request),
        "title": _("Travel sheets: %(title)s") % {"title": training.title},
        "training": training,
        "applications": people.select_related("travel_sheet").order_by("person__name_sort", "pk"),
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/travel.html", context)


@never_cache
def travel_sheets(request: HttpRequest, site: Any, training_id: int) -> HttpResponse:
    training = get_object_or_404(Training, pk=training_id)
    within = TravelSheet.objects.filter(
        application__training=training, application__state__in=ACCEPTED
    )
    rows = within.select_related("application__person", "application__country")
    sheets = list(rows.order_by("arrives_on", "arrives_at", "pk"))
    for sheet in sheets:
        record_read(request.user, sheet.application.person, "travel sheet")
    context = {
        **site.each_context(request),
        "title": _("Travel sheets: %(title)s") % {"title": training.title},
        "training": training,
        "sheets": sheets,
        "opts": Training._meta,
    }
    return render(request, "admin/trainings/travel_sheets.html", context)


TRAVEL_DOORS = [
    Door(
        "travel",
        gettext_lazy("Travel sheets"),
        gettext_lazy("Who arrives when and needs what, for residential trainings."),
        "trainings.view_travelsheet",
        travel,
    ),
    Door(
        "travel_sheets",
        gettext_lazy("Travel sheets"),
        gettext_lazy("Their content; each look is recorded."),
        "trainings.view_travelsheet",
        travel_sheets,
        path="travel/sheets/",
        listed=False,
    ),
]
