"""Personal invitations: writing them, what their link opens, taking them back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from rtcm.jobs.models import Message
from rtcm.jobs.sealing import unseal
from tests import make
from tests.making.seats import invitation, quota
from tests.trainings.desks import door, states
from tests.trainings.people import ask, refused, said
from trainings import invitations
from trainings.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
OVER = [
    ({"revoked_at": timezone.now()}, "revoked", "This invitation was taken back by the centre."),
    (
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        "expired",
        "This invitation has expired.",
    ),
]


def invite(training, lines, **fields):
    dull = {"days": 7, "language": "en", "by": None}
    return invitations.invite(training, lines, **(dull | fields))


def link_of(invited: Invitation) -> str:
    with translation.override("en"):
        return invited.get_absolute_url()


# --- Writing them -----------------------------------------------------------------------------


def test_each_line_is_one_invitation_with_its_letter(clara):
    training = make.training("Asylum basics")

    made = invite(training, "Anna K <Anna@example.org>\n\n zaur@example.org \n", by=clara)

    assert [(it.email, it.name, it.invited_by) for it in made] == [
        ("anna@example.org", "Anna K", clara),
        ("zaur@example.org", "", clara),
    ]
    letter = Message.objects.get(to="anna@example.org")
    assert letter.subject == "You are invited to “Asylum basics”"
    assert link_of(made[0]) in unseal(letter.secret)
    assert link_of(made[0]) not in letter.body_text


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        ("", ["Write at least one e-mail address."]),
        (
            "fine@example.org\nnot an address\nA <b@c>",
            [
                "Line 2 (not an address): Write an address, or a name and the address in <>.",
                "Line 3 (A <b@c>): Write an address, or a name and the address in <>.",
            ],
        ),
        (
            "a@example.org\nA@example.org",
            ["Line 2 (A@example.org): This address is invited already."],
        ),
        (
            "guest@example.org",
            ["Line 1 (guest@example.org): This address is invited already."],
        ),
        ("a@example.org\n" * 301, ["Please invite at most 300 people at a time."]),
    ],
)
def test_one_wrong_line_and_nobody_is_invited(lines, sentences):
    training = make.training()
    invitation(training)

    with pytest.raises(ValidationError) as refusal:
        invite(training, lines)

    assert refusal.value.messages == sentences
    assert training.invitations.count() == 1
    assert not Message.objects.exists()


def test_nobody_is_invited_to_a_training_that_takes_nobody():
    said = refused(lambda: invite(make.training(status="cancelled"), "a@example.org"))

    assert said.message == "This training is cancelled."


def test_whose_invitation_ran_out_can_be_invited_again():
    training = make.training()
    invitation(training, expires_at=timezone.now() - timedelta(days=1))

    (again,) = invite(training, "guest@example.org")

    assert [it.status for it in training.invitations.all()] == ["Sent", "Taken back"]
    assert training.invitations.first() == again


def test_an_invitation_never_outlives_the_last_moment_to_join():
    training = make.training(in_days=2)

    (made,) = invite(training, "a@example.org", days=60)

    assert made.expires_at == training.joining_ends_at


# --- What a link opens ------------------------------------------------------------------------


def test_the_link_leads_to_the_form_and_belongs_to_whoever_accepts_it(browser, amina, boris):
    invited = invitation(make.training())

    shown = browser.get(link_of(invited))
    taken = browser.post(link_of(invited))

    assert "You are invited" in said(shown)
    assert 'content="noindex"' in shown.text
    assert taken["Location"].endswith("/apply/")
    assert invitations.is_invited(invited.training, amina.person)
    assert browser.post(link_of(invited)).status_code == 302
    browser.force_login(boris)
    late = browser.post(link_of(invited))
    assert late.status_code == 410
    assert "This invitation was already used." in said(late)
    assert not invitations.is_invited(invited.training, boris.person)


def test_a_visitor_signs_in_first_and_comes_back(client):
    link = link_of(invitation(make.training()))

    assert client.get(link).status_code == 200
    assert client.post(link)["Location"].endswith(f"/accounts/login/?next={link}")


@pytest.mark.parametrize(("changes", "_code", "sentence"), OVER)
def test_an_invitation_that_is_over_says_so_on_one_clear_page(browser, changes, _code, sentence):
    link = link_of(invitation(make.training(), **changes))

    for answer in (browser.get(link), browser.post(link)):
        assert answer.status_code == 410
        assert sentence in said(answer)
        assert 'content="noindex"' in answer.text


@pytest.mark.parametrize("change", [lambda link: link[:-2], lambda link: "x" + link, lambda _: "x"])
def test_a_link_that_is_not_ours_opens_nothing(browser, change):
    whole = link_of(invitation(make.training())).split("/")[-2]

    answer = browser.get(f"/en/invitations/{change(whole)}/")

    assert answer.status_code == 404
    assert "This link is not complete or not ours." in said(answer)


def test_the_code_in_the_database_alone_opens_nothing(browser):
    invited = invitation(make.training())

    assert browser.get(f"/en/invitations/{invited.code}/").status_code == 404


def test_an_invitation_taken_back_after_it_was_accepted_lets_nobody_in(amina):
    invited = invitation(make.training(route="nomination"))
    invitations.accept(invited, amina.person)

    invitations.revoke(invited)

    assert not invitations.is_invited(invited.training, amina.person)
    assert refused(lambda: invitations.revoke(invited)).messages == [
        "This invitation was taken back already."
    ]


# --- The seat ---------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["open", "selection", "nomination"])
def test_whoever_is_invited_gets_a_seat_at_once_whatever_the_way_in(route):
    past = timezone.now() - timedelta(days=1)
    training = make.training(seats=1, route=route, closes_at=past)

    assert [ask(training, invited=True).state for _ in range(2)] == ["confirmed", "waitlisted"]


@pytest.mark.parametrize("route", ["open", "selection", "nomination"])
def test_the_form_opens_for_who_is_invited_after_the_deadline_too(browser, amina, route):
    training = make.training(seats=2, route=route, closes_at=timezone.now() - timedelta(days=1))
    invitations.accept(invitation(training), amina.person)

    shown = browser.get(f"/en/trainings/{training.slug}/apply/")
    browser.post(
        f"/en/trainings/{training.slug}/apply/", {"motivation": "So.", "understands": ["en"]}
    )

    assert "Send my application" in said(shown) or "Check" in said(shown)
    assert states(training) == ["confirmed"]


def test_an_invitation_does_not_go_beyond_a_quota():
    training = make.training(seats=5, route="selection")
    quota(training, 1, country="GE")
    georgians = [make.person(country=make.country("GE")) for _ in range(2)]

    got = [ask(training, person, invited=True).state for person in georgians]

    assert got == ["confirmed", "waitlisted"]


def test_an_invitation_does_not_overtake_who_waits_in_an_open_training():
    training = make.training(seats=1)
    make.application(training, state="waitlisted")

    assert ask(training, invited=True).state == "waitlisted"
    assert states(training) == ["offered", "waitlisted"]


def test_who_is_nominated_is_decided_on_by_the_centre_whatever_the_way_in():
    for route in ("open", "selection", "nomination"):
        assert ask(make.training(seats=5, route=route), nominated=True).state == "submitted"


# --- On the desk ------------------------------------------------------------------------------


def test_the_coordinator_invites_and_takes_back(desk, clara):
    training = make.training()
    sent = {"lines": "Anna <anna@example.org>", "days": "5", "language": "ru"}

    answer = desk.post(door(training, "invitations"), sent, follow=True)

    invited = training.invitations.get()
    assert (invited.language, invited.invited_by) == ("ru", clara)
    assert "1 invitation written." in said(answer)
    again = desk.post(door(training, "invitations"), {"revoke": invited.pk}, follow=True)
    assert "The invitation to Anna <anna@example.org> is taken back." in said(again)


def test_a_wrong_line_is_named_and_what_was_typed_stays(desk):
    training = make.training()

    answer = desk.post(
        door(training, "invitations"), {"lines": "nobody", "days": "5", "language": "en"}
    )

    assert answer.status_code == 422
    assert "Line 1 (nobody): Write an address" in said(answer)
    assert ">\nnobody</textarea>" in answer.text


def test_an_invitation_to_another_training_is_not_taken_back_here(desk):
    other = invitation(make.training())

    assert desk.post(door(make.training(), "invitations"), {"revoke": other.pk}).status_code == 404
    assert desk.post(door(make.training(), "invitations"), {"revoke": "x"}).status_code == 404
