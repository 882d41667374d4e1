"""Issuing, issuing again, revoking; numbers and codes."""

import math
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rtcm.jobs.models import Job, Message
from tests import make
from tests.trainings.people import refused
from tests.trainings.racing import at_once
from trainings import certificates, documents, issuing
from trainings.models import Application, Certificate, CertificateCounter
from trainings.models.certificate import ALPHABET, CODE_LENGTH, new_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attended(person=None, **fields) -> Application:
    training = make.training(in_days=-10, **fields)
    return make.application(training, person or make.person(), "attended")


def numbers() -> list[int]:
    return sorted(int(c.number.rpartition("-")[2]) for c in Certificate.objects.all())


def test_a_certificate_freezes_what_it_says(amina, clara):
    training = make.training("Borders", in_days=-10, certificate_hours="24", objectives=[11, 2])
    application = make.application(training, amina.person, "attended", language="ru")

    certificate = certificates.issue(application, by=clara)
    training.title_en = training.title_ru = training.title_az = "Renamed"
    training.save()
    amina.person.certificate_name = "Renamed too"
    amina.person.save()

    certificate.refresh_from_db()
    year = timezone.localdate().year
    assert certificate.number == f"RTCM-{year}-000001"
    assert certificate.holder == "Amina Karimova"
    assert {code: text["title"] for code, text in certificate.texts.items()} == {
        "az": "Borders",
        "en": "Borders",
        "ru": "Borders",
    }
    assert (certificate.language, certificate.objectives) == ("ru", [2, 11])
    assert (certificate.hours, certificate.issued_by) == (24, clara)


def test_without_a_name_for_certificates_the_full_name_is_taken():
    certificate = certificates.issue(attended(make.person("Farid")), by=None)

    assert certificate.holder == "Farid"


def test_an_online_training_has_its_way_for_a_place():
    texts = certificates.issue(attended(mode="online"), by=None).texts

    assert texts["en"]["place"] == "Online"


@pytest.mark.parametrize("state", sorted(set(Application.State.values) - {"attended"}))
def test_only_who_attended_gets_one(state):
    application = make.application(make.training(in_days=-10), state=state)

    assert refused(lambda: certificates.issue(application, by=None)).code == "not_attended"
    assert not CertificateCounter.objects.exists()


def test_issuing_twice_gives_the_same_certificate():
    application = attended()

    first, second = (certificates.issue(application, by=None) for _ in range(2))

    assert second == first
    assert Job.objects.filter(kind="certificate").count() == 1


def test_a_higher_tier_takes_the_place_of_the_lower_one():
    application = attended()

    first = certificates.issue(application, by=None)
    second = certificates.issue(application, by=None, tier="trainer")
    third = certificates.issue(application, by=None, tier="completion")

    first.refresh_from_db()
    assert (first.tier, first.standing) == ("participation", "superseded")
    assert (second.tier, second.standing, second.supersedes) == ("trainer", "valid", first)
    assert third == second
    assert numbers() == [1, 2]


def test_the_document_is_owed_with_the_certificate():
    certificate = certificates.issue(attended(), by=None)

    job = Job.objects.get()
    assert (job.kind, job.queue) == ("certificate", "documents")
    assert job.dedupe_key == f"certificate:{certificate.number}"
    assert job.payload == {"certificate": certificate.pk}


def test_a_name_too_long_for_the_document_is_said_and_uses_no_number():
    application = attended(make.person("A" * 91))

    said = refused(lambda: certificates.issue(application, by=None))

    assert said.code == "too_long"
    assert numbers() == []


def test_numbers_follow_each_other_year_by_year():
    with transaction.atomic():
        drawn = [issuing.draw_numbers(*each) for each in ((2026, 2), (2027, 1), (2026, 1))]

    assert drawn == [
        ["RTCM-2026-000001", "RTCM-2026-000002"],
        ["RTCM-2027-000001"],
        ["RTCM-2026-000003"],
    ]


def test_what_is_rolled_back_uses_no_number():
    certificates.issue(attended(), by=None)

    with transaction.atomic():
        certificates.issue(attended(), by=None)
        transaction.set_rollback(True)
    certificates.issue(attended(), by=None)

    assert numbers() == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_numbers_drawn_at_once_have_no_gap_and_no_double_even_when_some_fail():
    applications = [attended() for _ in range(24)]

    def issue(number: int, application: Application) -> None:
        with transaction.atomic():
            certificates.issue(application, by=None)
            if number % 3 == 0:
                raise ValidationError("This request died before its end.")

    at_once([lambda n=n, it=it: issue(n, it) for n, it in enumerate(applications)])

    assert numbers() == list(range(1, 17))


@pytest.mark.django_db(transaction=True)
def test_issuing_one_certificate_at_once_gives_one():
    application = attended()

    results = at_once([lambda: certificates.issue(application, by=None)] * 8)

    assert len({result.pk for result in results}) == 1
    assert numbers() == [1]


