"""The least that a page of the selection board costs, under the same server: its rows and counts.

No session, no permission, no template, no record of who read it. `GET /<training>/<page>/`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db.models import Count

get_wsgi_application()  # sets Django up; the models can be imported from here on

from trainings.models import Application, Quota, Training  # noqa: E402

PER_PAGE = 50


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    parts = environ["PATH_INFO"].strip("/").split("/")
    training, page = (int(part) for part in parts) if len(parts) == 2 else (0, 1)
    body = "\n".join(shown(training, page)).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def shown(training_id: int, page: int) -> Iterable[str]:
    training = Training.objects.filter(pk=training_id).first()
    found = Application.objects.filter(training=training).order_by("pk")
    yield str(found.count())
    columns = ("seat_number", "country_id", "institution_id", "institution__kind")
    yield str(len(found.filter(seat_number__isnull=False).values_list(*columns)))
    yield str(list(Quota.objects.filter(training=training)))
    counts = found.order_by().values_list("state", "person__sex").annotate(n=Count("pk"))
    yield str(list(counts))
    rows = list(
        found.select_related("person", "country", "institution")[
            (page - 1) * PER_PAGE : page * PER_PAGE
        ]
    )
    people = [row.person_id for row in rows]
    yield str(Application.objects.filter(person__in=people, state="attended").count())
    for row in rows:
        yield f"{row.person.full_name} {row.country} {row.institution} {row.state}"
