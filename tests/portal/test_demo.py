"""The demo: loaded twice it is the same, wiped it is gone, and what is real stays."""

import io

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from library.models import Item
from rtcm.accounts.models import Country, Person, User
from rtcm.importing.models import Import
from rtcm.portal.models import PublishedFigure
from trainings.models import Application, Certificate, Training

pytestmark = pytest.mark.django_db
REAL = ["load_countries", "sync_roles", "load_gcm", "load_library", "load_history"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def run(*commands: str) -> None:
    for command in commands:
        call_command(command, stdout=io.StringIO())


def test_the_demo_loads_once_and_can_be_wiped():
    run(*REAL, "load_demo", "load_demo")

    assert Person.objects.filter(is_demo=True, user=None, expert=None).count() == 250
    assert Country.objects.filter(people__is_demo=True).distinct().count() == 13
    assert Training.objects.filter(is_demo=True).upcoming().count() >= 6
    assert set(Training.objects.upcoming().values_list("route", flat=True)) == {
        "open", "selection", "nomination",
    }  # fmt: skip
    assert not Application.objects.filter(training__is_historic=True).exists()

    run("wipe_demo")

    invented = {
        model._meta.label: model.objects.filter(is_demo=True).count()
        for model in apps.get_models()
        if any(field.name == "is_demo" for field in model._meta.fields)
    }
    assert set(invented.values()) == {0}
    assert not User.objects.exists()
    assert not Certificate.objects.exists()
    assert Training.objects.filter(is_historic=True).count() == 13
    assert Item.objects.published().count() == 10
    assert PublishedFigure.objects.count() == 3


def test_everything_of_the_demo_is_flagged_and_no_letter_leaves_for_it(mailoutbox):
    run(*REAL, "load_demo")

    assert not Person.objects.filter(is_demo=False).exists()
    assert not User.objects.filter(is_demo=False).exists()
    assert mailoutbox == []


def test_a_public_site_refuses_the_demo(settings):
    settings.PUBLIC = True

    with pytest.raises(CommandError):
        run("load_demo")


def test_the_languages_of_the_demo_are_those_of_the_site():
    run(*REAL, "load_demo")

    for code, _name in settings.LANGUAGES:
        assert not Training.objects.filter(is_demo=True, **{f"title_{code}": None}).exists()


def test_an_old_list_waits_for_decisions_and_goes_with_the_demo(tmp_path):
    run(*REAL, "load_demo", "load_demo")

    source = Import.objects.get()
    assert (source.state, source.rows.wrong().count()) == ("checked", 1)
    assert source.rows.undecided().count() >= 3

    run("wipe_demo")
    assert not Import.objects.exists()
    assert not list(tmp_path.rglob("*.xlsx"))
