"""Official letters: texts, numbers without gaps, the register, passports, scans."""

import datetime
import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from PIL import Image

from rtcm.accounts.models import FocalPoint, PersonalDataRead
from rtcm.jobs.models import LetterTemplate, Message
from tests import make
from tests.trainings.desks import door
from tests.trainings.papers import read, words_of
from tests.trainings.people import refused, said
from trainings import official, paper_pdf
from trainings.models import OfficialLetter, Paper, TravelSheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def application(amina):
    training = make.training(title="Borders", city_en="Baku")
    return make.application(training, amina.person, state="confirmed", post="Inspector")


def issued(*to, kind="acceptance", by=None, batch=None):
    training = to[0].training if hasattr(to[0], "training") else make.training()
    return official.issue(kind, training, to, by=by, batch=batch or uuid.uuid4())


def sheet(application, number="C0123456"):
    today = timezone.localdate()
    return TravelSheet.objects.create(
        application=application,
        arrives_on=today,
        departs_on=today,
        emergency_name="x",
        emergency_phone="1",
        passport_number=number,
        passport_country="Azerbaijan",
        passport_until=today + datetime.timedelta(days=900),
    )


def test_a_letter_gets_a_number_a_paper_and_a_line_in_the_register(application, clara, amina):
    (letter,) = issued(application, by=clara)

    year = timezone.localdate().year
    assert letter.number == f"RTCM-L-{year}-0001"
    assert letter.subject == "Acceptance to “Borders”"
    assert letter.addressee == "Amina Karimova\nInspector"
    paper = Paper.objects.get(key=letter.number)
    assert paper in Paper.objects.visible_to(amina)
    document = read(paper_pdf.render(paper))
    assert letter.number in words_of(document)
    assert "you are accepted to “Borders”" in words_of(document)
    assert Message.objects.get(to="amina@example.org").kind == "trainings/official_letter"


def test_numbers_have_no_gaps_even_after_a_failure(application, clara):
    issued(application, by=clara)
    with pytest.raises(RuntimeError):
        fails_after(lambda: issued(application, by=clara))
    issued(application, by=clara)

    assert sorted(OfficialLetter.objects.values_list("serial", flat=True)) == [1, 2]


def test_the_same_form_twice_writes_once(application, clara):
    batch = uuid.uuid4()

    first = issued(application, by=clara, batch=batch)
    second = issued(application, by=clara, batch=batch)

    assert first == second
    assert OfficialLetter.objects.count() == 1


def fails_after(deed):
    with transaction.atomic():
        deed()
        raise RuntimeError


@pytest.mark.parametrize(
    ("language", "title"), [("az", "Sərhədlər"), ("ru", "Границы"), ("en", "Borders")]
)
def test_a_letter_is_in_the_language_of_its_reader(clara, language, title):
    training = make.training(title="Borders", title_az="Sərhədlər", title_ru="Границы")
    application = make.application(
        training, make.person("Reader"), state="confirmed", language=language
    )

    with translation.override("en"):
        (letter,) = issued(application, by=clara)

    assert letter.language == language
    assert title in letter.subject


def test_staff_word_a_letter_with_the_same_placeholders(application, clara):
    LetterTemplate.objects.create(
        kind="official/acceptance",
        language="en",
        subject="Welcome, {name}",
        body="See you at {training}, {post}.",
    )

    (letter,) = issued(application, by=clara)

    assert letter.subject == "Welcome, Amina Karimova"
    assert letter.text.strip() == "See you at Borders, Inspector."


def test_a_placeholder_that_does_not_exist_is_refused_on_saving():
    wording = LetterTemplate(
        kind="official/acceptance", language="en", subject="Hi", body="{passport_number}"
    )

    error = refused_text(wording.full_clean)

    assert "This letter has no placeholder {passport_number}." in error


def refused_text(deed):
    with pytest.raises(Exception) as refusal:  # noqa: PT011 - a ValidationError by field
        deed()
    return str(refusal.value)


def test_an_institution_is_asked_for_nominations_in_its_focal_points_language(clara, emil):
    institution = make.institution(name="Border Guard")
    FocalPoint.objects.create(person=emil.person, institution=institution)
    emil.person.language = "ru"
    emil.person.save()

    (letter,) = issued(institution, kind="nomination_request", by=clara)

    assert (letter.institution, letter.person, letter.language) == (institution, None, "ru")
    assert letter.addressee == "Border Guard\nEmil Mammadov"


@pytest.mark.parametrize("kind", ["visa_support", "acceptance"])
def test_some_letters_are_for_people_only(clara, kind):
    institution = make.institution()

    error = refused(lambda: issued(institution, kind=kind, by=clara))

    assert error.message == "This kind of letter is written to people."


def test_a_request_for_nominations_is_not_for_people(application, clara):
    error = refused(lambda: issued(application, kind="nomination_request", by=clara))

    assert error.message == "This kind of letter is written to institutions."
    assert not OfficialLetter.objects.exists()


