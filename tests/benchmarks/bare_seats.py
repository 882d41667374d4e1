"""The least that an honest seat costs, under the same server: lock the training, insert a row.

No session, form, letter, job or page. `POST /<training>/<person>/`.
"""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import transaction

get_wsgi_application()  # sets Django up; the models can be imported from here on

from trainings.models import Application, Training  # noqa: E402


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    training, person = (int(part) for part in environ["PATH_INFO"].strip("/").split("/"))
    environ["wsgi.input"].read()
    take(training, person)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


@transaction.atomic
def take(training_id: int, person_id: int) -> None:
    training = Training.objects.select_for_update(no_key=True).get(pk=training_id)
    seat = training.applications.filter(seat_number__isnull=False).count() + 1
    fits = seat <= (training.capacity or seat)
    Application.objects.create(
        training=training,
        person_id=person_id,
        token=uuid.uuid4(),
        state=Application.State.CONFIRMED if fits else Application.State.WAITLISTED,
        seat_number=seat if fits else None,
        language="en",
    )
