"""The attendance grid of the desk, and the certificates that come of it."""

import pytest
from bs4 import BeautifulSoup

from tests import make
from tests.trainings.desks import STAFF_QUERIES, door, states
from tests.trainings.people import said
from trainings.models import Application, Certificate, Training

pytestmark = pytest.mark.django_db
ATTENDANCE_QUERIES = STAFF_QUERIES + 5  # the training, its sessions, people, marks, certificates


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

    for half in (
        {"kind": "mistake"},
        {"reason": "Signed by mistake"},
        {"kind": "x", "reason": "y"},
    ):
        desk.post(deed(certificate, "revoke"), half)
        certificate.refresh_from_db()
        assert certificate.standing == "valid"

    whole = {"kind": "mistake", "reason": "Signed by mistake"}
    desk.post(deed(certificate, "revoke"), whole)
    certificate.refresh_from_db()
    assert (certificate.standing, certificate.revoked_by) == ("revoked", clara)
    assert (certificate.revoked_for, certificate.revoked_reason) == ("mistake", "Signed by mistake")


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
