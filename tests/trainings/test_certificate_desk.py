"""The room "certificates": issuing to some, how far a batch is, failures, everything together."""

import zipfile

import pikepdf
import pytest
from django.utils import timezone

from rtcm.jobs.models import GiveUp, Job
from tests import make
from tests.making.completion import over, there
from tests.trainings.desks import STAFF_QUERIES, door
from tests.trainings.papers import read
from tests.trainings.people import refused, said
from trainings import bundles, certificates, documents
from trainings.models import Certificate, Paper, Training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
ROOM_QUERIES = STAFF_QUERIES + 9


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def room(training: Training) -> str:
    return door(training, "certificates")


def issued(*names: str) -> Training:
    training = make.training(in_days=-9)
    for name in names:
        make.application(training, make.person(name), "attended")
    certificates.issue_all(training, by=None)
    return training


def made(training: Training) -> Training:
    for job in Job.objects.filter(kind="certificate"):
        documents.make(job)
    Job.objects.filter(kind="certificate").update(state="done", finished_at=timezone.now())
    return training


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_asks_the_same_number_of_questions(desk, django_assert_num_queries, rows):
    training = issued(*(f"Person {n}" for n in range(rows)))
    Job.objects.update(state="failed", finished_at=timezone.now(), last_error="x")
    desk.get(room(training))

    with django_assert_num_queries(ROOM_QUERIES):
        desk.get(room(training))


def test_certificates_are_issued_to_those_ticked(desk, clara):
    training = over()
    chosen, other = (there(training, 120) for _ in range(2))

    answer = desk.post(room(training), {"verb": "issue_some", "person": [chosen.pk]}, follow=True)

    assert "1 certificate issued" in said(answer)
    assert Certificate.objects.get().application == chosen
    assert not other.certificates.exists()


@pytest.mark.parametrize("person", [[], ["x"], ["9" * 30]])
def test_ticking_nobody_or_a_stranger_issues_nothing(desk, person):
    training = over()
    there(training, 120)

    desk.post(room(training), {"verb": "issue_some", "person": person})

    assert not Certificate.objects.exists()


def test_while_documents_are_made_the_page_looks_again_by_itself(desk):
    training = issued("Amina", "Boris")
    first = Job.objects.filter(kind="certificate").earliest("pk")
    Job.objects.filter(pk=first.pk).update(state="done", finished_at=timezone.now())

    busy = desk.get(room(training))
    still = desk.get(room(training), {"still": "1"})
    Job.objects.filter(kind="certificate").update(state="done", finished_at=timezone.now())
    over_ = desk.get(room(training))

    assert "1 of 2 made" in said(busy)
    assert busy["Refresh"] == "4"
    assert "Who attended" not in said(busy)
    assert not still.has_header("Refresh")
    assert "Who attended" in said(still)
    assert "2 of 2 made" in said(over_)
    assert not over_.has_header("Refresh")


def test_the_rate_says_how_many_minutes_are_left(desk):
    training = issued(*(f"Person {n}" for n in range(10)))
    ids = list(Job.objects.filter(kind="certificate").order_by("pk").values_list("pk", flat=True))
    for number, pk in enumerate(ids[:4]):
        at = timezone.now() - timezone.timedelta(seconds=50 - 10 * number)
        Job.objects.filter(pk=pk).update(state="done", finished_at=at)

    assert "4 of 10 made · 6 a minute · about 1 minute to go" in said(desk.get(room(training)))


def test_what_failed_is_shown_with_its_reason_and_made_again(desk):
    training = issued("Amina")
    Job.objects.update(
        state="failed", finished_at=timezone.now(), attempts=5, last_error="ValueError: no font"
    )

    shown = said(desk.get(room(training)))
    answer = desk.post(room(training), {"verb": "retry"}, follow=True)

    assert "1 failed" in shown
    assert "ValueError: no font" in shown
    assert "1 document is being made again." in said(answer)
    assert Job.objects.get().state == "waiting"


