"""The short code on a badge: leads to its application, however typed, and cannot be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from trainings.models import Application
from trainings.models.certificate import ALPHABET
from trainings.personal_codes import application_of, code_of

pytestmark = pytest.mark.django_db


def test_a_code_leads_to_its_application_however_it_is_typed():
    application = make.application()
    code = code_of(application)

    for typed in (code, code.lower(), code.replace("-", " "), f"  {code[:3]} {code[3:]} "):
        assert application_of(typed) == application
    assert len(code) == 11


def test_a_code_with_one_other_symbol_leads_nowhere():
    code = code_of(make.application())

    for place, symbol in enumerate(code):
        if symbol != "-":
            other = ALPHABET[(ALPHABET.index(symbol) + 1) % len(ALPHABET)]
            assert application_of(code[:place] + other + code[place + 1 :]) is None


def test_codes_of_two_applications_differ_in_the_part_nobody_can_compute():
    first, second = make.application(), make.application()

    assert code_of(first).split("-")[1] != code_of(second).split("-")[1]


def test_a_new_key_of_the_site_makes_other_codes(settings):
    application = make.application()
    code = code_of(application)
    settings.SECRET_KEY = "another key of fifty letters, said aloud for this test only"

    assert application_of(code) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(typed):
    assert application_of(typed) is None or Application.objects.exists()
