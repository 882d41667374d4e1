"""What the tests of the selection board share."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from tests.trainings.desks import door
from trainings.models import Application, Training


def board(training: Training) -> str:
    return door(training, "selection")


def decide(
    desk: Client, training: Training, verb: str, *chosen: Application, **more: Any
) -> HttpResponse:
    """As the browser sends it: the rows ticked, with their versions as they are now."""
    rows = {f"version-{it.pk}": Application.objects.get(pk=it.pk).version for it in chosen}
    sent = {"verb": verb, "application": [it.pk for it in chosen]} | rows | more
    return desk.post(board(training), sent, follow=True)


def row_of(answer: HttpResponse, application: Application) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    label = page.find("label", string=application.person.full_name)
    return " ".join(label.find_parent("tr").get_text(" ").split())
