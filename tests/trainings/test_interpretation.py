"""Who needs interpretation, and interpreters who are in one place at a time."""

import datetime

import pytest

from tests import make
from tests.making import outreach
from tests.trainings.desks import door
from tests.trainings.people import refused, said
from trainings import interpreting
from trainings.models import Booking, Session

pytestmark = pytest.mark.django_db


def seated(within, name, *understands):
    person = make.person(name)
    return make.application(within, person, state="confirmed", understands=list(understands))


def people(need):
    return [row.person.full_name for row in need.people]


@pytest.fixture
def training():
    return make.training(working_languages=["en"], interpretation_languages=["ru"], title="Borders")


def test_needs_are_counted_by_pair_of_languages(training):
    seated(training, "Anna", "ru", "az")
    seated(training, "Bela", "az")
    seated(training, "Cyril", "en")
    seated(training, "Dina", "ka")
    seated(training, "Elene", "ka", "hy")

    needs = interpreting.needs_of(training)

    assert {need.pair: people(need) for need in needs.pairs} == {
        ("az", "en"): ["Bela"],
        ("en", "ka"): ["Dina", "Elene"],
        ("en", "ru"): ["Anna"],
    }
    assert [row.person.full_name for row in needs.lost] == ["Anna", "Bela", "Dina", "Elene"]


def test_with_two_working_languages_each_half_needs_the_other():
    training = make.training(working_languages=["en", "ru"])
    seated(training, "Anna", "ru")
    seated(training, "Cyril", "en")

    needs = interpreting.needs_of(training)

    assert [(need.pair, people(need)) for need in needs.pairs] == [
        (("en", "ru"), ["Anna", "Cyril"])
    ]
    assert needs.lost == []


def test_who_was_never_asked_is_named_apart_and_who_has_no_seat_is_not_counted(training):
    seated(training, "Anna")
    make.application(training, make.person("Bela"), state="submitted", understands=["az"])

    needs = interpreting.needs_of(training)

    assert needs.pairs == []
    assert [row.person.full_name for row in needs.unasked] == ["Anna"]


def test_an_interpreter_is_in_one_place_at_a_time(training, clara):
    ilaha = outreach.interpreter("Ilaha")
    first = make.session(training)
    same_time = make.session(make.training())
    interpreting.book(first, ilaha, ("en", "az"), by=clara)

    error = refused(lambda: interpreting.book(same_time, ilaha, ("az", "en"), by=clara))

    assert error.code == "clash"
    assert error.message.startswith("Ilaha is booked for “Borders” on")
    assert Booking.objects.count() == 1


def test_moments_are_compared_not_clocks(training, clara):
    ilaha = outreach.interpreter()
    interpreting.book(make.session(training), ilaha, ("az", "en"), by=clara)  # 10 to 12 in Baku
    tbilisi = make.session(make.training(time_zone="Asia/Tbilisi"))  # the same clock, same moment
    chisinau = make.session(make.training(time_zone="Europe/Chisinau"))  # at least an hour later
    early = make.session(
        make.training(time_zone="Europe/Chisinau"),
        starts=datetime.time(8, 30),
        ends=datetime.time(9),
    )

    refused(lambda: interpreting.book(tbilisi, ilaha, ("az", "en"), by=clara))
    refused(lambda: interpreting.book(early, ilaha, ("az", "en"), by=clara))
    interpreting.book(chisinau, ilaha, ("az", "en"), by=clara)

    assert Booking.objects.count() == 2


def test_one_session_after_the_other_is_possible(training, clara):
    ilaha = outreach.interpreter()
    later = make.session(training, starts=datetime.time(12), ends=datetime.time(13))

    interpreting.book(make.session(training), ilaha, ("az", "en"), by=clara)
    interpreting.book(later, ilaha, ("az", "en"), by=clara)

    assert interpreting.clashes(training) == {}


def test_a_session_that_moves_shows_its_clash(training, clara):
    ilaha = outreach.interpreter("Ilaha")
    mine = make.session(training)
    later = make.session(
        make.training(title="Visas"), starts=datetime.time(13), ends=datetime.time(14)
    )
    booking = interpreting.book(mine, ilaha, ("az", "en"), by=clara)
    interpreting.book(later, ilaha, ("az", "en"), by=clara)

    Session.objects.filter(pk=later.pk).update(starts=datetime.time(11))

    assert list(interpreting.clashes(training)) == [booking.pk]
    assert "Visas" in interpreting.clashes(training)[booking.pk]


@pytest.mark.parametrize(
    ("fields", "pair", "sentence"),
    [
        ({"is_active": False}, ("az", "en"), "Ilaha can no longer be booked."),
        ({}, ("en", "ru"), "Ilaha does not interpret English ↔ Russian."),
    ],
)
def test_who_cannot_is_not_booked(training, clara, fields, pair, sentence):
    ilaha = outreach.interpreter("Ilaha", **fields)

    error = refused(lambda: interpreting.book(make.session(training), ilaha, pair, by=clara))

    assert error.message == sentence


def test_a_cancelled_training_needs_nobody_and_keeps_nobody_busy(clara):
    ilaha = outreach.interpreter()
    off = make.training(status="cancelled")
    Booking.objects.create(session=make.session(off), interpreter=ilaha, first="az", second="en")

    refused(lambda: interpreting.book(make.session(off), ilaha, ("az", "en"), by=clara))
    interpreting.book(make.session(), ilaha, ("az", "en"), by=clara)

    assert Booking.objects.count() == 2


def test_the_desk_books_all_sessions_at_once_and_takes_back(desk, training):
    seated(training, "Bela", "az")
    ilaha = outreach.interpreter("Ilaha")
    make.session(training)
    make.session(training, starts=datetime.time(14), ends=datetime.time(15))
    address = door(training, "interpretation")

    page = said(desk.post(address, {"verb": "book", "pair": ilaha.pairs.get().pk}, follow=True))

    assert "Booked for 2 sessions." in page
    assert "Bela" in page
    desk.post(address, {"verb": "release", "booking": Booking.objects.first().pk})
    assert Booking.objects.count() == 1


def test_a_pair_nobody_has_is_asked_for_again(desk, training):
    make.session(training)

    page = said(desk.post(door(training, "interpretation"), {"verb": "book"}, follow=True))

    assert "Choose an interpreter and a pair of languages." in page
