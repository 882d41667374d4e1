"""The verbs of nominations: which state allows which, and what each leaves behind."""

import pytest
from django.db import IntegrityError, transaction

from rtcm.jobs.models import Message
from tests import make
from tests.making import nominations as made
from tests.making.seats import quota
from tests.trainings.nominating import letters, with_form
from tests.trainings.people import refused
from trainings import nominated, nominations, nominees
from trainings.models import Nomination, NominationStep

State = Nomination.State
ALL = list(State)


@pytest.fixture
def mandate(emil):
    return made.mandate(emil)


@pytest.fixture
def training(db):
    return made.nominated_training(seats=5)


@pytest.fixture
def letter(training, mandate):
    return made.signed_letter(training, mandate)


VERBS = {
    "change": lambda row: nominations.change(row, {"post": "Head"}, by=None),
    "rank": lambda row: nominations.rank(row, up=True, by=None),
    "remind": lambda row: nominations.remind(row, by=None),
    "withdraw": lambda row: nominations.withdraw(row, by=None, reason="Ill"),
    "replace": lambda row: nominees.replace(row, made.nominee("New One"), reason="Ill", by=None),
    "accept": lambda row: nominated.accept(row, by=None),
    "waitlist": lambda row: nominated.waitlist(row, by=None),
    "give_back": lambda row: nominated.give_back(row, by=None, reason="Wrong letter"),
    "same_person": lambda row: nominated.same_person(row, make.person(), by=None),
}
ALLOWED = {
    "change": {"draft", "returned"},
    "rank": {"draft", "sent", "accepted", "returned", "waitlisted"},
    "remind": {"sent"},
    "withdraw": {"draft", "sent", "accepted", "returned", "waitlisted"},
    "replace": {"sent", "accepted", "waitlisted"},
    "accept": {"sent", "waitlisted"},
    "waitlist": {"sent"},
    "give_back": {"sent"},
    "same_person": {"sent", "returned"},
}


@pytest.mark.parametrize("state", ALL)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state(verb, state, training, mandate):
    made.on_list(training, mandate, "Somebody Above")
    if verb in {"accept", "waitlist"}:
        row = with_form(training, mandate, state=state)
    else:
        email = "leyla@example.org" if verb == "remind" else ""
        (row,) = made.on_list(training, mandate, state=state, email=email)
    before = row.steps.count()

    if state in ALLOWED[verb]:
        VERBS[verb](row)
        assert row.steps.count() == before + 1
    else:
        assert refused(lambda: VERBS[verb](row)).code == "moved"
        row.refresh_from_db()
        assert (row.state, row.steps.count()) == (state, before)


def test_the_list_keeps_the_order_in_which_people_were_named(training, mandate):
    made.on_list(training, mandate, "A", "B")
    made.on_list(training, mandate, "C")

    assert list(training.nominations.values_list("full_name", "rank")) == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
    ]


def test_somebody_moves_up_one_place_and_no_further(training, mandate):
    _first, second, _third = made.on_list(training, mandate, "A", "B", "C")

    nominations.rank(second, up=True, by=None)
    nominations.rank(second, up=True, by=None)

    assert list(training.nominations.values_list("full_name", flat=True)) == ["B", "A", "C"]


def test_either_all_are_added_or_none(training, mandate):
    made.on_list(training, mandate, "Known", email="known@example.org")
    people = [made.nominee("New"), made.nominee("Again", email="known@example.org")]

    error = refused(lambda: nominations.add(training, mandate, people, by=None))

    assert error.message == "Again is nominated for this training already."
    assert training.nominations.count() == 1


def test_nobody_is_added_after_the_deadline(mandate):
    training = made.nominated_training(in_days=-1)

    error = refused(lambda: made.on_list(training, mandate))

    assert error.message == "Applications for this training are closed."


def test_a_verified_address_is_the_same_person(training, mandate, amina):
    (row,) = made.on_list(training, mandate, "A. Karimova", email="Amina@example.org ".strip())

    assert row.person == amina.person


def test_the_same_person_under_two_addresses_is_nominated_once(training, mandate, amina):
    amina.person.emails.create(email="second@example.org", verified_at=amina.date_joined)
    made.on_list(training, mandate, "Amina", email="amina@example.org")

    error = refused(lambda: made.on_list(training, mandate, "Amina", email="second@example.org"))

    assert error.code == "twice"


