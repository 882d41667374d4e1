"""A focal point hands the mandate over, and what is under way moves along."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from rtcm.accounts.models import FocalPoint
from rtcm.jobs.models import Message
from tests.making import nominations as made
from tests.trainings.people import refused
from trainings import hand_overs, nominations
from trainings.models import HandOver


@pytest.fixture
def mandate(emil):
    return made.mandate(emil, starts_on=timezone.localdate() - timedelta(days=90))


@pytest.fixture
def asked(mandate):
    return hand_overs.hand_over(mandate, name="Amina", email="amina@example.org", language="en")


def test_the_successor_takes_over_and_the_nominations_move_along(asked, mandate, amina, emil):
    training = made.nominated_training()
    made.on_list(training, mandate, "Draft One")
    made.on_list(training, mandate, "Sent One", state="sent")
    letter = made.signed_letter(training, mandate)

    new = hand_overs.take_over(asked, amina)

    assert list(nominations.mandates(amina)) == [new]
    assert list(nominations.mandates(emil)) == []
    assert set(training.nominations.values_list("focal_point", flat=True)) == {new.pk}
    letter.refresh_from_db()
    assert letter.focal_point == new
    assert list(Message.objects.order_by("pk").values_list("kind", "to")) == [
        ("trainings/hand_over", "amina@example.org"),
        ("trainings/handed_over", "emil@example.org"),
    ]


def test_until_it_is_accepted_nothing_changes(asked, mandate, emil, amina):
    assert list(nominations.mandates(emil)) == [mandate]
    assert list(nominations.mandates(amina)) == []


def test_only_the_person_who_was_written_to_takes_over(asked, boris):
    assert refused(lambda: hand_overs.take_over(asked, boris)).code == "stranger"


def test_a_link_works_once_for_thirty_days_and_until_taken_back(asked, amina, mandate):
    assert hand_overs.by_link(asked.link_key) == (asked, "")
    assert hand_overs.by_link("guess") == (None, "wrong")
    HandOver.objects.update(link_until=timezone.now())
    assert hand_overs.by_link(asked.link_key) == (None, "expired")
    assert refused(lambda: hand_overs.take_over(asked, amina)).code == "ended"
    hand_overs.cancel(mandate)
    assert hand_overs.by_link(asked.link_key) == (None, "ended")


def test_one_successor_is_asked_at_a_time(asked, mandate):
    again = {"name": "Boris", "email": "boris@example.org", "language": "en"}

    assert refused(lambda: hand_overs.hand_over(mandate, **again)).code == "twice"


def test_a_mandate_of_today_can_be_handed_over_today(emil, amina):
    mandate = made.mandate(emil)
    asked = hand_overs.hand_over(mandate, name="A", email="amina@example.org", language="en")

    hand_overs.take_over(asked, amina)

    assert list(nominations.mandates(emil)) == []
    assert FocalPoint.objects.get(person=amina.person).starts_on == timezone.localdate()


def test_a_foreign_focal_point_finds_nothing_of_others(client, mandate, boris, emil):
    training = made.nominated_training()
    (row,) = made.on_list(training, mandate, state="sent")
    letter = made.signed_letter(training, mandate)
    made.mandate(boris, "GE")
    client.force_login(boris)
    names = ["nomination", "nomination_replace", "nomination_move", "nomination_withdraw"]
    pages = [reverse(f"trainings:{name}", args=[row.pk]) for name in names]
    pages.append(reverse("trainings:nomination_list", args=[mandate.pk, training.slug]))
    pages.append(reverse("trainings:nomination_letter", args=[letter.pk]))

    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(page).status_code for page in pages[:-2]} == {404}


def test_of_another_focal_point_of_the_country_the_names_are_seen_not_changed(
    client, mandate, boris
):
    training = made.nominated_training()
    (row,) = made.on_list(training, mandate, "Seen One", state="sent")
    country = made.mandate(boris, "AZ", institution=None)
    client.force_login(boris)

    page = client.get(reverse("trainings:nomination_list", args=[country.pk, training.slug]))

    assert b"Seen One" in page.content
    assert client.get(reverse("trainings:nomination", args=[row.pk])).status_code == 404