@pytest.mark.parametrize("kind", ["visa_support", "acceptance"])
def test_who_has_no_seat_is_not_told_to_have_one(clara, kind):
    application = make.application(make.training(), make.person("Boris"), state="waitlisted")

    error = refused(lambda: issued(application, kind=kind, by=clara))

    assert error.message.startswith("Boris has no seat in this training")


def test_passport_data_stay_on_the_paper_and_are_read_by_those_who_may(application):
    boss = make.user(is_superuser=True)
    sheet(application)

    (letter,) = issued(application, kind="visa_support", by=boss)

    assert "C0123456" not in letter.text
    assert "•••456" in letter.text
    paper = Paper.objects.get(key=letter.number)
    assert paper.kind == "visa_letter"
    assert "C0123456" in words_of(read(paper_pdf.render(paper)))
    read_of = PersonalDataRead.objects.get(person=application.person)
    assert read_of.what == "passport data for a visa letter"


def test_without_the_permission_no_passport_is_read(application, gunel):
    sheet(application)

    error = refused(lambda: issued(application, kind="visa_support", by=gunel))

    assert error.message.startswith("You may not read passport data")
    assert not PersonalDataRead.objects.exists()


def test_without_passport_data_there_is_no_visa_letter_and_no_number(application):
    boss = make.user(is_superuser=True)

    error = refused(lambda: issued(application, kind="visa_support", by=boss))

    assert error.message.startswith("Amina Karimova has not filled in the passport data")
    (letter,) = issued(application, by=boss)
    assert letter.serial == 1


def test_the_register_is_voided_never_changed(application, clara):
    (letter,) = issued(application, by=clara)

    official.void(letter, by=clara, reason="Wrong dates")
    again = refused(lambda: official.void(letter, by=clara, reason="Again"))

    assert again.message == "This letter is void already."
    rows = OfficialLetter.objects.filter(pk=letter.pk)
    for change in ({"text": "x"}, {"serial": 9}, {"voided_at": None, "void_reason": ""}):
        with pytest.raises(IntegrityError, match="voided, never"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="voided, never"), transaction.atomic():
        rows.delete()


def test_voiding_needs_a_reason(application, clara):
    (letter,) = issued(application, by=clara)

    error = refused(lambda: official.void(letter, by=clara, reason=" "))

    assert error.message == "Please give a reason for voiding."


def test_the_desk_shows_letters_before_it_issues_them(desk, application):
    address = door(application.training, "letters")
    data = {"kind": "invitation", "to": f"application-{application.pk}", "batch": uuid.uuid4()}

    page = said(desk.post(address, data | {"verb": "preview"}))

    assert "has the honour to invite you to “Borders”" in page
    assert not OfficialLetter.objects.exists()
    answer = desk.post(address, data | {"verb": "issue"}, follow=True)
    assert "1 letter issued." in said(answer)
    assert OfficialLetter.objects.get().person == application.person


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "spam"}, "Choose a kind of letter."),
        ({"to": "application-999999"}, "Tick at least one addressee."),
        ({"to": "x"}, "Tick at least one addressee."),
        ({"kind": "nomination_request"}, "This kind of letter is written to institutions."),
        ({"batch": "x", "verb": "issue"}, "This form was already used."),
    ],
)
def test_the_desk_refuses_with_a_sentence(desk, application, change, sentence):
    data = {"kind": "invitation", "to": f"application-{application.pk}", "verb": "preview"}

    answer = desk.post(door(application.training, "letters"), data | change, follow=True)

    assert sentence in said(answer)
    assert not OfficialLetter.objects.exists()


def test_a_scan_is_judged_by_its_content_and_served_to_the_desk(desk, application, clara):
    (letter,) = issued(application, by=clara)
    address = f"/admin/trainings/officialletter/{letter.pk}/deeds/"

    bad = SimpleUploadedFile("scan.pdf", b"<html>", "application/pdf")
    answer = desk.post(address, {"verb": "scan", "scan": bad}, follow=True)

    assert "This file is of another kind." in said(answer)
    good = SimpleUploadedFile("scan.png", picture(), "image/png")
    desk.post(address, {"verb": "scan", "scan": good})
    letter.refresh_from_db()
    assert letter.scan.name.endswith(".png")


def picture():
    target = io.BytesIO()
    Image.new("RGB", (10, 10)).save(target, "PNG")
    return target.getvalue()


def test_the_register_is_searched_and_exported(desk, application, clara):
    (letter,) = issued(application, by=clara)
    address = "/admin/trainings/officialletter/"

    assert letter.number in said(desk.get(f"{address}?q=Amina"))
    assert letter.number not in said(desk.get(f"{address}?q=Nobody"))
    data = {"action": "export_xlsx", "_selected_action": letter.pk}
    answer = desk.post(address, data)

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][0] == letter.number
    assert PersonalDataRead.objects.filter(what__startswith="export of the outgoing").exists()
