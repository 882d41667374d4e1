"""The doors after the last session: completion, the report, sheets and badges."""

import pytest

from rtcm.jobs.models import Job
from tests import make
from tests.making.completion import over, there
from tests.trainings.desks import STAFF_QUERIES, door
from tests.trainings.papers import read
from tests.trainings.people import said
from trainings import documents
from trainings.models import Certificate, CompletionRule, Paper, TrainingReport

pytestmark = pytest.mark.django_db
DOORS = ["completion", "report", "papers"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("rows", [1, 3])
def test_the_screen_asks_the_same_number_of_questions(desk, django_assert_num_queries, rows, clara):
    training = over(percent=80, needs_post_test=True)
    for _row in range(rows):
        person = there(training, 120)
        make.certificate(person)
        person.completion_overrides.create(given="completion", reason="Ill", by=clara)
    desk.get(door(training, "completion"))

    with django_assert_num_queries(STAFF_QUERIES + 9):
        desk.get(door(training, "completion"))


def test_the_screen_says_what_is_met_and_what_is_missing(desk):
    training = over(percent=80)
    there(training, 120)

    shown = said(desk.get(door(training, "completion")))

    assert "2.5 academic hours of 45 minutes 50 % attendance Certificate of participation" in shown


def test_a_rule_is_set_and_used(desk):
    training = over()
    there(training, 120)

    desk.post(door(training, "completion"), {"verb": "rule", "tier": "completion", "percent": "50"})
    desk.post(door(training, "completion"), {"verb": "issue"})

    assert training.completion_rule.percent == 50
    assert Certificate.objects.get().tier == "completion"


@pytest.mark.parametrize(
    "fields",
    [{"percent": "101"}, {"percent": "0"}, {"minutes": "-5"}, {"tier": "doctor"}],
)
def test_an_impossible_rule_is_refused_and_shown_again(desk, fields):
    training = over()
    dull = {"verb": "rule", "tier": "completion"}

    answer = desk.post(door(training, "completion"), dull | fields)

    assert answer.status_code == 422
    assert "The rule is not saved" in said(answer)
    assert not CompletionRule.objects.exists()


def test_an_exception_is_shown_with_its_reason_and_who_decided(desk):
    training = over(minutes=200)
    someone = there(training, 60)

    desk.post(
        door(training, "completion"),
        {
            "verb": "override",
            "application": someone.pk,
            "given": "completion",
            "reason": "Was at the consulate",
        },
    )

    shown = said(desk.get(door(training, "completion")))
    assert "Was at the consulate (Clara Rossi" in shown


@pytest.mark.parametrize("application", ["", "x", "9" * 30])
def test_a_forged_exception_is_refused(desk, application):
    training = over()
    fields = {"verb": "override", "application": application, "given": "none", "reason": "x"}

    answer = desk.post(door(training, "completion"), fields)

    assert answer.status_code == 422
    assert "no confirmed seat" in said(answer)


def test_a_report_is_kept_as_a_draft_and_filed_when_complete(desk, clara):
    training = over()
    page = door(training, "report")

    early = desk.post(page, {"verb": "file", "course": "Three days."}, follow=True)
    assert "Please write these parts before filing" in said(early)
    assert "Three days." in early.content.decode()

    desk.post(page, {"verb": "file", "course": "A", "results": "B", "recommendations": "C"})

    report = TrainingReport.objects.get()
    assert (report.filed_by, report.results) == (clara, "B")
    assert "Filed on" in said(desk.get(page))


@pytest.mark.parametrize("name", DOORS)
def test_only_the_coordinator_comes_in(client, hasan, gunel, name):
    training = over()

    for person in (hasan, gunel):
        client.force_login(person)
        assert client.get(door(training, name)).status_code == 403


# --- Sheets and badges --------------------------------------------------------------------------


def paper_of(desk, training, **fields) -> Paper:
    answer = desk.post(door(training, "papers"), fields)
    paper = Paper.objects.get()
    assert answer["Location"] == paper.get_absolute_url()
    documents.make_paper(Job.objects.get(kind="paper"))
    paper.refresh_from_db()
    return paper


def words(media, paper) -> str:
    pages = read((media / paper.path).read_bytes()).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_sign_in_sheet_has_names_in_order_and_footnotes(desk, media):
    training = over()
    kosovo = make.country("XK", footnote="References to Kosovo shall be understood …")
    for name in ("Zaur", "Əli", "Çingiz"):
        there(training, of=make.person(name), country=kosovo, institution_name="Customs")

    paper = paper_of(desk, training, verb="sheet", day=str(training.starts_on), language="en")

    text = words(media, paper)
    assert text.index("Çingiz") < text.index("Əli") < text.index("Zaur")
    assert text.count("References to Kosovo") == 1
    assert text.count("Customs") == 3
    assert "09:00–11:00" in text


def test_badges_are_for_participants_and_trainers(desk, media):
    training = over()
    there(training, of=make.person("Aysel Məmmədova"))
    training.trainers.add(make.expert("Dilara Hasanova"))

    text = words(media, paper_of(desk, training, verb="badges", language="az"))

    assert "Aysel Məmmədova" in text
    assert "Dilara Hasanova" in text


def test_whose_name_went_on_paper_can_see_it(desk, media, amina):
    training = over()
    there(training, of=amina.person)

    paper_of(desk, training, verb="badges")

    assert amina.person.reads.get().what == "name badges"


@pytest.mark.parametrize(
    "fields", [{"verb": "sheet", "day": "soon"}, {"verb": "sheet", "day": "2001-01-01"}, {}]
)
def test_a_day_without_sessions_has_no_sheet(desk, fields):
    answer = desk.post(door(over(), "papers"), fields, follow=True)

    assert "No session is held on this day." in said(answer)
    assert not Paper.objects.exists()
