"""What the tables know about who said what: nothing, whatever order the answers came in."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from tests import make
from trainings import surveys
from trainings.models import Survey, SurveyAnswer, SurveyGuest

PEOPLE = 8


@pytest.fixture
def answered(transactional_db):
    """Eight people answer one after another, each in a transaction of their own, as on the site."""
    training = make.training(in_days=-1)
    for number in range(PEOPLE):
        make.application(training, make.person(f"Person {number}"), state="attended")
    survey = surveys.open_now(training, Survey.Kind.END)
    guests = list(survey.guests.order_by("application"))
    for number, guest in enumerate(guests):
        surveys.answer(guest, {"best": f"Said {number}"})
    return guests


def hidden_columns(model) -> list[tuple]:
    """The answer or the guest, with what PostgreSQL knows about each row beside our columns."""
    with connection.cursor() as cursor:
        columns = sql.SQL("SELECT id, xmin::text, ctid::text FROM {} ORDER BY ctid")
        cursor.execute(columns.format(sql.Identifier(model._meta.db_table)))
        return cursor.fetchall()


def test_no_column_of_an_answer_leads_to_a_person_or_a_time():
    columns = {field.name: field.get_internal_type() for field in SurveyAnswer._meta.fields}

    assert columns == {"id": "UUIDField", "survey": "ForeignKey", "answers": "JSONField"}
    assert SurveyAnswer._meta.ordering == []


def test_no_column_of_a_guest_is_a_time_or_leads_to_an_answer():
    kinds = {field.get_internal_type() for field in SurveyGuest._meta.fields}
    pointing = [
        field.model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is SurveyAnswer
    ]

    assert not kinds & {"DateTimeField", "DateField", "TimeField", "AutoField", "BigAutoField"}
    assert {model._meta.label for model in pointing} <= {"trainings.Survey"}


def test_neither_table_has_a_sequence(answered):
    with connection.cursor() as cursor:
        for model in (SurveyAnswer, SurveyGuest):
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            assert cursor.fetchone() == (None,)


def test_the_transaction_number_of_every_row_is_the_same(answered):
    for model in (SurveyAnswer, SurveyGuest):
        numbers = {xmin for _id, xmin, _ctid in hidden_columns(model)}

        assert len(numbers) == 1


def test_the_place_on_disk_is_not_the_order_of_answering(answered):
    """The shuffle is what does it: without one the order on disk is the order of arrival."""

    def order_on_disk() -> list[str]:
        texts = dict(SurveyAnswer.objects.values_list("pk", "answers"))
        return [texts[pk]["best"] for pk, _xmin, _ctid in hidden_columns(SurveyAnswer)]

    orders = {tuple(order_on_disk())}
    for _again in range(4):
        survey = Survey.objects.get()
        with transaction.atomic():
            surveys._add_unlinked(survey, {"best": "x"})
        survey.answers.filter(answers__best="x").delete()
        orders.add(tuple(order_on_disk()))

    assert len(orders) > 1
    assert all(sorted(order) == sorted(f"Said {n}" for n in range(PEOPLE)) for order in orders)


def test_the_control_without_a_shuffle_tells_who_came_when(transactional_db, monkeypatch):
    """Proves that the test above can see the fault it is about."""
    monkeypatch.setattr(surveys.chance, "shuffle", lambda rows: None)
    training = make.training(in_days=-1)
    for _number in range(PEOPLE):
        make.application(training, state="attended")
    survey = surveys.open_now(training, Survey.Kind.END)
    for number, guest in enumerate(survey.guests.order_by("application")):
        surveys.answer(guest, {"best": f"Said {number}"})

    texts = dict(SurveyAnswer.objects.values_list("pk", "answers"))
    on_disk = [texts[pk]["best"] for pk, _xmin, _ctid in hidden_columns(SurveyAnswer)]
    assert on_disk[-1] == f"Said {PEOPLE - 1}"


def test_random_keys_do_not_follow_the_order_of_answering(answered):
    for model in (SurveyAnswer, SurveyGuest):
        assert {pk.version for pk, _xmin, _ctid in hidden_columns(model)} == {4}
