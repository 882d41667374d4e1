import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from rtcm.jobs.letters import write_letter
from rtcm.jobs.models import Job, LetterTemplate, Message, owe
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings):
    """A browser in which somebody who may do everything has signed in."""
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def letter():
    letter = write_letter(
        "trainings/confirmed",
        to="amina@example.org",
        language="en",
        context={"name": "Amina <b>"},
        dedupe_key="1",
    )
    Job.objects.claim(letter.job.pk).give_up("550 No such person")
    return letter


def staff(*codenames: str):
    user = make.user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def request_of(user, path: str = "/"):
    request = RequestFactory().get(path)
    request.user = user
    return request


@pytest.mark.parametrize("model", [Job, Message])
def test_nobody_writes_jobs_and_letters_by_hand(model):
    desk, request = site.get_model_admin(model), request_of(make.user(is_superuser=True))

    assert not desk.has_add_permission(request)
    assert not desk.has_change_permission(request)
    assert not desk.has_delete_permission(request)


@pytest.mark.parametrize(("model", "name"), [(Job, "job"), (Message, "message")])
def test_only_who_may_look_sees_them_and_only_who_may_retry_can(model, name):
    desk = site.get_model_admin(model)
    nobody, looker, retrier = staff(), staff(f"view_{name}"), staff(f"view_{name}", f"retry_{name}")

    assert not desk.has_view_permission(request_of(nobody))
    assert desk.has_view_permission(request_of(looker))
    assert "retry" not in desk.get_actions(request_of(looker))
    assert "retry" in desk.get_actions(request_of(retrier))


@pytest.mark.parametrize("name", ["job", "message"])
def test_staff_try_again_what_failed(desk, letter, name):
    row = {"job": letter.job, "message": letter}[name]

    answer = desk.post(
        reverse(f"admin:jobs_{name}_changelist"), {"action": "retry", "_selected_action": row.pk}
    )

    assert answer.status_code == 302
    assert letter.job.state == "waiting"


def test_the_exact_text_of_a_letter_is_shown_as_text(desk, letter):

    page = desk.get(reverse("admin:jobs_message_change", args=[letter.pk])).content.decode()

    assert "Dear Amina &lt;b&gt;," in page
    assert "Dear Amina <b>" not in page
    assert letter.message_id.strip("<>") in page


def test_the_pages_of_jobs_open(desk, letter):

    for address in (
        reverse("admin:jobs_job_changelist") + "?state__exact=failed",
        reverse("admin:jobs_job_change", args=[letter.job.pk]),
        reverse("admin:jobs_message_changelist") + "?q=amina",
        reverse("admin:jobs_lettertemplate_add"),
    ):
        assert desk.get(address).status_code == 200, address


def test_a_wording_with_a_wrong_placeholder_is_not_saved(desk):
    wording = {"kind": "trainings/confirmed", "language": "en", "subject": "Hi", "body": "{nmae}"}
    address = reverse("admin:jobs_lettertemplate_add")

    refused = desk.post(address, wording)
    saved = desk.post(address, {**wording, "body": "Dear {name}"})

    assert refused.status_code == 200
    assert "{nmae}" in refused.content.decode()
    assert saved.status_code == 302
    assert LetterTemplate.objects.get().body == "Dear {name}"


def test_staff_do_not_retry_what_waits(desk):
    job = owe("mail", "x")

    desk.post(reverse("admin:jobs_job_changelist"), {"action": "retry", "_selected_action": job.pk})

    assert Job.objects.get().attempts == 0
