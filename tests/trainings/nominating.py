"""What the tests of nominations do again and again."""

import uuid

from rtcm.jobs.models import Message
from tests.making import nominations as made
from trainings import nominees
from trainings.forms import ApplicationForm
from trainings.models import Nomination


def with_form(training, mandate, name="Leyla Aliyeva", state="sent"):
    """Sent, and the form is filled in for somebody without an address."""
    (row,) = made.on_list(training, mandate, name, state="sent")
    complete(row)
    Nomination.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


def complete(row, **answers):
    """The focal point fills in the form and attests the consent."""
    form = application_form(row.training, nominees.unsaved_person(row), **answers)
    return nominees.complete_on_paper(row, form, attested=True, certificate_name="", by=None)


def application_form(training, person, **answers):
    data = {"token": str(uuid.uuid4()), "motivation": "", "understands": ["en"]} | answers
    form = ApplicationForm(training, person, data)
    assert form.is_valid()
    return form


def letters():
    return list(Message.objects.order_by("pk").values_list("kind", "to"))
