"""Who may open the screens of a training on the desk."""

import pytest

from tests import make
from tests.trainings.desks import door
from trainings.models import Certificate

pytestmark = pytest.mark.django_db


# --- Who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["selection", "quotas", "invitations", "attendance"])
def test_only_the_coordinator_opens_these_screens(client, name, request):
    training = make.training(in_days=-3)
    expected = {
        "amina": 302,
        "dilara": 302,
        "emil": 302,
        "gunel": 403,
        "hasan": 403,
        "farid": 403,
        "clara": 200,
    }

    seen = {}
    for person in expected:
        client.force_login(request.getfixturevalue(person))
        seen[person] = client.get(door(training, name)).status_code

    assert seen == expected


@pytest.mark.parametrize("name", ["selection", "attendance"])
def test_a_training_that_is_not_there_is_not_found(desk, name):
    assert desk.get(f"/admin/trainings/training/999999/{name}/").status_code == 404


def test_whoever_may_mark_but_not_issue_issues_nothing(client, clara):
    training = make.training(in_days=-3)
    make.application(training, state="attended")
    clara.groups.get().permissions.filter(codename="issue_certificate").delete()
    client.force_login(clara)

    answer = client.post(door(training, "attendance"), {"verb": "issue"})

    assert answer.status_code == 403
    assert not Certificate.objects.exists()
