import datetime

import pytest
from django.db import IntegrityError, transaction

from rtcm.accounts.models import DataRequest, FocalPoint, PersonalDataRead, record_read
from tests import make

pytestmark = pytest.mark.django_db


def test_a_focal_point_is_current_between_the_first_and_the_last_day():
    day = datetime.date(2026, 5, 10)
    country = make.country("GE")
    for starts, ends in [("2026-05-10", None), ("2026-01-01", "2026-05-10"), ("2026-01-01", None)]:
        FocalPoint.objects.create(
            person=make.person(), country=country, starts_on=starts, ends_on=ends
        )
    for starts, ends in [("2026-05-11", None), ("2026-01-01", "2026-05-09")]:
        FocalPoint.objects.create(
            person=make.person(), country=country, starts_on=starts, ends_on=ends
        )

    assert FocalPoint.objects.current(day).count() == 3


def test_a_focal_point_speaks_for_a_country_or_an_institution():
    with pytest.raises(IntegrityError, match="speaks_for_something"), transaction.atomic():
        FocalPoint.objects.create(person=make.person())


def test_erasure_is_asked_for_once_until_it_is_answered(clara):
    person = make.person()
    first = DataRequest.objects.create(person=person, kind=DataRequest.Kind.ERASE)

    with pytest.raises(IntegrityError, match="one_open_data_request"), transaction.atomic():
        DataRequest.objects.create(person=person, kind=DataRequest.Kind.ERASE)
    assert first.refuse(clara, "A court asked us to keep it.") is True
    DataRequest.objects.create(person=person, kind=DataRequest.Kind.ERASE)


def test_a_request_is_answered_once(clara, farid):
    request = DataRequest.objects.create(person=make.person(), kind=DataRequest.Kind.ERASE)
    same = DataRequest.objects.get()

    assert request.done(clara, "Done.") is True
    assert same.refuse(farid, "No.") is False
    assert (same.state, same.answered_by, same.answer) == ("done", clara, "Done.")


def test_reading_somebody_elses_record_is_noted(clara, amina):
    record_read(clara, amina.person, "record opened")

    read = PersonalDataRead.objects.get()
    assert (read.reader, read.person, read.what) == (clara, amina.person, "record opened")


def test_reading_ones_own_record_is_not(clara):
    record_read(clara, clara.person, "record opened")

    assert not PersonalDataRead.objects.exists()
