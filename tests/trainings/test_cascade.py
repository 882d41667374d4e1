"""The tree of roll-outs, and what it does not give away."""

import pytest

from tests import make
from tests.making import outreach
from tests.trainings.desks import door
from tests.trainings.people import refused, said
from trainings import cascade, rolling_out
from trainings.models import Mentorship, RollOut

CELLS = [
    ({"a": 10, "b": 20}, set()),
    ({"a": 3, "b": 20, "c": 9}, {"a", "c"}),
    ({"a": 1, "b": 1, "c": 30}, {"a", "b", "c"}),
    ({"a": 3, "b": 4, "c": 30}, {"a", "b"}),
    ({"a": 2}, {"a"}),
    ({"a": 0, "b": 7}, set()),
]


@pytest.mark.parametrize(("cells", "expected"), CELLS)
def test_a_small_number_is_hidden_with_what_would_give_it_away(cells, expected):
    assert cascade.hidden(cells) == expected


@pytest.fixture
def graduation(amina):
    return outreach.graduation(of=amina.person, country=make.country("AZ"))


@pytest.mark.django_db
def test_the_public_tree_shows_countries_and_sessions_without_names(client, graduation, amina):
    outreach.roll_out(amina, graduation, checked=True)
    outreach.roll_out(amina, graduation, checked=True, city="Lankaran")

    answer = client.get(f"/en/trainings/{graduation.application.training.slug}/cascade/")

    page = said(answer)
    assert "36 people reached" in page
    assert "Ganja" in page
    assert "Lankaran" in page
    assert "Amina" not in page
    assert "20" in page  # women of both sessions


@pytest.mark.django_db
def test_small_sessions_keep_their_numbers_to_the_centre(client, graduation, amina):
    outreach.roll_out(amina, graduation, checked=True)
    outreach.roll_out(
        amina, graduation, checked=True, city="Lankaran", reached={("media", "female"): 3}
    )

    page = said(client.get(f"/en/trainings/{graduation.application.training.slug}/cascade/"))

    assert "21 people reached" in page
    assert page.count("not shown") == 5  # two sessions, two types of institution, the note
    assert "18 people" not in page


@pytest.mark.django_db
def test_what_nobody_checked_is_not_in_the_tree(client, graduation, amina):
    outreach.roll_out(amina, graduation)

    page = said(client.get(f"/en/trainings/{graduation.application.training.slug}/cascade/"))

    assert "No roll-out of this training has been logged and checked yet." in page


@pytest.mark.django_db
def test_a_roll_out_of_a_roll_out_hangs_below_it(graduation, amina):
    first = outreach.roll_out(amina, graduation, checked=True).training
    second = outreach.roll_out(amina, graduation, checked=True).training
    second.rolled_out_from = first
    second.save()
    root = graduation.application.training

    tree = cascade.tree(root, cascade.roll_outs_below(root), names=True)

    (country,) = tree.branches
    (session,) = country.branches
    assert (tree.persons, country.persons, session.persons) == (36, 36, 18)
    assert [branch.persons for branch in session.branches] == [18]


@pytest.mark.django_db
def test_a_ring_of_roll_outs_ends(graduation, amina):
    root = graduation.application.training
    child = outreach.roll_out(amina, graduation, checked=True).training
    root.rolled_out_from = child
    root.save()

    assert cascade.roll_outs_below(root) == [child]


@pytest.mark.django_db
def test_the_coordinator_checks_with_one_click(desk, graduation, amina):
    roll_out = outreach.roll_out(amina, graduation)
    address = door(graduation.application.training, "cascade")

    answer = desk.post(address, {"verb": "check", "roll_out": roll_out.pk}, follow=True)

    assert "The roll-out is checked" in said(answer)
    roll_out.refresh_from_db()
    assert roll_out.state == "checked"
    assert roll_out.training.status == "published"


@pytest.mark.django_db
def test_a_roll_out_of_another_training_is_not_checked_here(desk, graduation, amina):
    roll_out = outreach.roll_out(amina, graduation)

    answer = desk.post(door(make.training(), "cascade"), {"verb": "check", "roll_out": roll_out.pk})

    assert answer.status_code == 404
    assert RollOut.objects.get().state == "logged"


@pytest.mark.django_db
def test_a_graduate_gets_a_mentor_and_both_get_a_letter(desk, graduation, amina, boris):
    make.expert(boris.person, published=True)
    training = graduation.application.training
    data = {"verb": "mentor", "graduate": amina.person.pk, "mentor": boris.person.pk}

    desk.post(door(training, "cascade"), data)
    desk.post(door(training, "cascade"), data)

    assert Mentorship.objects.get().mentor == boris.person
    assert letters(amina) == ["trainings/mentor_assigned"]
    assert letters(boris) == ["trainings/mentee_assigned"]


def letters(user):
    return list(user.letters.values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_mentor_is_for_graduates_and_somebody_else(graduation, amina, boris, clara):
    training = graduation.application.training

    mine = refused(
        lambda: rolling_out.assign_mentor(training, amina.person, amina.person, by=clara)
    )
    other = refused(
        lambda: rolling_out.assign_mentor(training, boris.person, amina.person, by=clara)
    )

    assert mine.message == "Nobody can be their own mentor."
    assert other.message == "A mentor is for graduates of this training."