def test_jobs_of_another_training_are_not_counted(desk):
    issued("Amina", "Boris")
    training = made(issued("Clara"))

    assert "1 of 1 made" in said(desk.get(room(training)))


# --- Everything together --------------------------------------------------------------------------


def bundle(desk, training: Training, kind: str) -> Paper:
    answer = desk.post(room(training), {"verb": kind})
    paper = Paper.objects.get(kind=kind)
    assert answer["Location"] == paper.get_absolute_url()
    documents.make_paper(Job.objects.get(kind="paper"))
    paper.refresh_from_db()
    return paper


def test_the_zip_holds_the_stored_files_byte_for_byte(desk, media):
    training = made(issued("Zaur", "Əli", "Çingiz"))

    paper = bundle(desk, training, "certificates_zip")

    with zipfile.ZipFile(media / paper.path) as whole:
        assert whole.testzip() is None
        found = {name: whole.read(name) for name in whole.namelist()}
    stored = {c.number: (media / c.path).read_bytes() for c in Certificate.objects.all()}
    assert {name[:16]: content for name, content in found.items()} == stored
    assert [name[17:] for name in found] == ["cingiz.pdf", "eli.pdf", "zaur.pdf"]
    answer = desk.get(paper.get_absolute_url())
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    for close in answer._resource_closers:  # as a server does
        close()


def test_the_pdf_to_print_has_a_page_for_each_in_the_order_of_names(desk, media):
    training = made(issued("Zaur", "Əli", "Çingiz"))

    paper = bundle(desk, training, "certificates_pdf")

    pages = read((media / paper.path).read_bytes()).pages
    names = [
        name for page in pages for name in ("Zaur", "Əli", "Çingiz") if name in page.extract_text()
    ]
    assert names == ["Çingiz", "Əli", "Zaur"]
    with pikepdf.open(media / paper.path) as whole:
        assert whole.check_pdf_syntax() == []


def test_revoked_ones_are_left_out(desk, media):
    training = made(issued("Amina", "Boris"))
    certificates.revoke(Certificate.objects.earliest("pk"), by=None, reason="Why")

    paper = bundle(desk, training, "certificates_zip")

    assert len(paper.facts["files"]) == 1


def test_nothing_is_put_together_while_documents_are_being_made(clara):
    said = refused(lambda: bundles.order("certificates_zip", issued("Amina"), by=clara))

    assert said.code == "unmade"
    assert "1 document is still being made" in said.message


def test_without_certificates_there_is_nothing_to_put_together(clara):
    assert refused(lambda: bundles.order("certificates_pdf", over(), by=clara)).code == "nothing"


def test_a_damaged_file_stops_the_making(clara, media):
    paper = bundles.order("certificates_zip", made(issued("Amina")), by=clara)
    (media / Certificate.objects.get().path).write_bytes(b"%PDF-1.7 cut")

    with pytest.raises(GiveUp, match="audit_certificates"):
        documents.make_paper(Job.objects.get(kind="paper"))

    paper.refresh_from_db()
    assert not paper.path
    assert [path for path in media.rglob("*.zip") if path.is_file()] == []


def test_a_bundle_ordered_again_after_it_failed_is_made_again(clara):
    training = made(issued("Amina"))
    first = bundles.order("certificates_zip", training, by=clara)
    Job.objects.filter(kind="paper").update(state="failed", finished_at=timezone.now())

    second = bundles.order("certificates_zip", training, by=clara)

    assert first == second
    assert Job.objects.get(kind="paper").state == "waiting"


def test_whose_certificate_was_taken_can_see_it(clara):
    training = made(issued("Amina"))

    bundles.order("certificates_zip", training, by=clara)

    person = training.applications.get().person
    assert person.reads.get().what == "certificates of a training"


def test_only_the_coordinator_comes_in(client, hasan, gunel):
    training = issued("Amina")

    for person in (hasan, gunel):
        client.force_login(person)
        assert client.get(room(training)).status_code == 403
