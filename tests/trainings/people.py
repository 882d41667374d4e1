"""What people do in these tests, said briefly."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from rtcm.accounts.models import Person
from tests import make
from trainings import seats
from trainings.models import Application, Training


def ask(training: Training, person: Person | None = None, **fields: Any) -> Application:
    """Somebody applies, with a fresh form unless a token is given."""
    dull = {"token": uuid.uuid4(), "language": "en"}
    return seats.apply(training, person or make.person(), **(dull | fields))


def refused(deed: Callable[[], Any]) -> ValidationError:
    """The one refusal of a deed, with its message filled in; not being refused fails the test."""
    with pytest.raises(ValidationError) as refusal:
        deed()
    (error,) = refusal.value.error_list
    (error.message,) = error.messages
    return error


def said(answer: HttpResponse) -> str:
    """The words of a page, without its tags."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())
