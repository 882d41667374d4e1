"""A transcript: ordered by the person it is about, made by a worker from frozen facts."""

from datetime import date

import pytest

from rtcm.jobs.models import Job
from tests import make
from tests.making.completion import over, there
from tests.trainings.papers import read
from tests.trainings.people import refused, said
from trainings import certificates, documents, transcripts
from trainings.models import Paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
ORDER = "/en/me/transcript/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def browser(client, amina):
    client.force_login(amina)
    return client


def been(person, title: str, **fields):
    training = make.training(title, in_days=-9, **fields)
    return make.application(training, person, "attended")


def made(paper: Paper):
    documents.make_paper(Job.objects.get(dedupe_key=f"paper:{paper.pk}"))
    paper.refresh_from_db()
    return paper


def words(media, paper: Paper) -> str:
    pages = read((media / paper.path).read_bytes()).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_lists_every_training_with_dates_hours_tier_and_number(browser, amina, media):
    first = been(amina.person, "Borders", certificate_hours="24", objectives=[11, 23])
    been(amina.person, "Data", objectives=[11])
    certificate = certificates.issue(first, by=None, tier="completion")

    answer = browser.post(ORDER)
    paper = made(Paper.objects.get())

    assert answer["Location"] == paper.get_absolute_url()
    text = words(media, paper)
    for part in (
        "Amina Karimova",
        "Borders",
        "Data",
        certificate.number,
        "Certificate of completion",
    ):
        assert part in text
    assert "24 academic hours of 45 minutes" in text
    assert "2 trainings attended" in text
    assert "Label 11 2" in text
    assert "Label 23 1" in text


def test_it_says_what_was_frozen_with_the_certificate(amina):
    application = been(amina.person, "Borders")
    certificates.issue(application, by=None)
    application.training.title_en = "Renamed"
    application.training.save()

    (row,) = transcripts.order(amina.person, by=amina).facts["rows"]

    assert row["title"] == "Borders"


def test_a_revoked_certificate_is_not_told_of(amina):
    certificate = certificates.issue(been(amina.person, "Borders"), by=None)
    certificates.revoke(certificate, by=None, reason="Why")

    (row,) = transcripts.order(amina.person, by=amina).facts["rows"]

    assert (row["title"], row["number"]) == ("Borders", "")


def test_an_expired_one_says_until_when_it_was_valid(amina):
    make.certificate(been(amina.person, "Borders"), expires_on=date(2020, 1, 31))

    (row,) = transcripts.order(amina.person, by=amina).facts["rows"]

    assert row["expired"] == "31 January 2020"


def test_academic_and_clock_hours_are_not_added_up(amina):
    been(amina.person, "A", certificate_hours="24")
    been(amina.person, "B", certificate_hours="10", hours_kind="clock")
    there(over(), 90, of=amina.person)

    whole = transcripts.order(amina.person, by=amina).facts["whole"]

    assert whole == ["26 academic hours of 45 minutes", "10 hours of 60 minutes"]


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_it_is_tagged_titled_and_in_the_language_of_its_reader(amina, media, language):
    been(amina.person, "Borders", objectives=[11])

    paper = made(transcripts.order(amina.person, by=amina, language=language))

    pdf = read((media / paper.path).read_bytes())
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert pdf.metadata.title == paper.facts["title"]
    figures = [each for each in elements(root["/StructTreeRoot"]) if each.get("/S") == "/Figure"]
    assert [bool(each.get("/Alt")) for each in figures] == [True]


def elements(node):
    """Every element of the structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(found, "get"):
            yield found
            yield from elements(found)


def test_made_twice_it_is_the_same_bytes(amina, media):
    been(amina.person, "Borders", objectives=[11])
    paper = made(transcripts.order(amina.person, by=amina))
    first = (media / paper.path).read_bytes()

    made(paper)

    assert (media / paper.path).read_bytes() == first


def test_the_same_day_gives_the_same_paper(amina):
    been(amina.person, "Borders")

    papers = {transcripts.order(amina.person, by=amina).pk for _ in range(2)}

    assert len(papers) == 1


@pytest.mark.parametrize("state", ["confirmed", "absent"])
def test_without_an_attended_training_there_is_nothing_to_list(browser, amina, state):
    make.application(make.training(in_days=-9), amina.person, state)

    assert refused(lambda: transcripts.order(amina.person, by=amina)).code == "nothing"
    assert "there is none yet" in said(browser.post(ORDER, follow=True))
    assert b"Make my transcript" not in browser.get("/en/me/certificates/").content


def test_somebody_without_a_person_is_told_the_same(client):
    client.force_login(make.user())

    assert "there is none yet" in said(client.post(ORDER, follow=True))


def test_only_its_person_and_staff_open_it(client, amina, boris, clara):
    been(amina.person, "Borders")
    paper = made(transcripts.order(amina.person, by=amina))

    seen = {}
    for person in (amina, boris, clara):
        client.force_login(person)
        answer = client.get(paper.get_absolute_url())
        seen[person] = answer.status_code
        for close in answer._resource_closers:  # as a server does
            close()

    assert seen == {amina: 200, boris: 404, clara: 200}
    assert amina.person.reads.get().reader == clara
