"""Calendar files and feeds: one training's, everybody's, and one's own by a secret address."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainings.calendar import calendar_of, calendar_of_list, calendar_of_person
from trainings.dates import date_span
from trainings.models import Application, CalendarFeed, Training

MOST = 200  # entries of a feed
State = Application.State
IN_CALENDAR = (State.OFFERED, State.CONFIRMED, State.ATTENDED)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@require_safe
def training_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Training.objects.visible_to(request.user)
    training = get_object_or_404(visible, slug=slug)
    return _file(calendar_of(training), training.slug)


@require_safe
def feed_calendar(request: HttpRequest) -> HttpResponse:
    exact = Training.objects.published().filter(date_precision=Training.Precision.DAY)
    return _file(calendar_of_list(exact.upcoming()[:MOST]), "trainings")


@require_safe
def feed_atom(request: HttpRequest) -> HttpResponse:
    """What is coming up, for feed readers; absolute links never come from the request."""
    feed = Atom1Feed(
        title=_("Trainings of the Regional Training Centre on Migration"),
        link=_absolute(reverse("trainings:training_list")),
        description="",
        subtitle=_("What is coming up, in the order of the days."),
        language=get_language() or settings.LANGUAGE_CODE,
        feed_url=_absolute(request.path),
    )
    for training in Training.objects.published().upcoming()[:MOST]:
        link = _absolute(training.get_absolute_url())
        feed.add_item(
            title=training.title,
            link=link,
            description=f"{date_span(training)}. {training.summary}".strip(),
            unique_id=link,
            pubdate=training.created_at,
            updateddate=training.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _absolute(path: str) -> str:
    return f"{settings.SITE_ORIGIN}{path}"


@never_cache
@require_safe
def my_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Read by calendar programs, which cannot sign in; whoever has the address may read it."""
    feed = CalendarFeed.objects.filter(token=token).first()
    if feed is None:
        raise Http404
    own = Application.objects.filter(person=feed.person_id, state__in=IN_CALENDAR)
    rows = own.select_related("training").order_by("-pk")
    wanted = rows.prefetch_related("training__sessions", "training__removed_events")
    answer = _file(calendar_of_person(wanted[:MOST]), "my-trainings")
    answer["X-Robots-Tag"] = "noindex"
    return answer


@login_required
@never_cache
@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    feed = CalendarFeed.objects.filter(person=_person(request)).first()
    path = reverse("trainings:my_feed", args=[feed.token]) if feed else ""
    context = {"feed": feed, "address": _absolute(path) if path else ""}
    return render(request, "trainings/my_calendar.html", context)


@login_required
def give_feed(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if request.method == "POST" and person is None:
        messages.info(request, _("Please tell us who you are first."))
        return redirect("accounts:profile")
    if request.method == "POST":
        CalendarFeed.objects.all().give(person)
        messages.success(request, _("This is your calendar's address. An older one has stopped."))
    return redirect("trainings:my_calendar")


@login_required
def stop_feed(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        CalendarFeed.objects.filter(person=_person(request)).delete()
        messages.success(request, _("The address no longer works."))
    return redirect("trainings:my_calendar")


def _person(request: HttpRequest) -> Any:
    return getattr(request.user, "person", None)
