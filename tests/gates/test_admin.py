"""Every page of the desk opens for those who may, and only for them."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

STAFF = {
    "clara": "coordinator",
    "farid": "administrator",
    "gunel": "librarian",
    "hasan": "director",
}
OURS = {"accounts", "curriculum", "experts", "importing", "jobs", "library", "portal", "trainings"}


def lists():
    return [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.mark.django_db
def test_every_list_is_opened_by_at_least_one_role():
    may = {name for names in settings.ROLES.values() for name in names}

    closed = [
        model._meta.label
        for model in lists()
        if f"{model._meta.app_label}.view_{model._meta.model_name}" not in may
    ]

    assert closed == []


@pytest.mark.parametrize("person", STAFF)
def test_lists_and_forms_open_for_their_roles_only(person, request, client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(request.getfixturevalue(person))
    may = set(settings.ROLES[STAFF[person]])

    answers, expected = {}, {}
    for model in lists():
        app, name = model._meta.app_label, model._meta.model_name
        seen = client.get(reverse(f"admin:{app}_{name}_changelist")).status_code
        added = client.get(reverse(f"admin:{app}_{name}_add")).status_code
        answers[app, name] = (seen, added)
        readable = {f"{app}.view_{name}", f"{app}.change_{name}"} & may
        typed = f"{app}.add_{name}" in may
        expected[app, name] = (200 if readable else 403, 200 if typed else 403)

    assert answers == expected


def test_people_who_are_not_staff_are_sent_to_sign_in(client, amina):
    client.force_login(amina)

    answer = client.get(reverse("admin:index"))

    assert answer.status_code in {302, 403}


def test_a_visitor_at_the_desk_is_sent_to_sign_in(client, db):
    answer = client.get(reverse("admin:index"), follow=True)

    assert answer.redirect_chain[-1][0].split("?")[0].endswith("/accounts/login/")
