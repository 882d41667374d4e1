import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import translation

from rtcm.accounts.models import Country

pytestmark = pytest.mark.django_db


def test_every_country_has_a_name_in_every_language(capsys):
    call_command("load_countries")

    assert Country.objects.count() == 250
    assert Country.objects.partners().count() == 13
    for language in ["az", "en", "ru"]:
        with translation.override(language):
            assert all(country.name for country in Country.objects.all())
    assert Country.objects.get(pk="TR").name_az == "Türkiyə"


def test_kosovo_carries_its_footnote(capsys):
    call_command("load_countries")

    kosovo = Country.objects.get(pk="XK")
    assert kosovo.footnote_en == (
        "References to Kosovo shall be understood to be in the context of "
        "United Nations Security Council resolution 1244 (1999)"
    )
    assert kosovo.footnote_az.startswith("Kosovoya istinadlar")
    assert kosovo.footnote_ru.startswith("Ссылки на Косово")


def test_loading_countries_again_keeps_what_staff_changed(capsys):
    call_command("load_countries")
    Country.objects.filter(pk="TR").update(name_en="Turkey", group="other", is_partner=False)
    Country.objects.filter(pk="AQ").delete()

    call_command("load_countries")

    turkey = Country.objects.get(pk="TR")
    assert (turkey.name_en, turkey.group, turkey.is_partner) == ("Turkey", "other", False)
    assert Country.objects.count() == 250
    assert capsys.readouterr().out.splitlines() == ["250 countries added", "1 countries added"]


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("az", ["Çad", "Çexiya", "Çili", "Çin"]),
        ("ru", ["Чад", "Черногория", "Чехия", "Чили"]),
        ("en", ["Qatar", "Republic of Korea", "Réunion", "Romania"]),
    ],
)
def test_countries_stand_in_the_order_of_the_readers_alphabet(language, order, capsys):
    call_command("load_countries")

    with translation.override(language):
        names = [country.name for country in Country.objects.all().alphabetical()]

    at = names.index(order[0])
    assert names[at : at + 4] == order


def test_roles_get_exactly_what_is_written(settings, capsys):
    settings.ROLES = {"librarian": ["accounts.view_country", "accounts.view_institution"]}
    call_command("sync_roles")
    settings.ROLES = {"librarian": ["accounts.view_country"]}

    call_command("sync_roles")
    call_command("sync_roles")

    granted = Group.objects.get(name="librarian").permissions.values_list("codename", flat=True)
    assert list(granted) == ["view_country"]


def test_a_permission_that_does_not_exist_is_named(settings):
    settings.ROLES = {"librarian": ["library.fly"]}

    with pytest.raises(CommandError, match=r"librarian: library\.fly"):
        call_command("sync_roles")


def test_the_roles_as_shipped_name_real_permissions(capsys):
    call_command("sync_roles")

    assert set(Group.objects.values_list("name", flat=True)) >= {
        "coordinator", "librarian", "director", "administrator",
    }  # fmt: skip