def test_codes_carry_at_least_128_random_bits_and_letters_nobody_mixes_up():
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert CODE_LENGTH * math.log2(len(set(ALPHABET))) >= 128
    assert all(re.fullmatch("[A-HJKMNP-TV-Z2-9]{27}", code) for code in codes)
    used = set("".join(codes))
    assert used == set(ALPHABET)


def test_issuing_to_all_leaves_out_who_was_absent_or_has_one():
    training = make.training(in_days=-10)
    here, there = (make.application(training, state="attended") for _ in range(2))
    make.application(training, state="absent")
    certificates.issue(here, by=None)

    assert [certificates.issue_all(training, by=None) for _ in range(2)] == [1, 0]

    assert {c.application_id for c in Certificate.objects.all()} == {here.pk, there.pk}


def test_a_revoked_certificate_is_not_given_back_by_issuing_to_all():
    certificate = make.certificate()
    certificates.revoke(certificate, by=None, reason="Was not there")

    assert certificates.issue_all(certificate.application.training, by=None) == 0


def test_issued_again_it_has_a_new_number_and_name_and_the_old_one_leads_to_it(amina, clara):
    old = certificates.issue(attended(amina.person), by=None)
    amina.person.certificate_name = "Amina Karimova-Hasanova"
    amina.person.save()

    new = certificates.reissue(old, by=clara)

    old.refresh_from_db()
    assert (old.state, old.superseded_by) == ("superseded", new)
    assert (old.holder, new.holder) == ("Amina Karimova", "Amina Karimova-Hasanova")
    assert new.code != old.code
    assert numbers() == [1, 2]


@pytest.mark.parametrize("state", ["superseded", "revoked"])
def test_only_a_valid_certificate_is_issued_again_or_revoked(state):
    columns = {"revoked_at": timezone.now()} if state == "revoked" else {}
    certificate = make.certificate(state=state, **columns)

    assert refused(lambda: certificates.reissue(certificate, by=None)).code == "state"
    assert (
        refused(lambda: certificates.revoke(certificate, by=None, reason="Wrong")).code == "state"
    )


def test_revoking_needs_a_reason_and_keeps_it(clara):
    certificate = make.certificate()

    assert refused(lambda: certificates.revoke(certificate, by=clara, reason=" ")).code == "reason"
    certificates.revoke(certificate, by=clara, reason=" Signed by mistake ")

    certificate.refresh_from_db()
    assert certificate.standing == "revoked"
    assert (certificate.revoked_reason, certificate.revoked_by) == ("Signed by mistake", clara)


@pytest.mark.parametrize(("days", "standing"), [(-1, "expired"), (0, "valid"), (1, "valid")])
def test_a_certificate_expires_after_its_last_day(days, standing):
    last = timezone.localdate() + timedelta(days=days)

    assert make.certificate(expires_on=last).standing == standing


# --- The worker's part ------------------------------------------------------------------------


def test_making_the_document_stores_it_and_owes_the_letter(amina, settings, tmp_path):
    application = attended(amina.person)
    Application.objects.filter(pk=application.pk).update(language="ru")
    certificate = certificates.issue(application, by=None)

    documents.make(Job.objects.get(kind="certificate"))

    certificate.refresh_from_db()
    content = (tmp_path / certificate.path).read_bytes()
    letter = Message.objects.get()
    assert content.startswith(b"%PDF-")
    assert certificate.rendered_at
    assert (letter.kind, letter.to, letter.language) == (
        "trainings/certificate",
        "amina@example.org",
        "ru",
    )
    assert f"{settings.SITE_ORIGIN}/ru/me/certificates/{certificate.code}.pdf" in letter.body_text
    assert certificate.grouped_code in letter.body_text


def test_made_twice_it_is_the_same_file_and_one_letter(amina, tmp_path):
    certificate = certificates.issue(attended(amina.person), by=None)
    job = Job.objects.get(kind="certificate")
    documents.make(job)
    certificate.refresh_from_db()
    first = (certificate.sha256, (tmp_path / certificate.path).read_bytes())

    documents.make(job)

    certificate.refresh_from_db()
    assert (certificate.sha256, (tmp_path / certificate.path).read_bytes()) == first
    assert Message.objects.count() == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        f"{certificate.number}.pdf"
    ]


def test_no_letter_announces_a_certificate_revoked_meanwhile(amina):
    certificate = certificates.issue(attended(amina.person), by=None)
    certificates.revoke(certificate, by=None, reason="Was not there")

    documents.make(Job.objects.get(kind="certificate"))

    assert not Message.objects.exists()


def test_somebody_without_an_address_has_a_document_and_no_letter():
    certificate = certificates.issue(attended(make.person("Grandmother")), by=None)

    documents.make(Job.objects.get(kind="certificate"))

    certificate.refresh_from_db()
    assert certificate.path
    assert not Message.objects.exists()
