"""A training as the template of another one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.making.programme import material, programme_item
from tests.making.testing import exam, held
from tests.trainings.people import refused
from trainings import copying, surveys
from trainings.models import CompletionRule, Training

pytestmark = pytest.mark.django_db


def test_a_copy_has_everything_planned_and_nobody_in_it(clara):
    source = make.training("Borders", seats=9, in_days=-30, objectives=[11], city="Baku")
    source.closes_at = timezone.now() - timedelta(days=40)
    source.save()
    session = make.session(source, title_en="Day one", room="Main hall", online_link="https://a.az")
    session.trainers.add(make.expert("Trainer"))
    programme_item(session, kind="lunch", speakers="A cook")
    material(session, visibility="accepted")
    make.application(source, state="attended")
    source.quotas.create(number=2, country=make.country("GE"))
    first = source.questions.create(key="level", kind="choice", label_en="Level?")
    beginner = first.choices.create(key="new", label_en="New to it")
    source.questions.create(key="why", label_en="Why?", shown_if=beginner, position=1)
    starts_on = timezone.localdate() + timedelta(days=30)

    new = copying.copy(source, starts_on, by=clara)

    new = Training.objects.get(pk=new.pk)
    assert (new.title, new.capacity, new.city, new.status) == ("Borders", 9, "Baku", "draft")
    assert (new.starts_on, new.ends_on) == (starts_on, starts_on)
    assert new.closes_at == source.closes_at + timedelta(days=60)
    assert new.objective_numbers == [11]
    assert new.applications.count() == 0
    twin = new.sessions.get()
    assert (twin.on, twin.title, twin.room, twin.online_link) == (
        starts_on,
        "Day one",
        "Main hall",
        "",
    )
    assert twin.trainers.get().person.full_name == "Trainer"
    assert twin.programme.get().speakers == "A cook"
    assert twin.materials.get().visibility == "accepted"
    assert new.quotas.get().number == 2
    why = new.questions.get(key="why")
    assert why.shown_if.question == new.questions.get(key="level")
    assert new.steps.get().facts == {"from": source.slug}


def test_a_copy_asks_the_same_before_and_after_and_has_no_answers(clara):
    source = held(people=1)
    first = exam(source, "post", minutes=20)
    first.questions.filter(pk=first.questions.first().pk).update(is_retired=True)
    survey = surveys.open_now(source, "end")
    survey.own_questions.create(kind="text", text="And the food?")
    CompletionRule.objects.create(training=source, percent=80, needs_post_test=True)
    starts_on = timezone.localdate() + timedelta(days=30)

    new = copying.copy(source, starts_on, by=clara)

    test, again = new.tests.get(), new.surveys.get()
    assert (test.moment, test.minutes, test.questions.count()) == ("post", 20, 1)
    assert test.opens_at - first.opens_at == starts_on - source.starts_on
    assert test.token != first.token
    assert (again.kind, again.opened_at, again.own_questions.get().text) == (
        "end",
        None,
        "And the food?",
    )
    assert not again.guests.exists()
    assert (new.completion_rule.percent, new.completion_rule.needs_post_test) == (80, True)


def test_every_copy_has_an_address_of_its_own(clara):
    source = make.training("Borders", in_days=-30)
    starts_on = timezone.localdate() + timedelta(days=30)

    slugs = [copying.copy(source, starts_on, by=clara).slug for _turn in range(3)]

    assert slugs == [
        f"borders-{starts_on:%Y-%m}",
        f"borders-{starts_on:%Y-%m}-2",
        f"borders-{starts_on:%Y-%m}-3",
    ]


def test_a_room_that_is_taken_on_the_new_day_is_left_open(clara):
    source = make.training(in_days=-30)
    make.session(source, room="Main hall")
    taken = make.session(room="Main hall")

    new = copying.copy(source, taken.on, by=clara)

    assert new.sessions.get().room == ""


def test_a_copy_begins_in_the_future(clara):
    source = make.training(in_days=-30)

    assert refused(lambda: copying.copy(source, source.starts_on, by=clara)).code == "past"
    assert Training.objects.count() == 1
