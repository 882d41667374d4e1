"""Anybody checks a certificate: what the page says of each standing, and of a code nobody has."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests import make
from tests.trainings.people import said
from trainings import certificates
from trainings.dates import full_date
from trainings.models import Certificate
from trainings.models.certificate import new_code

pytestmark = pytest.mark.django_db
CHECK_QUERIES = 2  # the certificate, its objectives; whatever the code
UNKNOWN = "ABCDEFGHJKMNPQRSTVWXYZ23456"


@pytest.fixture
def certificate(amina):
    training = make.training("Borders", in_days=-10, objectives=[11])
    return make.certificate(make.application(training, amina.person, "attended"))


def page_of(client, code: str, language: str = "en"):
    return client.get(f"/{language}/certificates/{code}/")


def verdict(answer) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    return page.select_one("h1").get_text(strip=True)


def test_a_valid_certificate_shows_name_training_dates_tier_and_number(client, certificate):
    answer = page_of(client, certificate.code)

    assert (answer.status_code, verdict(answer)) == (200, "Valid")
    for part in ("Amina Karimova", "Borders", "Certificate of participation", certificate.number):
        assert part in said(answer)


def test_nothing_else_about_the_holder_is_shown(client, certificate, amina):
    amina.person.post = "Secret adviser"
    amina.person.save()

    text = page_of(client, certificate.code).content.decode()

    assert "amina@example.org" not in text
    assert "Secret adviser" not in text


def test_each_standing_has_its_word_and_sentence(client, certificate, clara):
    new = certificates.reissue(certificate, by=clara)
    replaced = page_of(client, certificate.code)
    assert (replaced.status_code, verdict(replaced)) == (200, "Superseded")
    assert f"/en/certificates/{new.code}/" in replaced.content.decode()

    certificates.revoke(new, by=clara, reason="Private matter", kind="conditions")
    revoked = page_of(client, new.code)
    assert verdict(revoked) == "Revoked"
    assert "The centre has revoked this certificate. It is not valid." in said(revoked)
    assert f"Revoked on {full_date(timezone.localdate())}." in said(revoked)
    assert "Kind of reason: The conditions for it were not met." in said(revoked)
    assert "Private matter" not in said(revoked)


def test_an_expired_certificate_says_so(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    certificate = make.certificate(expires_on=yesterday)

    answer = page_of(client, certificate.code)
    assert verdict(answer) == "Expired"
    assert f"It was valid until {full_date(yesterday)}." in said(answer)


def test_the_last_day_of_validity_and_the_hours_are_shown(client):
    training = make.training(in_days=-10, certificate_hours="24")
    day = timezone.localdate() + timedelta(days=400)
    certificate = make.certificate(make.application(training, state="attended"), expires_on=day)

    text = said(page_of(client, certificate.code))

    assert f"Valid until {full_date(day)}" in text
    assert "Hours 24 academic hours of 45 minutes" in text


def test_a_code_that_nobody_has_is_not_found(client):
    answer = page_of(client, UNKNOWN)

    assert (answer.status_code, verdict(answer)) == (404, "Not found")
    assert UNKNOWN in said(answer)


@pytest.mark.parametrize("code", ["x", "%00", "..", "%3Cscript%3E", "a" * 300, "%F0%9F%8E%93"])
def test_a_code_that_is_none_is_not_found_and_not_repeated(client, code):
    answer = page_of(client, code)

    assert answer.status_code == 404
    assert b"<script>" not in answer.content


def test_unknown_codes_are_answered_alike(client, django_assert_num_queries):
    with django_assert_num_queries(CHECK_QUERIES):
        first = page_of(client, UNKNOWN)
    other = new_code()
    with django_assert_num_queries(CHECK_QUERIES):
        second = page_of(client, other)

    assert first.content.replace(UNKNOWN.encode(), b"") == second.content.replace(
        other.encode(), b""
    )


@pytest.mark.parametrize("standing", ["valid", "revoked", "superseded", "expired", "bare"])
def test_a_known_code_costs_the_same_work_as_an_unknown_one(
    client, certificate, django_assert_num_queries, standing
):
    code = certificate.code
    if standing == "revoked":
        certificates.revoke(certificate, by=None, reason="Why")
    elif standing == "superseded":
        certificates.reissue(certificate, by=None)
    elif standing == "expired":
        Certificate.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    elif standing == "bare":
        code = make.certificate().code  # without objectives

    with django_assert_num_queries(CHECK_QUERIES):
        assert page_of(client, code).status_code == 200


def test_the_page_is_not_indexed_and_not_kept(client, certificate):
    answer = page_of(client, certificate.code)

    assert answer["X-Robots-Tag"] == "noindex"
    robots = BeautifulSoup(answer.content, "html.parser").select_one("meta[name=robots]")
    assert "noindex" in robots["content"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "typed", ["{code}", " {lower} ", "{grouped}", "{spaced}", "{grouped}\n"], ids=str
)
def test_a_code_may_be_typed_as_people_type(client, certificate, typed):
    code = typed.format(
        code=certificate.code,
        lower=certificate.code.lower(),
        grouped=certificate.grouped_code,
        spaced=" ".join(certificate.code),
    )

    answer = client.get("/en/certificates/", {"code": code})

    assert answer["Location"] == f"/en/certificates/{certificate.code}/"


@pytest.mark.parametrize("typed", ["", "---", "   ", "x" * 61])
def test_what_is_no_code_is_said_on_the_form(client, typed):
    answer = client.get("/en/certificates/", {"code": typed})

    assert answer.status_code == 200
    assert BeautifulSoup(answer.content, "html.parser").select_one(".error-summary")


def test_the_empty_form_has_no_error(client):
    answer = client.get("/en/certificates/")

    assert not BeautifulSoup(answer.content, "html.parser").select_one(".error-summary")


def test_guessing_is_slowed_down(client):
    statuses = [page_of(client, new_code()).status_code for _ in range(32)]

    assert statuses == [404] * 30 + [429] * 2


@pytest.mark.parametrize("language", ["az", "ru"])
def test_the_title_is_told_in_the_language_of_the_reader(client, amina, language):
    training = make.training("Borders", in_days=-10, title_az="Sərhədlər", title_ru="Границы")
    certificate = make.certificate(make.application(training, amina.person, "attended"))

    text = said(page_of(client, certificate.code, language))

    assert {"az": "Sərhədlər", "ru": "Границы"}[language] in text
