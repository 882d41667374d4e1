"""The desk: selecting, marking, issuing, and who may."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from rtcm.jobs.models import Message
from tests import make
from trainings.models import Application, Certificate, Training

pytestmark = pytest.mark.django_db
STAFF_QUERIES = 6  # session, user, second factor, permissions twice, the person's name
SELECTION_QUERIES = STAFF_QUERIES + 2  # the training, its applicants
ATTENDANCE_QUERIES = STAFF_QUERIES + 5  # the training, its sessions, people, marks, certificates


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client, clara):
    client.force_login(clara)
    client.cookies.load({"__Host-language": "en"})
    return client


def door(training, name: str) -> str:
    return f"/admin/trainings/training/{training.pk}/{name}/"


def said(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def states(training) -> list[str]:
    return list(training.applications.order_by("pk").values_list("state", flat=True))


# --- Who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["selection", "attendance"])
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


# --- Selecting --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_selection_list_asks_the_same_number_of_questions(
    desk, django_assert_num_queries, rows
):
    training = make.training(seats=5, route="selection", objectives=[11])
    for _ in range(rows):
        make.application(
            training, institution=make.institution(), country=make.country("GE"), motivation="So."
        )
    desk.get(door(training, "selection"))

    with django_assert_num_queries(SELECTION_QUERIES):
        desk.get(door(training, "selection"))


def test_applicants_stand_in_order_of_arrival_with_what_decides(desk):
    training = make.training(seats=5, route="selection")
    for name in ("Zaur", "Anna"):
        make.application(
            training, make.person(name), motivation=f"{name} asks", post="Adviser",
            institution_name="Border Guard", country=make.country("GE", name_en="Georgia"),
        )  # fmt: skip

    text = said(desk.get(door(training, "selection")))

    assert text.index("Zaur asks") < text.index("Anna asks")
    for part in ("Border Guard, Adviser", "Georgia", "0 of 5 seats taken", "Submitted"):
        assert part in text


@pytest.mark.parametrize(
    ("verb", "becomes"), [("offer", "offered"), ("waitlist", "waitlisted"), ("reject", "rejected")]
)
def test_the_coordinator_decides_on_those_ticked(desk, clara, amina, verb, becomes):
    training = make.training(seats=5, route="selection")
    chosen = make.application(training, amina.person)
    make.application(training)

    answer = desk.post(
        door(training, "selection"),
        {"verb": verb, "application": [chosen.pk], "reason": "Of this reason"},
        follow=True,
    )

    assert states(training) == [becomes, "submitted"]
    step = chosen.transitions.get()
    assert (step.by, step.reason) == (clara, "Of this reason")
    assert "Of this reason" in Message.objects.get().body_text
    assert "1 application decided." in said(answer)


def test_offers_go_to_as_many_as_there_are_seats_in_order_of_arrival(desk):
    training = make.training(seats=2, route="selection")
    asking = [make.application(training) for _ in range(3)]

    answer = desk.post(
        door(training, "selection"),
        {"verb": "offer", "application": [it.pk for it in reversed(asking)]},
        follow=True,
    )

    assert states(training) == ["offered", "offered", "submitted"]
    assert "2 applications decided." in said(answer)
    assert f"{asking[2].person}: No seat is free in this training." in said(answer)


def test_rejecting_without_a_reason_is_refused_by_name(desk):
    training = make.training(route="selection")
    asking = make.application(training, make.person("Zaur"))

    answer = desk.post(
        door(training, "selection"),
        {"verb": "reject", "application": [asking.pk], "reason": "\x00 "},
        follow=True,
    )

    assert "Zaur: Please give a reason; the person will read it." in said(answer)
    assert states(training) == ["submitted"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verb": "offer"},
        {"verb": "confirm", "application": "1"},
        {"verb": "offer", "application": ["", "x", "-1", "9" * 30]},
    ],
)
def test_what_cannot_be_meant_changes_nothing(desk, sent):
    training = make.training(seats=2, route="selection")
    make.application(training)

    answer = desk.post(door(training, "selection"), sent)

    assert answer.status_code == 302
    assert states(training) == ["submitted"]


def test_applicants_of_another_training_are_not_decided_on(desk):
    other = make.application(make.training(seats=1, route="selection"))
    training = make.training(seats=1, route="selection")

    desk.post(door(training, "selection"), {"verb": "offer", "application": [other.pk]})

    assert states(other.training) == ["submitted"]


# --- Attendance and certificates --------------------------------------------------------------


def held(people: int = 2, sessions: int = 1) -> tuple[Training, list[Application], list]:
    training = make.training(in_days=-3, seats=9)
    applications = [make.application(training, state="confirmed") for _ in range(people)]
    return training, applications, [make.session(training) for _ in range(sessions)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_grid_asks_the_same_number_of_questions(desk, django_assert_num_queries, rows):
    training, applications, sessions = held(people=rows, sessions=rows)
    for session in sessions:
        for application in applications:
            session.attendance.create(application=application, presence="online")
    desk.get(door(training, "attendance"))

    with django_assert_num_queries(ATTENDANCE_QUERIES):
        desk.get(door(training, "attendance"))


def test_marks_are_saved_and_shown_again(desk, clara):
    training, (first, second), (session,) = held()

    answer = desk.post(
        door(training, "attendance"),
        {
            "verb": "save",
            f"mark-{session.pk}-{first.pk}": "in_room",
            f"mark-{session.pk}-{second.pk}": "",
        },
        follow=True,
    )

    assert "1 mark saved." in said(answer)
    mark = first.attendance.get()
    assert (mark.presence, mark.minutes, mark.marked_by) == ("in_room", 120, clara)
    page = BeautifulSoup(answer.content, "html.parser")
    chosen = [option["value"] for option in page.select("select option[selected]")]
    assert [value for value in chosen if value] == ["in_room"]


def test_closing_and_issuing_lead_to_certificates(desk, clara):
    training, (here, away), (session,) = held()
    marks = {f"mark-{session.pk}-{here.pk}": "online", f"mark-{session.pk}-{away.pk}": "absent"}
    desk.post(door(training, "attendance"), {"verb": "save", **marks})

    closed = desk.post(door(training, "attendance"), {"verb": "close"}, follow=True)
    issued = desk.post(door(training, "attendance"), {"verb": "issue"}, follow=True)

    assert "Attendance is closed: 1 attended, 1 absent." in said(closed)
    assert states(training) == ["attended", "absent"]
    certificate = Certificate.objects.get()
    assert (certificate.application, certificate.issued_by) == (here, clara)
    assert certificate.number in said(issued)


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("close", "Attendance is not marked yet for:"),
        ("issue", "Nobody has attended yet: mark and close attendance first."),
    ],
)
def test_too_early_is_said(desk, verb, sentence):
    training, _people, _sessions = held()

    assert sentence in said(desk.post(door(training, "attendance"), {"verb": verb}, follow=True))


def test_marks_of_another_trainings_session_are_refused(desk):
    training, (person, _other), _sessions = held()
    foreign = make.session(make.training(in_days=-3))

    answer = desk.post(
        door(training, "attendance"),
        {"verb": "save", f"mark-{foreign.pk}-{person.pk}": "in_room"},
        follow=True,
    )

    assert "This session belongs to another training." in said(answer)
    assert not person.attendance.exists()


@pytest.mark.parametrize("sent", [{}, {"verb": "drop"}])
def test_an_unknown_verb_is_not_found(desk, sent):
    training, _people, _sessions = held()

    assert desk.post(door(training, "attendance"), sent).status_code == 404


@pytest.mark.parametrize("name", ["mark-x-1", "mark-1", "mark-1-2-3", f"mark-{'9' * 30}-1"])
def test_fields_that_are_no_marks_are_harmless(desk, name):
    training, _people, _sessions = held()

    answer = desk.post(door(training, "attendance"), {"verb": "save", name: "in_room"})

    assert answer.status_code == 302


# --- One certificate --------------------------------------------------------------------------


def deed(certificate, name: str) -> str:
    return f"/admin/trainings/certificate/{certificate.pk}/{name}/"


def test_revoking_asks_for_a_reason_first(desk, clara):
    certificate = make.certificate()

    asked = desk.get(deed(certificate, "revoke"))
    certificate.refresh_from_db()
    assert (asked.status_code, certificate.standing) == (200, "valid")

    desk.post(deed(certificate, "revoke"), {"reason": ""})
    certificate.refresh_from_db()
    assert certificate.standing == "valid"

    desk.post(deed(certificate, "revoke"), {"reason": "Signed by mistake"})
    certificate.refresh_from_db()
    assert (certificate.standing, certificate.revoked_by) == ("revoked", clara)


def test_issuing_again_is_one_deliberate_click(desk):
    certificate = make.certificate()

    desk.get(deed(certificate, "reissue"))
    assert Certificate.objects.count() == 1

    answer = desk.post(deed(certificate, "reissue"), follow=True)
    certificate.refresh_from_db()
    assert certificate.standing == "superseded"
    assert f"Issued again as {certificate.superseded_by.number}." in said(answer)


@pytest.mark.parametrize("name", ["reissue", "revoke"])
def test_only_the_coordinator_does_so(client, hasan, farid, gunel, name):
    certificate = make.certificate()

    for person in (hasan, farid, gunel):
        client.force_login(person)
        assert client.post(deed(certificate, name), {"reason": "Why"}).status_code == 403
    certificate.refresh_from_db()
    assert certificate.standing == "valid"


def test_applications_and_certificates_are_read_not_typed_over(desk):
    certificate = make.certificate()
    records = {"application": certificate.application, "certificate": certificate}

    for name, row in records.items():
        url = f"/admin/trainings/{name}/{row.pk}/change/"
        assert desk.get(url).status_code == 200
        assert desk.post(url, {"state": "confirmed"}).status_code == 403
        assert desk.get(f"/admin/trainings/{name}/add/").status_code == 403
        assert desk.get(f"/admin/trainings/{name}/{row.pk}/delete/").status_code == 403


# --- The training itself ----------------------------------------------------------------------


def form_of(desk, url: str) -> dict[str, object]:
    """What the browser would send back unchanged."""
    page = BeautifulSoup(desk.get(url).content, "html.parser")
    sent: dict[str, object] = {}
    for field in page.select("form#training_form input[name], form#training_form textarea[name]"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.get("type") != "submit":
            value = field.get_text() if field.name == "textarea" else field.get("value", "")
            sent[field["name"]] = value.strip()
    for select in page.select("form#training_form select[name]"):
        chosen = [option["value"] for option in select.select("option[selected]")]
        sent[select["name"]] = chosen if select.has_attr("multiple") else (chosen or [""])[0]
    return sent


def test_more_seats_are_offered_to_those_who_wait(desk):
    training = make.training(seats=1)
    make.application(training, state="confirmed")
    waiting = make.application(training, state="waitlisted")
    url = f"/admin/trainings/training/{training.pk}/change/"

    answer = desk.post(url, {**form_of(desk, url), "capacity": "2"})

    assert answer.status_code == 302
    assert states(training) == ["confirmed", "offered"]
    assert Application.objects.get(pk=waiting.pk).seat_number == 2


def test_a_postponed_training_published_again_goes_on_with_its_waiting_list(desk):
    training = make.training(seats=1, status="postponed")
    make.application(training, state="waitlisted")
    url = f"/admin/trainings/training/{training.pk}/change/"

    desk.post(url, {**form_of(desk, url), "status": "published"})

    assert states(training) == ["offered"]


def test_a_new_training_gets_its_address_from_its_title(desk):
    url = "/admin/trainings/training/add/"
    sent = form_of(desk, url) | {
        "title_en": "Border management",
        "starts_on": "2030-05-25",
        "ends_on": "2030-05-27",
        "slug": "",
    }

    answer = desk.post(url, sent)

    assert answer.status_code == 302
    assert Training.objects.get().slug == "border-management"


def test_an_address_that_is_taken_is_said(desk):
    make.training(slug="border-management")
    url = "/admin/trainings/training/add/"
    sent = form_of(desk, url) | {"title_en": "Border management"}

    answer = desk.post(url, sent | {"starts_on": "2030-05-25", "ends_on": "2030-05-27"})

    assert "Training with this Address already exists." in said(answer)
    assert Training.objects.count() == 1