def test_without_the_signed_letter_nothing_is_sent(training, mandate):
    made.on_list(training, mandate)

    error = refused(lambda: nominations.send(training, mandate, by=None))

    assert error.code == "letter"
    assert training.nominations.get().state == State.DRAFT


def test_sending_writes_to_those_with_an_address(training, mandate, letter):
    made.on_list(training, mandate, "Leyla Aliyeva", email="leyla@example.org")
    made.on_list(training, mandate, "Without Address")

    sent = nominations.send(training, mandate, by=None)

    assert sent == 2
    assert set(training.nominations.values_list("state", "letter")) == {("sent", letter.pk)}
    assert letters() == [("trainings/nominated", "leyla@example.org")]


def test_the_link_is_masked_in_what_staff_read(training, mandate, letter):
    (row,) = made.on_list(training, mandate, email="leyla@example.org")

    nominations.send(training, mandate, by=None)

    row.refresh_from_db()
    message = Message.objects.get()
    assert row.link_key not in message.body_text + message.body_html
    assert len(row.link_key) == 32


def test_sending_twice_sends_nobody_twice(training, mandate, letter):
    made.on_list(training, mandate, email="leyla@example.org")
    nominations.send(training, mandate, by=None)

    error = refused(lambda: nominations.send(training, mandate, by=None))

    assert error.code == "none"
    assert len(letters()) == 1


def test_a_quota_refuses_the_whole_list_and_says_by_how_much(training, mandate, letter):
    quota(training, 2, country="AZ")
    made.on_list(training, mandate, "A", state="sent")
    made.on_list(training, mandate, "B", "C")

    error = refused(lambda: nominations.send(training, mandate, by=None))

    assert error.code == "quota"
    assert "at most 2, 1 already sent, 2 more asked for" in error.message
    assert set(training.nominations.filter(rank__gt=1).values_list("state", flat=True)) == {"draft"}


def test_withdrawn_nominations_leave_their_part_of_the_quota(training, mandate, letter):
    quota(training, 1, country="AZ")
    (first,) = made.on_list(training, mandate, "A", state="sent")
    nominations.withdraw(first, by=None, reason="Moved")
    made.on_list(training, mandate, "B")

    assert nominations.send(training, mandate, by=None) == 1


def test_a_quota_of_another_country_is_no_obstacle(training, mandate, letter):
    quota(training, 1, country="GE")
    made.on_list(training, mandate, "A", "B")

    assert nominations.send(training, mandate, by=None) == 2


def test_what_was_returned_is_corrected_and_sent_again_even_after_the_deadline(
    training, mandate, letter
):
    (row,) = made.on_list(training, mandate, state="sent", email="leyla@example.org")
    nominated.give_back(row, by=None, reason="The post is missing")
    training.closes_at = training.created_at
    training.save()
    nominations.change(row, {"post": "Head of unit"}, by=None)

    nominations.send(training, mandate, by=None)

    row.refresh_from_db()
    assert (row.state, row.post) == ("sent", "Head of unit")
    assert letters() == [
        ("trainings/nomination_returned", "emil@example.org"),
        ("trainings/nominated", "leyla@example.org"),
    ]


def test_returning_and_withdrawing_need_a_reason(training, mandate):
    (row,) = made.on_list(training, mandate, state="sent")

    assert refused(lambda: nominated.give_back(row, by=None, reason=" ")).code == "reason"
    assert refused(lambda: nominations.withdraw(row, by=None)).code == "reason"


def test_a_reminder_changes_the_link(training, mandate, letter):
    (row,) = made.on_list(training, mandate, email="leyla@example.org")
    nominations.send(training, mandate, by=None)
    row.refresh_from_db()
    old = row.link_key

    nominations.remind(row, by=None)

    assert nominees.by_link(old) == (None, "wrong")
    assert len(letters()) == 2


def test_a_draft_is_withdrawn_without_a_word_to_anybody(training, mandate):
    (row,) = made.on_list(training, mandate, email="leyla@example.org")

    nominations.withdraw(row, by=None)

    assert letters() == []


def test_the_trail_cannot_be_rewritten(training, mandate):
    made.on_list(training, mandate)

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        NominationStep.objects.update(reason="Nothing happened")
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        NominationStep.objects.all().delete()
