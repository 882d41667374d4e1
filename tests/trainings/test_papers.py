"""Papers: ordered once, made by a worker, shown to whom they concern, deleted in their time."""

import datetime
import os

import pytest
from django.utils import timezone

from rtcm.jobs.models import GiveUp, Job
from tests import make
from tests.making.papers import SHEET, paper
from tests.trainings.papers import read, words_of
from trainings import documents, paper_pdf, papers, shelf
from trainings.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def made(row: Paper) -> Paper:
    documents.make_paper(Job.objects.get(dedupe_key=f"paper:{row.pk}"))
    row.refresh_from_db()
    return row


def opened(client, row: Paper) -> int:
    answer = client.get(row.get_absolute_url())
    for close in answer._resource_closers:  # as a server does
        close()
    return answer.status_code


def days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def test_the_same_order_twice_is_one_paper_and_one_job():
    training = make.training()

    first, second = (paper(training=training) for _ in range(2))

    assert first == second
    assert Job.objects.filter(kind="paper").count() == 1


def test_other_facts_make_another_paper():
    first = paper()
    second = paper(facts=SHEET | {"day": "26 May 2026"})

    assert first != second


def test_a_paper_of_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(LookupError):
        papers.order("poster", key="x", by=None, facts={"title": "x"}, language="en")


def test_made_twice_it_is_the_same_bytes_tagged_and_titled(media):
    row = made(paper())
    first = (media / row.path).read_bytes()

    made(row)

    assert (media / row.path).read_bytes() == first
    pdf = read(first)
    assert pdf.metadata.title == "Sign-in sheet"
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert "pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "Amina Karimova" in words_of(pdf)


def test_text_of_people_stays_text():
    facts = SHEET | {"people": [{"name": "<img src=http://127.0.0.1/x>", "institution": "&"}]}

    text = words_of(read(paper_pdf.render(paper(facts=facts))))

    assert "<img src=http://127.0.0.1/x>" in text


def test_a_deleted_paper_is_not_made():
    row = paper()
    job = Job.objects.get(kind="paper")
    row.delete()

    with pytest.raises(GiveUp):
        documents.make_paper(job)


def test_a_paper_that_is_not_made_yet_looks_again_by_itself(client, clara):
    client.force_login(clara)
    row = paper()

    waiting = client.get(row.get_absolute_url())
    made(row)
    ready = client.get(row.get_absolute_url())

    assert (waiting.status_code, waiting["Refresh"]) == (503, "3")
    assert (ready.status_code, ready["Content-Type"]) == (200, "application/pdf")
    assert b"".join(ready.streaming_content).startswith(b"%PDF-1.7")


def test_a_paper_that_failed_says_so_and_stops_looking(client, clara):
    client.force_login(clara)
    row = paper()
    Job.objects.filter(kind="paper").update(state="failed", finished_at=timezone.now())

    answer = client.get(row.get_absolute_url())

    assert "could not be made" in answer.content.decode()
    assert not answer.has_header("Refresh")


def test_a_letter_is_open_to_the_person_it_is_about_only(client, amina, boris):
    row = made(paper(application=make.application(of=amina.person)))

    seen = {}
    for person in (amina, boris):
        client.force_login(person)
        seen[person] = opened(client, row)

    assert seen == {amina: 200, boris: 404}


def test_staff_opening_a_letter_leave_a_trace(client, clara, amina):
    row = made(paper(application=make.application(of=amina.person)))
    client.force_login(clara)

    opened(client, row)

    assert amina.person.reads.filter(reader=clara).count() == 1


def test_papers_go_after_their_time_with_their_files(media):
    old = made(paper(key="old", ordered_at=days_ago(31)))
    young = made(paper(key="young", ordered_at=days_ago(29)))

    swept = [papers.sweep(), papers.sweep()]

    assert swept == [1, 0]
    assert list(Paper.objects.all()) == [young]
    assert not (media / old.path).exists()


def test_half_files_of_dead_workers_are_swept_and_living_ones_are_not(media):
    parts = media / shelf.PARTS
    parts.mkdir()
    for name, hours in (("dead", 2), ("living", 0)):
        (parts / f"{name}.part").write_bytes(b"half")
        then = (timezone.now() - datetime.timedelta(hours=hours)).timestamp()
        os.utime(parts / f"{name}.part", (then, then))

    swept = [shelf.sweep(), shelf.sweep()]

    assert swept == [1, 0]
    assert [part.name for part in parts.iterdir()] == ["living.part"]
